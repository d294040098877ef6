"""The judgement: what an article has to do with the integration of the delta, and the words that decided it.

Each sentence that names the delta is worth something (`evidence.py`); the title weighs more than the lead, the lead
more than the rest; their sum, from 0 to 100, is cut into levels. Why the line is where it is, with figures:
docs/decisions/0005-relevance.md.
"""

from collections.abc import Iterable, Iterator, Sequence

from archive.article import Level, Relevance, Term
from crawler.relevance.entry import Match, Strength
from crawler.relevance.evidence import Evidence, Rule, weigh
from crawler.relevance.gazetteer import Gazetteer
from crawler.relevance.reading import Reading, Sentence, Zone, read
from crawler.relevance.subjects import subjects

CORE = 55.0
RELATED = 30.0
"""Scores from which a level begins; anything above 0 is a mention."""

LEAST = 0.1
"""Score of a mention, however long the text around it; the step of scores."""

TITLE_WEIGHT = 50.0
LEAD_WEIGHT = 24.0
REST_WEIGHT = 10.0
FULL_REST = 12
"""Sentences of a body up to which each counts in full; in a longer one the share counts, not the number."""

DECIDING_SENTENCES = 8
"""Sentences whose words are kept with an article."""

THREE_PROVINCES_ONE_CITY = "三省一市"

SUSPICIOUS_REJECTS = 3
"""Different suspicious words of spam that keep a page out."""

_ROUTINE_WORDS = 3
_ROUTINE_WORDS_WITH_TITLE = 2
_TITLE_JOINS = 0.4
_CONVINCING = 0.5
"""Value from which a sentence says it, rather than mentions it."""
_TITLE_SAYS = 0.3
"""The same of a title, which says little in vain."""


def judge(title: str, body: str, gazetteer: Gazetteer) -> Relevance:
    """Return what an article has to do with the delta. Offsets of terms are characters of title and body as given."""
    reading = read(title, body, gazetteer)
    if spam := _spam(reading):
        return Relevance(reason=f"rejected: {', '.join(spam)}")
    evidence = _evidence(reading)
    points = [_points(item, reading) for item in evidence]
    score = _score(evidence, points)
    level = _level(score)
    about = subjects(reading.sentences)
    return Relevance(
        level=level,
        score=score,
        reason=_reason(evidence, points, reading),
        topics=about.topics,
        provinces=about.provinces,
        cities=about.cities,
        vehicles=about.vehicles,
        terms=tuple(_terms(evidence, points, title, body)),
    )


def _spam(reading: Reading) -> list[str]:
    if reading.certain_rejects or len(reading.rejects) >= SUSPICIOUS_REJECTS:
        return sorted(reading.certain_rejects or reading.rejects)
    return []


def _evidence(reading: Reading) -> list[Evidence]:
    routine = _is_routine(reading.sentences)
    _drop_other_threes(reading.sentences)
    found = []
    named_together: frozenset[str] = frozenset()
    for sentence in reading.sentences:
        named = sentence.provinces()
        provinces = named | named_together if sentence.together or _acts_unnamed(sentence) else named
        if evidence := weigh(sentence, provinces, routine=routine):
            found.append(evidence)
        if len(named) >= 2:
            named_together = named
    return found if routine else _with_joining_title(found, reading.sentences)


def _acts_unnamed(sentence: Sentence) -> bool:
    """Tell whether the lead acts without naming anyone (会议通过互认清单): then those named before act."""
    return sentence.zone is Zone.LEAD and not sentence.places and not sentence.outside and not sentence.names


def _with_joining_title(found: list[Evidence], sentences: Sequence[Sentence]) -> list[Evidence]:
    """Let a title that says half of it count (断头路变连心路, 太仓嘉定通借通还) where the lead says the whole."""
    title = next((sentence for sentence in sentences if sentence.zone is Zone.TITLE), None)
    lead = max((item.value for item in found if item.sentence.zone is Zone.LEAD), default=0.0)
    if title is None or title.outside or lead < _CONVINCING or any(item.sentence is title for item in found):
        return found
    strong = any(link.entry.link is Strength.STRONG for link in title.links)
    provinces = title.provinces() | title.letters
    if strong or title.together or len(provinces) >= 2 or (title.links and provinces):
        return [Evidence(title, _TITLE_JOINS, Rule.JOINS), *found]
    return found


