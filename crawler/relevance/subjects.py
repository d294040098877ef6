"""What an article is about beside the integration itself: topics, provinces, cities and vehicles, most named first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from crawler.relevance.entries import Kind
from crawler.relevance.reading import Sentence, Zone

ENOUGH = 2
"""Weight from which a topic or a province is a subject: once in title or lead, twice after it."""
MOST_TOPICS = 4

_WEIGHT = {Zone.TITLE: 3, Zone.LEAD: 2, Zone.REST: 1}


@dataclass(frozen=True, slots=True)
class Subjects:
    """Names, the most named first."""

    topics: tuple[str, ...]
    provinces: tuple[str, ...]
    cities: tuple[str, ...]
    vehicles: tuple[str, ...]


def subjects(sentences: Iterable[Sentence]) -> Subjects:
    """Count what the sentences name; a title weighs more than the lead, the lead more than the rest."""
    topics: Counter[str] = Counter()
    provinces: Counter[str] = Counter()
    cities: Counter[str] = Counter()
    vehicles: Counter[str] = Counter()
    for sentence in sentences:
        weight = _WEIGHT[sentence.zone]
        for match in sentence.topics:
            for topic in match.entry.topics:
                topics[topic] += weight
        for match in sentence.places:
            for province in match.entry.provinces:
                provinces[province] += weight
            for city in match.entry.cities:
                cities[city] += weight
        for match in (*sentence.names, *sentence.passing):
            for province in match.entry.provinces:
                provinces[province] += weight
            if match.entry.kind is Kind.VEHICLE:
                vehicles[match.entry.name] += weight
    return Subjects(
        topics=_ranked(topics, at_least=ENOUGH)[:MOST_TOPICS],
        provinces=_ranked(provinces, at_least=ENOUGH),
        cities=_ranked(cities),
        vehicles=_ranked(vehicles),
    )


def _ranked(counter: Counter[str], *, at_least: int = 1) -> tuple[str, ...]:
    ranked = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    return tuple(name for name, weight in ranked if weight >= at_least)
