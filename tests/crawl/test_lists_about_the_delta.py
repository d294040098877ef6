"""A list that is all about the delta: its articles are at least related, whoever named them first."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.product import Product
from tests.replica import Kind, Replica
from tests.replica.publication import Publication

AT = datetime(2026, 11, 19, 2, 30, tzinfo=UTC)
PLAIN = "城里的一家面馆今年换了三口新锅，老板说汤比从前清，客人却说还是旧锅里的味道香，两边谁也没有说服谁。"


@pytest.fixture
def replica() -> Iterator[Replica]:
    with Replica() as replica:
        yield replica


@pytest.fixture
def product(tmp_path: Path, replica: Replica) -> Product:
    return Product(tmp_path, replica)


def publish(replica: Replica, section: str) -> Publication:
    return replica.publish(
        "thepaper", section, "面馆换了三口新锅 汤清了味道在不在", [PLAIN, PLAIN[:40]], AT, level="none"
    )


def level(product: Product, publication: Publication) -> str:
    (found,) = [row for row in product.articles() if row["canonical_url"] == publication.canonical_url]
    return str(found["level"])


def test_what_stands_on_it_is_related_and_a_reclassification_leaves_it_so(product: Product, replica: Replica) -> None:
    on_it, elsewhere = publish(replica, "delta"), publish(replica, "shishi")
    product.configure(crawler={"party_media": True})
    product.crawl("thepaper")
    assert (level(product, on_it), level(product, elsewhere)) == ("related", "none")
    product.run("reclassify")
    assert (level(product, on_it), level(product, elsewhere)) == ("related", "none")
    product.run("reextract", "--source", "thepaper")
    assert (level(product, on_it), level(product, elsewhere)) == ("related", "none")


def test_an_article_that_another_list_named_first_rises_once_the_list_names_it(
    product: Product, replica: Replica
) -> None:
    late = publish(replica, "shishi")
    product.crawl("thepaper", "--section", "shishi")
    assert level(product, late) == "none"
    replica.move(late, "delta")
    product.crawl("thepaper", "--section", "delta")
    assert level(product, late) == "related"
    product.crawl("thepaper", "--section", "shishi")
    product.run("reclassify")
    assert level(product, late) == "related"


def test_only_that_list_is_read_of_a_source_that_is_off_otherwise(product: Product, replica: Replica) -> None:
    product.crawl("thepaper")
    asked = [record.url for record in replica.log if not record.is_robots and "newsDetail" not in record.url]
    assert asked == ["https://www.thepaper.cn/list_25491"]


def test_the_api_is_asked_with_the_home_page_as_its_referer_and_page_by_page(
    product: Product, replica: Replica
) -> None:
    for number in range(5):
        title = f"第{number}号面馆换锅的消息传开了"
        replica.publish("thepaper", "caijing", title, [PLAIN, title], AT + timedelta(hours=number), level="none")
    figures = product.crawl("thepaper", "--section", "caijing")["thepaper"]
    assert figures["failure"] is None
    assert figures["articles"] == len(replica.articles("thepaper", "caijing"))
    asked = len([record for record in replica.log if record.method == "POST"])
    assert asked > 1
    product.crawl("thepaper", "--section", "caijing")
    assert len([record for record in replica.log if record.method == "POST"]) == asked + 1


def test_the_check_says_where_a_referer_is_what_a_list_lacks(
    product: Product, replica: Replica, tmp_path: Path
) -> None:
    bundled = Path(__file__).parents[2] / "crawler/sources/thepaper.toml"
    folder = tmp_path / "sources"
    folder.mkdir()
    lines = bundled.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = "".join(line for line in lines if not line.startswith("headers = "))
    (folder / "thepaper.toml").write_text(kept, encoding="utf-8")
    product.configure(crawler={"source_folders": [str(folder)]})
    found = [row for row in product.rows("sources", "check", "thepaper", expect=(1,)) if row["step"] == "referer"]
    assert [row["subject"] for row in found] == ["shishi", "caijing"]
    assert all('headers = { Referer = "https://www.thepaper.cn/" }' in row["saw"] for row in found)
    fault = replica.faults.switch_on(Kind.SERVER_ERROR, "getByChannelId", status=403)
    again = product.rows("sources", "check", "thepaper", expect=(1,))
    assert [row for row in again if row["step"] == "referer"] == []
    replica.faults.switch_off(fault)
