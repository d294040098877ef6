import pytest

from tests.product import Product


def test_the_list_has_a_row_a_source_and_says_why_one_is_off(product: Product) -> None:
    rows = [line.split("\t") for line in product.run("sources", "list").stdout.splitlines()]
    assert len(rows) == 29
    assert {len(row) for row in rows} == {8}
    by_name = {row[0]: row for row in rows}
    evidence = "2023-08, older than a year"
    assert by_name["jstv"][1:] == [
        "荔枝网",
        "江苏",
        "broadcaster",
        "A/A",
        evidence,
        "on",
        "broadcaster, lists of grade A",
    ]
    assert by_name["xhby"][6:] == ["off", "party media, which `[crawler] party_media = true` switches on"]
    assert all(row[7] for row in rows)


def test_settings_decide_what_is_on(product: Product) -> None:
    product.configure(crawler={"party_media": True})
    on = {row["source"]: row["enabled"] for row in product.rows("sources", "list")}
    assert on["xhby"]
    assert not on["cztv"]


def test_a_source_is_shown_with_its_file_its_lists_and_what_is_assumed(product: Product) -> None:
    shown = product.run("sources", "show", "ahtv").stdout
    assert "crawler/sources/ahtv.toml" in shown
    assert "assumed\tText pages were never seen" in shown
    assert "section search\t搜索, html: POST https://www.ahtv.cn/search search_text=" in shown
    (record,) = product.rows("sources", "show", "ahtv")
    assert record["record"]["sections"][0]["words"][0] == "长三角"


def test_an_unknown_source_cannot_be_shown(product: Product) -> None:
    assert "there is no source 'abc'" in product.run("sources", "show", "abc", expect=[2]).stderr


def test_a_source_whose_file_is_wrong_is_marked_and_the_others_are_listed(product: Product) -> None:
    folder = product.folder / "sources"
    folder.mkdir()
    (folder / "mine.toml").write_text('name = "mine"\ngrad = "A"\n', encoding="utf-8")
    product.configure(crawler={"source_folders": [str(folder)]})
    done = product.run("sources", "list", expect=(2,))
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert len(rows) == 30
    (broken,) = [row for row in rows if row[6] == "BROKEN"]
    assert broken[0] == "mine"
    assert broken[7].startswith(f"{folder / 'mine.toml'}: title: it is missing; ")
    assert "grad: there is no such key" in broken[7]
    assert done.stderr == ""
    (fact,) = [row for row in product.rows("sources", "list", expect=(2,)) if "broken" in row]
    assert (fact["source"], fact["broken"]) == ("mine", broken[7])


@pytest.mark.parametrize(
    ("line", "begun", "offered"),
    [
        ("deltanews crawl js", 2, {"jschina", "jstv"}),
        ("deltanews sources show ah", 3, {"ahtv"}),
        ("deltanews reextract --source cnr_", 3, {"cnr_anhui", "cnr_jiangsu"}),
    ],
)
def test_a_shell_completes_the_names_of_sources(product: Product, line: str, begun: int, offered: set[str]) -> None:
    product.variables = {"_DELTANEWS_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(begun)}
    assert offered <= set(product.run().stdout.split())
