"""Gazetteer files are checked as they are read, and a user's file adds to ours."""

import tomllib
from pathlib import Path

import pytest

from archive.article import Level
from crawler.relevance import Gazetteer, GazetteerError, judge, load_gazetteer
from crawler.relevance.gazetteer import BUNDLED

KEPT = {Level.CORE, Level.RELATED}


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        ("[[vehicle]]\naliases = ['甲乙']", "vehicle[0].name", "it is missing"),
        ("[[vehicle]]\nname = '甲乙'\nstrenght = 'weak'", "vehicle[0].strenght", "there is no such key"),
        ("[[vehicle]]\nname = '甲乙'\nstrength = 'medium'", "vehicle[0].strength", "'weak' or 'strong'"),
        ("[[region]]\nnames = ['长']", "region[0].names[0]", "at least 2 characters"),
        ("[[towns]]\nname = '甲乙'", "towns", "there is no such key"),
        ("[[passing]]\nwhy = 'because'\nbefore = ['(']", "passing[0].before[0]", "not a regular expression"),
        ("[[province]]\nname = '江西'", "province[0].name", "'安徽'"),
        ("[[false_friend]]\nwords = ['甲乙']", "false_friend[0].why", "it is missing"),
        ("[[predicate]]\nname = '甲乙'\nweight = 1\nwhy = 'because'", "predicate[0]", "words or patterns"),
        ("region = ", "", "Invalid value"),
    ],
)
def test_a_mistake_is_named_with_file_key_and_reason(tmp_path: Path, text: str, key: str, reason: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(GazetteerError) as caught:
        load_gazetteer((file,))
    assert str(caught.value).startswith(f"{file}: {key}")
    assert reason in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"nowhere\.toml"):
        load_gazetteer((tmp_path / "nowhere.toml",))


def test_a_vehicle_of_the_users_own_counts(tmp_path: Path, gazetteer: Gazetteer) -> None:
    title = "云间量子谷扩容启动"
    file = written(tmp_path, "[[vehicle]]\nname = '云间量子谷'\ntopics = ['科技创新']\n")
    assert judge(title, "", gazetteer).level is Level.NONE
    found = judge(title, "", load_gazetteer((file,)))
    assert found.level in KEPT
    assert found.vehicles == ("云间量子谷",)
    assert found.topics == ("科技创新",)


def test_a_topic_of_the_users_own_tags(tmp_path: Path) -> None:
    file = written(tmp_path, "[[topic]]\nname = '白茶'\nterms = ['白茶', '茶园']\n")
    extended = load_gazetteer((file,))
    assert "白茶" in extended.topics
    assert "白茶" in judge("沪浙携手共建白茶产业园", "", extended).topics


def test_terms_added_to_a_topic_of_ours_join_it(tmp_path: Path, gazetteer: Gazetteer) -> None:
    file = written(tmp_path, "[[topic]]\nname = '交通互联'\nterms = ['飞行汽车']\n")
    extended = load_gazetteer((file,))
    assert extended.topics == gazetteer.topics
    assert judge("飞行汽车来了", "", extended).topics == ("交通互联",)


def test_a_false_friend_takes_a_word_of_ours_away(tmp_path: Path, gazetteer: Gazetteer) -> None:
    title = "水乡客厅开张"
    file = written(tmp_path, "[[false_friend]]\nwords = ['水乡客厅']\nwhy = 'a tea house of that name here'\n")
    assert judge(title, "", gazetteer).level in KEPT
    assert judge(title, "", load_gazetteer((file,))).level is Level.NONE


def test_a_reject_word_of_the_users_own_rejects(tmp_path: Path) -> None:
    file = written(tmp_path, "[[reject]]\nstrength = 'certain'\nwords = ['甲乙丙']\nwhy = 'spam here'\n")
    found = judge("长三角一体化", "甲乙丙", load_gazetteer((file,)))
    assert found.reason == "rejected: 甲乙丙"


def test_all_41_cities_and_their_provinces_are_known(gazetteer: Gazetteer) -> None:
    provinces = tomllib.loads((BUNDLED / "places.toml").read_text(encoding="utf-8"))["province"]
    assert {province["name"]: len(province["cities"]) for province in provinces} == {
        "上海": 1,
        "江苏": 13,
        "浙江": 11,
        "安徽": 16,
    }
    for province in provinces:
        for city in province["cities"]:
            (match,) = gazetteer.find(city)
            assert match.entry.provinces == {province["name"]}


def test_no_bundled_word_is_both_a_term_and_a_false_friend() -> None:
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in BUNDLED.glob("*.toml")]
    friends = {word for table in tables for group in table.get("false_friend", ()) for word in group["words"]}
    terms = {
        word
        for table in tables
        for kind, groups in table.items()
        if kind != "false_friend"
        for group in groups
        for key in ("names", "aliases", "weak_aliases", "terms", "linking", "words")
        for word in group.get(key, ())
    }
    assert friends & terms == set()
