"""The corpus: fixed, varied enough that no two stories are alike, with copies that are."""

from itertools import combinations

from tests.replica import Publication, Replica, Trait
from tests.replica.corpus import NEWEST
from tests.replica.sites.epapers import PAPERS


def shingles(publication: Publication) -> set[str]:
    text = "".join(character for character in publication.body if character.isalnum())
    return {text[start : start + 5] for start in range(len(text) - 4)}


def likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / min(len(one), len(other))


def test_two_replicas_serve_the_same() -> None:
    assert Replica().articles() == Replica().articles()


def test_no_two_stories_are_as_alike_as_every_copy_and_its_original() -> None:
    articles = Replica().articles()
    shingled = {article.url: shingles(article) for article in articles}
    originals = {article.story: article for article in articles if article.original}
    for one, other in combinations(originals.values(), 2):
        assert likeness(shingled[one.url], shingled[other.url]) < 0.5, (one.title, other.title)
    copies = [article for article in articles if not article.original]
    for copy in copies:
        assert likeness(shingled[copy.url], shingled[originals[copy.story].url]) > 0.6, copy.title
        assert copy.published_at > originals[copy.story].published_at


def test_the_figures_that_the_readme_of_the_replica_gives() -> None:
    articles = Replica().articles()
    stories = {article.story for article in articles}
    assert 220 <= len(articles) <= 280
    assert sum(1 for story in stories if sum(article.story == story for article in articles) > 1) >= 25
    assert 0.3 < sum(not article.relevant for article in articles) / len(articles) < 0.5
    assert all(article.published_at <= NEWEST for article in articles if article.source not in PAPERS)
    assert all(article.title and article.body for article in articles)
    assert all(article.credit for article in articles if article.source not in PAPERS)


def test_every_trap_stands_somewhere() -> None:
    replica = Replica()
    seen = {trait for article in replica.articles() for trait in article.traits}
    assert seen == set(Trait)
    assert replica.unlisted()
