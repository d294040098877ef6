"""Traditional characters have one simplified each; what both scripts write stays."""

from text.traditional import simplified_characters


def test_each_maps_one_character_to_another() -> None:
    table = simplified_characters()
    assert len(table) > 1_000
    assert all(len(before) == len(after) == 1 and before != after for before, after in table.items())
    assert not set(table) & set(table.values())


def test_the_delta_is_read_in_both_scripts() -> None:
    table = str.maketrans(simplified_characters())
    assert "長三角 滬蘇浙皖 執委會 聯動 簽署協議 臺州".translate(table) == "长三角 沪苏浙皖 执委会 联动 签署协议 台州"
    assert "后里台干发面".translate(table) == "后里台干发面"
