from datetime import date
from pathlib import Path

import pytest

from crawler.sources.loader import SourceError, active_sources, load_source_files, load_sources
from crawler.sources.model import Source
from tests.sources.records import LIST, write

PARTY = 'kind = "party_media"'


def names_on(sources: dict[str, Source]) -> set[str]:
    return {name for name, source in sources.items() if source.enabled}


ON = {
    "ahtv": "broadcaster, lists of grade B",
    "anhuinews": "party media, to complete 安徽: only 2 of its other sources had evidence of the past year",
    "cctv": "broadcaster, lists of grade A",
    "cnr_anhui": "broadcaster, lists of grade B",
    "cnr_jiangsu": "broadcaster, lists of grade B",
    "cnr_shanghai": "broadcaster, lists of grade B",
    "cnr_zhejiang": "broadcaster, lists of grade B",
    "eastday": "broadcaster, lists of grade A",
    "hangzhou": "party media, to complete 浙江: none of its other sources had evidence of the past year",
    "jstv": "broadcaster, lists of grade A",
    "kankanews": "broadcaster, lists of grade B",
    "people_js": "party media, to complete 江苏: only 1 of its other sources had evidence of the past year",
    "thepaper": "only delta: all about the delta; the rest is off: "
    "party media, which `[crawler] party_media = true` switches on",
    "xhrb": "party media, to complete 江苏: only 1 of its other sources had evidence of the past year",
    "yicai": "broadcaster, lists of grade A",
    "zjol": "party media, to complete 浙江: none of its other sources had evidence of the past year",
    "zjrb": "party media, to complete 浙江: none of its other sources had evidence of the past year",
}
"""The bundled sources that are on, each with the reason: whoever changes a file sees here what comes of it."""
OFF = {
    "ahrb",
    "ahwang",
    "chinanews",
    "cztv",
    "jschina",
    "people_ah",
    "people_sh",
    "shobserver",
    "sz2500",
    "wz66",
    "xhby",
    "xinhua_csj",
}


def test_which_bundled_sources_are_on_and_why() -> None:
    sources = load_sources()
    assert {source.name: source.enabled_because for source in sources.values() if source.enabled} == ON
    assert sources.keys() - ON.keys() == OFF


def test_what_is_on_does_not_change_with_the_calendar() -> None:
    sources = load_sources()
    assert not sources["zjol"].has_old_evidence(date(2027, 9, 30))
    assert sources["zjol"].has_old_evidence(date(2027, 10, 1))
    assert sources["ahtv"].newest_evidence == "2026"
    assert sources["ahtv"].has_old_evidence(date(2027, 2, 1))  # it may be of January
    assert [name for name in ON if sources[name].has_old_evidence(sources[name].verified_on)] == [
        "cnr_zhejiang",
        "jstv",
    ]


def test_a_section_that_is_all_about_the_delta_is_on_whatever_its_source(tmp_path: Path) -> None:
    delta = LIST.replace("news", "delta") + "all_delta = true\n"
    write(tmp_path, "weak", keys=PARTY + '\ngrade = "C"', sections=LIST + delta)
    write(tmp_path, "shut", keys=PARTY + '\nenabled = false\ndisabled_because = "not seen"', sections=LIST + delta)
    write(tmp_path, "signed", keys='unsupported = "its only lists are signed"', sections=delta)
    sources = load_sources(bundled=False, folders=[tmp_path])
    assert names_on(sources) == {"weak"}
    assert [section.name for section in sources["weak"].sections_on] == ["delta"]
    assert sources["weak"].enabled_because.startswith("only delta: all about the delta; the rest is off: grade C")
    assert [section.name for section in sources["shut"].sections_on] == ["news", "delta"]  # whoever names it gets all


def test_old_evidence_leaves_room_for_party_media_and_brings_none_of_it_in(tmp_path: Path) -> None:
    write(tmp_path, "station", keys='newest_evidence = "2023-08"')
    for number in range(3):
        write(tmp_path, f"paper{number}", keys=PARTY)
    write(tmp_path, "archive", keys=PARTY + '\nnewest_evidence = "2025-10"')
    assert names_on(load_sources(bundled=False, folders=[tmp_path])) == {"station", "paper0", "paper1", "paper2"}


def test_one_setting_switches_party_media_on_but_no_grade_c() -> None:
    sources = load_sources(party_media=True)
    assert names_on(sources) == {*ON, *OFF} - {"cztv", "sz2500", "xinhua_csj"}
    assert [section.name for section in sources["thepaper"].sections_on] == ["delta", "shishi", "caijing"]


def test_what_is_off_says_why() -> None:
    sources = load_sources()
    assert all(source.enabled or source.disabled_because for source in sources.values())
    assert "party_media" in sources["xhby"].disabled_because
    assert "browser" in sources["cztv"].disabled_because
    assert sources["cztv"].disabled_because.startswith("grade C")


def test_as_many_party_media_as_are_missing_come_in_best_grade_first(tmp_path: Path) -> None:
    write(tmp_path, "station")
    write(tmp_path, "worst", keys=PARTY + '\ngrade = "C"')
    write(tmp_path, "weaker", keys=PARTY + '\ngrade = "B"')
    write(tmp_path, "best", keys=PARTY)
    write(tmp_path, "good", keys=PARTY + '\npage_grade = "B"')
    assert names_on(load_sources(bundled=False, folders=[tmp_path])) == {"station", "best", "good"}


def test_a_file_that_says_itself_whether_it_is_on_is_believed(tmp_path: Path) -> None:
    write(tmp_path, "paper", keys=PARTY + "\nenabled = true")
    write(tmp_path, "weak", keys='enabled = true\ngrade = "C"')
    write(tmp_path, "station", keys='enabled = false\ndisabled_because = "on holiday"')
    sources = load_sources(bundled=False, folders=[tmp_path])
    assert names_on(sources) == {"paper", "weak"}
    assert sources["station"].disabled_because == "on holiday"


def test_a_source_that_needs_a_browser_or_a_signature_is_off(tmp_path: Path) -> None:
    write(tmp_path, "rendered", keys='render = "browser"')
    write(tmp_path, "signed", keys='unsupported = "its only lists are signed"')
    sources = load_sources(bundled=False, folders=[tmp_path])
    assert names_on(sources) == set()
    with pytest.raises(SourceError, match="signed is not supported: its only lists are signed"):
        active_sources(sources, ["signed"])


def test_named_sources_are_crawled_even_when_they_are_off() -> None:
    sources = load_sources()
    assert [source.name for source in active_sources(sources, ["xhby", "jstv", "xhby"])] == ["xhby", "jstv"]
    assert {source.name for source in active_sources(sources)} == names_on(sources)


def test_an_unknown_name_is_a_mistake_that_lists_the_known_ones() -> None:
    with pytest.raises(SourceError, match=r"no source 'jtsv'; known: ahrb, .*jstv"):
        active_sources(load_sources(), ["jtsv"])


def test_a_source_whose_file_is_wrong_takes_no_other_down_and_brings_none_up(tmp_path: Path) -> None:
    on = {source.name for source in active_sources(load_sources())}
    for name in sorted(on):
        (tmp_path / f"{name}.toml").write_text('nmae = "x"\n')
        files = load_source_files(folders=[tmp_path])
        assert {source.name for source in active_sources(files.sources)} == on - {name}
        assert list(files.broken) == [name]
        assert "nmae: there is no such key" in str(files.broken[name])
        (tmp_path / f"{name}.toml").unlink()