def _is_routine(sentences: Iterable[Sentence]) -> bool:
    """Tell whether an article is of a kind that names places every day: weather, markets, sport, timetables."""
    words: dict[str, set[str]] = {}
    titled: set[str] = set()
    for sentence in sentences:
        if sentence.zone is not Zone.REST:
            for match in sentence.routine:
                words.setdefault(match.entry.routine, set()).add(match.entry.name)
                if sentence.zone is Zone.TITLE:
                    titled.add(match.entry.routine)
    return any(
        len(found) >= (_ROUTINE_WORDS_WITH_TITLE if name in titled else _ROUTINE_WORDS) for name, found in words.items()
    )


def _drop_other_threes(sentences: Sequence[Sentence]) -> None:
    """Drop 三省一市 where it is another region's: nothing else of the delta is named, or elsewhere is."""
    holders = [sentence for sentence in sentences if any(map(_is_threes, (*sentence.names, *sentence.passing)))]
    if not holders:
        return
    places = {province for sentence in sentences for match in sentence.places for province in match.entry.provinces}
    names = (match for sentence in sentences for match in (*sentence.names, *sentence.passing))
    ours = len(places) >= 2 or any(not _is_threes(match) for match in names)
    for sentence in holders:
        if not ours or (sentence.outside and not sentence.places):
            sentence.names = [match for match in sentence.names if not _is_threes(match)]
            sentence.passing = [match for match in sentence.passing if not _is_threes(match)]


def _is_threes(match: Match) -> bool:
    return match.entry.name == THREE_PROVINCES_ONE_CITY


def _points(evidence: Evidence, reading: Reading) -> float:
    """Return what a sentence adds to the score."""
    zone = evidence.sentence.zone
    if zone is Zone.TITLE:
        return TITLE_WEIGHT * evidence.value
    if zone is Zone.LEAD:
        return LEAD_WEIGHT * evidence.value
    return REST_WEIGHT * evidence.value * min(1.0, FULL_REST / reading.body_sentences)


def _score(evidence: list[Evidence], points: list[float]) -> float:
    """Return the sum from 0 to 100; mentions alone, however many, are no more than a mention."""
    if not evidence:
        return 0.0
    most = 100.0
    if all(item.value < (_TITLE_SAYS if item.sentence.zone is Zone.TITLE else _CONVINCING) for item in evidence):
        most = RELATED - LEAST
    return min(most, max(LEAST, round(sum(points), 1)))


def _level(score: float) -> Level:
    if score >= CORE:
        return Level.CORE
    if score >= RELATED:
        return Level.RELATED
    return Level.MENTION if score > 0 else Level.NONE


def _reason(evidence: list[Evidence], points: list[float], reading: Reading) -> str:
    if not evidence:
        return "nothing of the delta is named, nor two of its provinces with a cooperation between them"
    best = evidence[points.index(max(points))]
    where = {Zone.TITLE: "in the title", Zone.LEAD: "in the lead", Zone.REST: "after the lead"}[best.sentence.zone]
    return f"{best.rule} {where}; {len(evidence)} of {reading.body_sentences + 1} sentences count"


def _terms(evidence: list[Evidence], points: list[float], title: str, body: str) -> Iterator[Term]:
    """Yield the words of the sentences that add most, in the order of the text."""
    most = sorted(range(len(evidence)), key=points.__getitem__, reverse=True)[:DECIDING_SENTENCES]
    for item in (evidence[index] for index in sorted(most)):
        sentence = item.sentence
        in_title = sentence.zone is Zone.TITLE
        text = title if in_title else body
        matches = (*sentence.names, *sentence.passing, *sentence.places, *sentence.links)
        for start, match in sorted({match.start: match for match in matches}.items()):
            yield Term(
                text=text[start : match.end],
                kind=match.entry.kind,
                field="title" if in_title else "body",
                start=start,
                end=match.end,
            )
