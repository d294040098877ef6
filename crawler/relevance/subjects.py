"""What an article is about beside the integration itself: topics, provinces, cities and vehicles, most named first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crawler.relevance.entry import Entry, EntryKind
from crawler.relevance.sentences import Sentence, Zone

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
    named: defaultdict[Entry, int] = defaultdict(int)
    tagged: defaultdict[Entry, int] = defaultdict(int)
    for sentence in sentences:
        weight = _WEIGHT[sentence.zone]
        for matches in (sentence.places, sentence.names, sentence.passing):
            for match in matches:
                named[match.entry] += weight
        for match in sentence.topics:
            tagged[match.entry] += weight
    topics, provinces, cities, vehicles = (defaultdict[str, int](int) for _ in range(4))
    for entry, weight in tagged.items():
        for topic in entry.topics:
            topics[topic] += weight
    for entry, weight in named.items():
        for province in entry.provinces:
            provinces[province] += weight
        for city in entry.cities:
            cities[city] += weight
        if entry.kind is EntryKind.VEHICLE:
            vehicles[entry.name] += weight
    return Subjects(
        topics=_ranked(topics, at_least=ENOUGH)[:MOST_TOPICS],
        provinces=_ranked(provinces, at_least=ENOUGH),
        cities=_ranked(cities),
        vehicles=_ranked(vehicles),
    )


def _ranked(weights: Mapping[str, int], *, at_least: int = 1) -> tuple[str, ...]:
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return tuple(name for name, weight in ranked if weight >= at_least)
