from pathlib import Path

import pytest

from crawler.sources.loader import SourceError, active_sources, load_source_files, load_sources
from crawler.sources.model import Kind, Source
from tests.sources.records import write

PARTY = 'kind = "party_media"'


def names_on(sources: dict[str, Source]) -> set[str]:
    return {name for name, source in sources.items() if source.enabled}


def test_every_bundled_broadcaster_of_grade_a_or_b_is_on() -> None:
    sources = load_sources()
    broadcasters = {name for name, source in sources.items() if source.kind is Kind.BROADCASTER and source.grade != "C"}
    assert broadcasters <= names_on(sources)
    assert {"kankanews", "eastday", "jstv", "ahtv", "cctv", "cnr_shanghai", "cnr_anhui"} <= broadcasters


def test_party_media_fill_in_only_where_a_province_has_fewer_than_three_sources() -> None:
    on = names_on(load_sources())
    assert {"zjol", "anhuinews", "jschina"} <= on  # these provinces have one or two broadcasters that can be read
    assert not {"shobserver", "thepaper"} & on  # Shanghai has three
    assert "xhby" not in on  # Jiangsu lacks one, and has got it


def test_one_setting_switches_party_media_on_but_no_grade_c() -> None:
    sources = load_sources(party_media=True)
    assert {"shobserver", "thepaper", "zjol", "anhuinews", "xhby", "jschina"} <= names_on(sources)
    assert not sources["cztv"].enabled


def test_what_is_off_says_why() -> None:
    sources = load_sources()
    assert all(source.enabled or source.disabled_because for source in sources.values())
    assert "party_media" in sources["thepaper"].disabled_because
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
    assert [source.name for source in active_sources(sources, ["thepaper", "jstv", "thepaper"])] == ["thepaper", "jstv"]
    assert {source.name for source in active_sources(sources)} == names_on(sources)


def test_an_unknown_name_is_a_mistake_that_lists_the_known_ones() -> None:
    with pytest.raises(SourceError, match=r"no source 'jtsv'; known: ahtv, .*jstv"):
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
