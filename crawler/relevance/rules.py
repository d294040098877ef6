"""The judgement: what an article has to do with the integration of the delta, and the words that decided it.

One passage that reports a joint action (`passages.py`) makes an article related, whatever the rest is about. How much
of the article is about the delta decides whether it is core: each sentence that names the delta is worth something
(`evidence.py`); the title weighs more than the lead, the lead more than the rest; their sum, from 0 to 100, is cut
into levels. Why the line is where it is, with figures: docs/decisions/0005-relevance.md.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence

from archive.article import Level, Passage, Relevance, Term
from crawler.relevance.denials import Denials
from crawler.relevance.denied import drop_denied
from crawler.relevance.entry import EntryKind, Match, Strength
from crawler.relevance.evidence import Evidence, Rule, weigh
from crawler.relevance.gazetteer import Gazetteer
from crawler.relevance.passages import ScoredPassage, decisive_passage, sums_up_others
from crawler.relevance.sentences import ParsedArticle, Sentence, Zone, parse_article
from crawler.relevance.solicitation import FIRST, solicits, without_quotations
from crawler.relevance.subjects import subjects
from crawler.relevance.weighing import DECISIVE

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
"""Sentences whose words are stored with an article."""

THREE_PROVINCES_ONE_CITY = "三省一市"

_BY_ZONE = {Zone.TITLE: 4.0, Zone.LEAD: 2.0, Zone.REST: 0.0}
"""What the place of a passage adds to its weight in the score; one passage alone makes no article core."""

_ROUTINE_WORDS = 3
_ROUTINE_WORDS_WITH_TITLE = 2
_TITLE_JOINS = 0.4
_NO_NEWS = 9.0
"""Bar from which a kind of text is no news; where it is lower, names of the integration say as much as elsewhere."""
_TOGETHER = re.compile("联[合手动防]|共同|携手|协[同作查]|合力|互[认通助]")
_BESIDE_PLACES = {Rule.PROVINCES_ACT, Rule.JOINS, Rule.PASSING, Rule.REGION}
_OF_ELSEWHERE = 6.0
"""What a passage must weigh where the title speaks of elsewhere."""
_DOUBT = 1.5
"""What a passage must weigh more for each sentence that says nothing came of it."""
_MOST_DOUBTS = 3
_SENTENCES_PER_DOUBT = 10
"""A long article may say of something in it that nothing came of it."""
_CONVINCING = 0.5
"""Value from which a sentence says it, rather than mentions it."""
_TITLE_SAYS = 0.3
"""The same of a title, which says little in vain."""
_TITLE_ACTS = 0.7
"""Value of a title that says by itself what two provinces do."""


def judge(title: str, body: str, gazetteer: Gazetteer) -> Relevance:
    """Return what an article has to do with the delta. Offsets of terms are characters of title and body as given."""
    article = parse_article(title, body, gazetteer)
    if article.certain_rejects:
        return Relevance(reason=f"rejected: {', '.join(sorted(article.certain_rejects))}")
    kinds = _routine_kinds(article.sentences)
    if not _TOGETHER.search(article.title):
        kinds |= {kind for pattern, kind in gazetteer.kinds_by_title if pattern.search(article.title)}
    routine = any(gazetteer.bars.get(kind, _NO_NEWS) >= _NO_NEWS for kind in kinds)
    evidence = _evidence(article, gazetteer.denials, routine=routine)
    points = [_points(item, article) for item in evidence]
    enough = _enough(article, kinds, gazetteer)
    passage = decisive_passage(article.sentences, article.title, article.body, gazetteer.denials, enough=enough)
    score = _score(evidence, points, passage, enough)
    if (score or article.rejects) and (signs := _solicits(article, gazetteer)):
        return Relevance(reason=f"rejected: an advertisement: {', '.join(signs)}")
    about = subjects(article.sentences)
    return Relevance(
        level=_level(score),
        score=score,
        reason=_reason(evidence, points, article, passage),
        topics=about.topics,
        provinces=about.provinces,
        cities=about.cities,
        vehicles=about.vehicles,
        terms=tuple(_terms(_deciding(evidence, points, passage), title, body)),
        passage=Passage(field=_field(passage.zone), start=passage.start, end=passage.end) if passage else None,
    )


def _enough(article: ParsedArticle, kinds: frozenset[str], gazetteer: Gazetteer) -> float:
    """Return the weight that a passage must have: more in what is hardly news, or says that nothing came of it."""
    doubts = sum(1 for _ in gazetteer.denials.doubt.finditer(article.body))
    doubts -= article.body_sentences // _SENTENCES_PER_DOUBT
    return max(
        DECISIVE + _DOUBT * min(max(doubts, 0), _MOST_DOUBTS),
        math.inf if _is_denied(article.title, gazetteer) else 0,
        _OF_ELSEWHERE if _is_of_elsewhere(article.sentences[0]) else 0,
        *(gazetteer.bars.get(kind, 0) for kind in kinds),
    )


def _is_of_elsewhere(title: Sentence) -> bool:
    """Tell whether a title speaks of other places or regions, with one of ours at most."""
    return bool(title.outside or title.peers) and not title.names and len(title.provinces()) < 2


def _is_denied(title: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a title says that nothing of this is so; not where several do something against it together."""
    return bool(gazetteer.denials.title.search(title)) and not _TOGETHER.search(title)


