from tests.product import Product


def test_the_list_has_a_row_a_source_and_says_why_one_is_off(product: Product) -> None:
    rows = [line.split("\t") for line in product.run("sources", "list").stdout.splitlines()]
    assert len(rows) == 16
    assert {len(row) for row in rows} == {8}
    by_name = {row[0]: row for row in rows}
    assert by_name["jstv"][1:] == ["荔枝网", "江苏", "broadcaster", "A/A", "2023-08", "on", ""]
    assert by_name["thepaper"][6:] == ["off", "party media: switched on by the setting party_media"]


def test_settings_decide_what_is_on(product: Product) -> None:
    product.configure(crawler={"party_media": True})
    on = {row["source"]: row["enabled"] for row in product.rows("sources", "list")}
    assert on["thepaper"]
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
