"""The explanation comes from the same walk as the extraction, and says where everything was read."""

from crawler.extraction.extract import explain, extract
from tests.extraction.layouts import TWICE, page
from tests.extraction.reports import REPORT

HTML = page(TWICE["block, then paragraphs"](REPORT), REPORT.title).encode()


def test_it_belongs_to_the_extraction_that_one_gets_without_it() -> None:
    assert explain(HTML, "")[0] == extract(HTML, "")


def test_it_shows_every_candidate_with_its_scores_and_the_winner_first() -> None:
    extraction, why = explain(HTML, "")
    names = [score.candidate.name for score in why.body.scores]
    assert names[0] == extraction.winner == why.body.winner
    assert {"density", "trafilatura"} <= set(names)
    assert all(set(score.parts) == {"prose", "unlinked", "near", "agreement", "size"} for score in why.body.scores)
    assert all(0 <= value <= 1 for score in why.body.scores for value in score.parts.values())
    assert why.body.choice


def test_it_shows_what_each_repair_took_out() -> None:
    extraction, why = explain(HTML, "")
    effects = {effect.name: effect for effect in why.body.effects}
    assert tuple(effects) == extraction.repairs
    assert effects["block copy"].gone[0].startswith(REPORT.title)


def test_every_field_has_an_origin_or_a_reason() -> None:
    _, why = explain(b"<p>\xe9\x95\xbf</p>", "")
    assert set(why.origins) == {
        "title",
        "published_at",
        "credit",
        "reporters",
        "editors",
        "programme",
        "image",
        "video",
        "canonical_url",
    }
    assert all(why.origins.values())
    assert why.origins["published_at"] == "no date on the page"
