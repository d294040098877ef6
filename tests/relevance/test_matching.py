"""Matches are leftmost, then longest; width and case do not matter; offsets are those of the text."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.relevance import Gazetteer, load_gazetteer
from crawler.relevance.normalization import normalize


@given(st.text())
def test_the_normal_form_is_as_long_as_the_text(text: str) -> None:
    assert len(normalize(text)) == len(text)


def test_width_and_case_are_made_plain() -> None:
    assert normalize("Ｇ６０，ＡＩ㎡") == "g60,ai㎡"


def expected(words: list[str], text: str) -> list[tuple[int, str]]:
    found, place = [], 0
    while place < len(text):
        here = [word for word in words if text.startswith(word, place)]
        if here:
            longest = max(here, key=len)
            found.append((place, longest))
            place += len(longest)
        else:
            place += 1
    return found


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_matches_are_leftmost_then_longest(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    words = data.draw(st.lists(st.text("xyz", min_size=2, max_size=6), min_size=1, max_size=8, unique=True))
    file = tmp_path_factory.mktemp("gazetteer") / "words.toml"
    file.write_text(f"[[peer]]\nwords = {words}\n", encoding="utf-8")
    gazetteer = load_gazetteer((file,))
    for text in data.draw(st.lists(st.text("xyz", max_size=30), min_size=5, max_size=20)):
        found = [(match.start, text[match.start : match.end]) for match in gazetteer.find(text)]
        assert found == expected(words, text)


def names(gazetteer: Gazetteer, text: str) -> list[str]:
    return [f"{match.entry.kind}:{match.entry.name}" for match in gazetteer.find(normalize(text))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("湖南通", ["outside:湖南"]),
        ("南通", ["city:南通"]),
        ("江苏浙江", ["province:江苏", "province:浙江"]),
        ("沪苏浙", ["province:沪苏浙"]),
        ("苏、浙、皖", ["province:苏浙皖"]),
        ("沪苏浙皖", ["region:沪苏浙皖"]),
        ("长三角 Ｇ６０ 科创走廊", ["vehicle:长三角G60科创走廊"]),
        ("Ｇ60沪昆高速", ["false_friend:g60沪昆高速"]),
        ("上海合作组织", ["false_friend:上海合作组织"]),
        ("吴江", ["city:苏州"]),
        ("長三角", ["region:长三角"]),
    ],
)
def test_a_name_is_found_for_what_it_is(text: str, wanted: list[str], gazetteer: Gazetteer) -> None:
    assert [name.lower() for name in names(gazetteer, text)] == [name.lower() for name in wanted]


def test_the_gazetteer_cannot_be_changed(gazetteer: Gazetteer) -> None:
    with pytest.raises(AttributeError):
        gazetteer.topics = ()  # type: ignore[misc]


def test_the_bundled_gazetteer_is_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_gazetteer().find("长三角")
