import random
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Precision
from benchmarks.reports import report
from benchmarks.republications import republish, stream
from indexer.stories.in_memory import Story, cluster, story_id
from indexer.stories.item import Item
from indexer.stories.similarity import compare
from tests.stories.reports import MORNING, OTHER, REPORT, item, item_of

Outcome = set[tuple[str, str, tuple[str, ...]]]
PARAGRAPHS = REPORT.split("\n")


def outcome(stories: list[Story]) -> Outcome:
    return {(story.id, story.original.url, tuple(one.url for one in story.items)) for story in stories}


def members(items: list[Item]) -> list[set[str]]:
    return sorted(({one.url[8:].split(".")[0] for one in story.items} for story in cluster(items)), key=sorted)


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 10_000))
def test_shuffled_arrivals_make_the_same_stories(rng: random.Random, seed: int) -> None:
    items = [item_of(piece) for piece in stream(60, seed=seed, negatives=0.4)]
    first = outcome(cluster(items))
    rng.shuffle(items)
    assert outcome(cluster(items)) == first


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(8)))
def test_excerpts_chains_and_late_originals_in_any_order(order: list[int]) -> None:
    items = [
        item(REPORT, name="whole", hours=1),
        item("\n".join(PARAGRAPHS[:3]), name="beginning", hours=2),
        item("\n".join(PARAGRAPHS[3:]), name="end", hours=3),
        item(OTHER, name="other"),
        item(f"{REPORT}\n{OTHER}", name="roundup", hours=4),
        item("\n".join([*PARAGRAPHS[2:], OTHER[:120]]), name="added", hours=5),
        item(REPORT, name="undated", at=None),
        item(REPORT, name="late", hours=-1),
    ]
    assert outcome(cluster([items[place] for place in order])) == outcome(cluster(items))


def test_disjoint_excerpts_meet_in_the_story_of_the_whole() -> None:
    items = [
        item("\n".join(PARAGRAPHS[:3]), name="beginning", hours=2),
        item("\n".join(PARAGRAPHS[3:]), name="end", hours=3),
        item(REPORT, name="whole"),
    ]
    assert members(items) == [{"beginning", "end", "whole"}]


def test_a_roundup_joins_no_two_stories() -> None:
    items = [
        item(REPORT, name="one"),
        item(OTHER, name="two", title="班列"),
        item(REPORT + "\n" + OTHER, name="roundup", hours=2, title="要闻"),
        item(REPORT, name="copy", hours=3),
        item(REPORT + "\n" + OTHER, name="roundup-copy", hours=4, title="要闻"),
    ]
    assert members(items) == [{"copy", "one"}, {"roundup", "roundup-copy"}, {"two"}]


def test_a_chain_is_never_longer_than_one_step() -> None:
    """Each link replaces a quarter of the text before it: neighbours are alike, the ends have nothing in common."""
    rng = random.Random(5)
    pool = [part for nth in range(6) for part in report(rng, f"r{nth}", MORNING, paragraphs=7).body.split("\n")]
    chain = [item("\n".join(pool[2 * nth : 2 * nth + 8]), name=f"link{nth:02d}", hours=nth) for nth in range(18)]
    stories = cluster(chain)
    assert 4 <= len(stories) <= 9
    for story in stories:
        assert all(compare(story.representative.normalized_text, one.normalized_text).same for one in story.items)


def test_what_recurs_after_the_window_is_an_anniversary() -> None:
    items = [
        item(REPORT, name="first"),
        item(REPORT, name="month", hours=29 * 24),
        item(REPORT, name="year", hours=8760),
    ]
    assert members(items) == [{"first", "month"}, {"year"}]
    assert len(cluster(items, window=timedelta(days=400))) == 1


def test_a_late_original_gives_the_story_its_name() -> None:
    copies = [item(REPORT, name="copy", hours=2), item(REPORT, name="second", hours=3)]
    assert [story.id for story in cluster(copies)] == [story_id("https://copy.example/a")]
    assert [story.id for story in cluster([*copies, item(REPORT, name="late")])] == [story_id("https://late.example/a")]


def test_a_day_alone_is_not_earlier_than_a_minute_of_that_day() -> None:
    midnight = MORNING - timedelta(hours=9)
    copy = item(REPORT, name="day", at=midnight, precision=Precision.DAY)
    [story] = cluster([copy, item(REPORT, name="minute")])
    assert story.representative.url == "https://minute.example/a"


def test_a_report_that_everybody_ran_is_one_story() -> None:
    rng = random.Random(9)
    original = report(rng, "a", MORNING)
    pieces = [original, *(republish(rng, original, f"c{n}", MORNING + timedelta(minutes=n + 1)) for n in range(120))]
    rng.shuffle(pieces)
    [story] = cluster([item_of(piece) for piece in pieces])
    assert story.representative.url == original.url