def _solicits(article: ParsedArticle, gazetteer: Gazetteer) -> list[str]:
    """Return the signs by which the article is an advertisement, if it is one."""
    first = article.sentences[:FIRST]
    title, body = without_quotations(article.title), without_quotations(article.body[: first[-1].end])
    sentences = [(title if sentence.zone is Zone.TITLE else body)[sentence.start : sentence.end] for sentence in first]
    return solicits(sentences, gazetteer.signs, article.rejects)


def _evidence(article: ParsedArticle, denials: Denials, *, routine: bool) -> list[Evidence]:
    _drop_other_threes(article.sentences)
    found = []
    naming: tuple[Sentence, ...] = ()
    elsewhere = False
    for sentence in article.sentences:
        named = sentence.provinces()
        elsewhere = elsewhere or bool(sentence.outside or sentence.peers)
        taken_up = naming if _takes_up(sentence, naming, elsewhere=elsewhere) else ()
        provinces = named.union(*(before.provinces() for before in taken_up))
        in_title = sentence.zone is Zone.TITLE
        if sentence.links and (in_title or len(provinces) >= 2 or sentence.names or sentence.passing):
            drop_denied(sentence, article.title if in_title else article.body, denials)
        if evidence := weigh(sentence, provinces, routine=routine):
            found.append(evidence)
        if len(named) >= 2:
            naming = (sentence,)
    return found if routine else _with_joining_title(found, article.sentences)


def _takes_up(sentence: Sentence, naming: Sequence[Sentence], *, elsewhere: bool) -> bool:
    """Tell whether a sentence speaks of the places that an earlier one names."""
    if sentence.together:
        return not (elsewhere and sums_up_others(naming, sentence))
    return _acts_unnamed(sentence)


def _acts_unnamed(sentence: Sentence) -> bool:
    """Tell whether the lead acts without naming anyone (会议通过互认清单): then those named before act."""
    return sentence.zone is Zone.LEAD and not sentence.places and not sentence.outside and not sentence.names


def _with_joining_title(found: list[Evidence], sentences: Sequence[Sentence]) -> list[Evidence]:
    """Let a title that says half of it count (断头路变连心路, 太仓嘉定通借通还) where the lead says the whole."""
    title = next((sentence for sentence in sentences if sentence.zone is Zone.TITLE), None)
    lead = max((item.value for item in found if item.sentence.zone is Zone.LEAD), default=0.0)
    if title is None or lead < _CONVINCING or any(item.sentence is title for item in found):
        return found
    if title.outside or title.peers:
        return found
    strong = any(link.entry.link is Strength.STRONG for link in title.links)
    provinces = title.provinces() | title.letters
    if strong or title.together or len(provinces) >= 2 or (title.links and provinces):
        return [Evidence(title, _TITLE_JOINS, Rule.JOINS), *found]
    return found


def _routine_kinds(sentences: Iterable[Sentence]) -> frozenset[str]:
    """Return of which kinds that name places every day an article is: weather, markets, sport, timetables."""
    words: dict[str, set[str]] = {}
    titled: set[str] = set()
    for sentence in sentences:
        if sentence.zone is not Zone.REST:
            for match in sentence.routine:
                words.setdefault(match.entry.routine, set()).add(match.entry.name)
                if sentence.zone is Zone.TITLE:
                    titled.add(match.entry.routine)
    return frozenset(
        name
        for name, found in words.items()
        if len(found) >= (_ROUTINE_WORDS_WITH_TITLE if name in titled else _ROUTINE_WORDS)
    )


