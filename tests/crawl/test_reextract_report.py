"""`deltanews reextract --report`: what today's reading of an archive gives and takes."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.crawl.small_site import SmallSite, article, product_of
from tests.product import Product

OLD = {
    1: "published_precision = 'day'",
    2: "credit = NULL",
    3: "credit = '别的台', reporters = '[\"许安\"]'",
    4: "body = body || char(10) || '这一段后来没有了，它占了这篇文章的一大半还多，所以谁都看得出来它不见了。'",
    5: "body = substr(body, 1, 40)",
    6: "body = replace(body, '统一', '一致')",
}
"""What an earlier reading is said to have kept of each article."""


@pytest.fixture
def product(tmp_path: Path) -> Product:
    with SmallSite() as site:
        for number in (*OLD, 7, 8):
            site.put(f"/a/{number}.html", article(f"示范区发布第{number}号新规"))
        links = "".join(
            f'<li><a href="/a/{number}.html">示范区发布第{number}号新规</a></li>' for number in (*OLD, 7, 8)
        )
        site.put("/list", f"<ul>{links}</ul>")
        product = product_of(tmp_path, site)
        product.crawl("local")
    with closing(sqlite3.connect(product.archive.directory / "archive.sqlite")) as database, database:
        for number, change in OLD.items():
            database.execute(f"UPDATE articles SET {change} WHERE url LIKE '%/a/{number}.html'")
        database.execute(
            "DELETE FROM revisions WHERE article_id IN (SELECT id FROM articles WHERE url LIKE '%/a/8.html')"
        )
        database.execute("DELETE FROM articles WHERE url LIKE '%/a/8.html'")
    return product


def test_the_report_counts_what_articles_gain_lose_and_change(product: Product) -> None:
    before = product.articles()
    rows = {row.pop("what"): row for row in product.rows("reextract", "--dry-run", "--report")}
    assert rows == {
        "article": {"gained": 1, "lost": 0, "changed": 0},
        "minute": {"gained": 1, "lost": 0, "changed": 0},
        "credit": {"gained": 1, "lost": 0, "changed": 1},
        "reporter": {"gained": 0, "lost": 1, "changed": 0},
        "text": {"gained": 1, "lost": 1, "changed": 0},
    }
    named = {
        (row["what"], row["effect"], int(row["url"].rpartition("/")[2].partition(".")[0]))
        for row in product.rows("reextract", "--dry-run", "--report", "--explain")
    }
    assert named == {
        ("article", "gained", 8),
        ("minute", "gained", 1),
        ("credit", "gained", 2),
        ("credit", "changed", 3),
        ("reporter", "lost", 3),
        ("text", "lost", 4),
        ("text", "gained", 5),
    }
    assert product.articles() == before, "a dry run stores nothing"
    told = product.run("reextract", "--report")
    assert "minute\t1\t0\t0" in told.stdout.splitlines()
    assert all(not any((row["gained"], row["lost"], row["changed"])) for row in product.rows("reextract", "--report"))


def test_explain_goes_with_the_report(product: Product) -> None:
    assert "--explain goes with --report" in product.run("reextract", "--explain", expect=(2,)).stderr