def _drop_other_threes(sentences: Sequence[Sentence]) -> None:
    """Drop 三省一市 where it is another region's: elsewhere is named, and nothing else of the delta."""
    holders = [sentence for sentence in sentences if any(map(_is_threes, (*sentence.names, *sentence.passing)))]
    if not holders:
        return
    places = {province for sentence in sentences for match in sentence.places for province in match.entry.provinces}
    names = (match for sentence in sentences for match in (*sentence.names, *sentence.passing))
    elsewhere = any(sentence.outside or sentence.peers for sentence in sentences)
    ours = not elsewhere or len(places) >= 2 or any(not _is_threes(match) for match in names)
    for sentence in holders:
        if not ours or (sentence.outside and not sentence.places):
            sentence.names = tuple(match for match in sentence.names if not _is_threes(match))
            sentence.passing = tuple(match for match in sentence.passing if not _is_threes(match))


def _is_threes(match: Match) -> bool:
    return match.entry.name == THREE_PROVINCES_ONE_CITY


def _points(evidence: Evidence, article: ParsedArticle) -> float:
    """Return what a sentence adds to the score."""
    zone = evidence.sentence.zone
    if zone is Zone.TITLE:
        return TITLE_WEIGHT * evidence.value
    if zone is Zone.LEAD:
        return LEAD_WEIGHT * evidence.value
    return REST_WEIGHT * evidence.value * min(1.0, FULL_REST / article.body_sentences)


def _score(evidence: list[Evidence], points: list[float], passage: ScoredPassage | None, enough: float) -> float:
    """Return the sum from 0 to 100; a passage makes it related, and mentions alone no more than a mention.

    Words of cooperation beside places are no more than that either where no passage says that these act, unless in a
    title; where none could be `enough`, nothing is.
    """
    least = min(RELATED + passage.weight + _BY_ZONE[passage.zone], CORE - LEAST) if passage else 0.0
    if not evidence:
        return round(least, 1)
    most = 100.0
    if all(item.value < (_TITLE_SAYS if item.sentence.zone is Zone.TITLE else _CONVINCING) for item in evidence):
        most = RELATED - LEAST
    if passage is None and (enough == math.inf or not any(_says_enough(item, enough) for item in evidence)):
        most = RELATED - LEAST
    return round(max(least, min(most, max(LEAST, sum(points)))), 1)


def _says_enough(evidence: Evidence, enough: float) -> bool:
    """Tell whether a sentence makes an article related where no passage does."""
    in_title = evidence.sentence.zone is Zone.TITLE
    if evidence.rule is Rule.PROVINCES_ACT:
        return in_title and evidence.value >= _TITLE_ACTS and enough <= DECISIVE
    return evidence.rule not in _BESIDE_PLACES


def _level(score: float) -> Level:
    if score >= CORE:
        return Level.CORE
    if score >= RELATED:
        return Level.RELATED
    return Level.MENTION if score > 0 else Level.NONE


def _reason(
    evidence: list[Evidence], points: list[float], article: ParsedArticle, passage: ScoredPassage | None
) -> str:
    counted = f"{len(evidence)} of {article.body_sentences + 1} sentences count"
    if passage:
        return f"a passage {_WHERE[passage.zone]} reports a joint action: {', '.join(passage.cues)}; {counted}"
    if not evidence:
        return "nothing of the delta is named, nor two of its provinces with a cooperation between them"
    best = evidence[points.index(max(points))]
    return f"{best.rule} {_WHERE[best.sentence.zone]}; {counted}"


_WHERE = {Zone.TITLE: "in the title", Zone.LEAD: "in the lead", Zone.REST: "after the lead"}


def _deciding(evidence: list[Evidence], points: list[float], passage: ScoredPassage | None) -> list[Sentence]:
    """Return the sentences of the passage and those that add most to the score, in the order of the text."""
    chosen = list(passage.sentences) if passage else []
    for index in sorted(range(len(evidence)), key=points.__getitem__, reverse=True):
        if len(chosen) == DECIDING_SENTENCES:
            break
        if all(evidence[index].sentence is not sentence for sentence in chosen):
            chosen.append(evidence[index].sentence)
    return sorted(chosen, key=lambda sentence: (sentence.zone is not Zone.TITLE, sentence.start))


def _field(zone: Zone) -> str:
    return "title" if zone is Zone.TITLE else "body"


def _terms(sentences: Iterable[Sentence], title: str, body: str) -> Iterator[Term]:
    """Yield the words of the sentences that decide."""
    for sentence in sentences:
        field = _field(sentence.zone)
        text = title if field == "title" else body
        predicates = (
            match for cue, found in sentence.cues.items() if cue.kind is EntryKind.PREDICATE for match in found
        )
        matches = (*sentence.names, *sentence.passing, *sentence.places, *sentence.acting, *sentence.links, *predicates)
        for start, match in sorted({match.start: match for match in matches}.items()):
            yield Term(text=text[start : match.end], kind=match.entry.kind, field=field, start=start, end=match.end)
