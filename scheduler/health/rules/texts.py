"""H7 is text text, H8 is it the same text, H11 is it as long as ever."""

from collections import Counter
from datetime import datetime
from statistics import median

from scheduler.health.finding import Finding, Level
from scheduler.health.history import ENOUGH, SourceHistory, TextSeen

LOOKED_AT = 50
WATCH_SHARE = 0.02
BROKEN_SHARE = 0.1
RUNNING = 5
MIN_LENGTH = 80
MIN_HAN = 0.3

EMPTY = "empty"
"""Verdict of the extraction on a page without a text; such a page gives no article."""


def text_is_text(source: SourceHistory, now: datetime) -> Finding | None:
    """H7: texts that are empty, too short, not Chinese or garbled, beyond the source's own habit."""
    seen = _texts_and_empty_pages(source)
    last, before = seen[-LOOKED_AT:], seen[:-LOOKED_AT]
    bad = [text for text in last if reason_against(text)]
    running = last[-RUNNING:]
    is_running = len(running) == RUNNING and all(map(reason_against, running))
    usual = 0.0
    if len(before) >= LOOKED_AT and now - before[0].at > ENOUGH:
        usual = sum(1 for text in before if reason_against(text)) / len(before)
    if usual > BROKEN_SHARE:
        is_running = False  # texts of one line are this source's way
    share = len(bad) / LOOKED_AT if len(last) == LOOKED_AT else 0.0
    if not is_running and not share > WATCH_SHARE + 2 * usual:
        return None
    is_broken = is_running or share > BROKEN_SHARE + 2 * usual
    worst = bad[-1]
    summary = f"{len(bad)} of the last {len(last)} texts are none; the last one {reason_against(worst)}"
    return Finding(
        "H7",
        source.name,
        Level.BROKEN if is_broken else Level.WATCH,
        bad[0].at,
        summary,
        {"bad": len(bad), "of": len(last), "usual_share": round(usual, 3)},
        worst.url,
        worst.warc,
    )


def reason_against(text: TextSeen) -> str | None:
    """Say why a text is none, or return None; a video's may be short."""
    if text.length == 0:
        return "is empty"
    if text.is_garbled:
        return "is garbled"
    if text.length < MIN_LENGTH and not text.is_video:
        return f"has {text.length} characters"
    if text.han_share < MIN_HAN:
        return f"is Chinese to {text.han_share:.0%} only"
    return None


def _texts_and_empty_pages(source: SourceHistory) -> list[TextSeen]:
    empty = [
        TextSeen(fetch.at, fetch.url, 0, 0.0, warc=fetch.warc) for fetch in source.fetches if fetch.verdict == EMPTY
    ]
    oldest = source.texts[0].at if source.texts else None
    recent = [text for text in empty if oldest is None or text.at >= oldest]
    return sorted((*source.texts, *recent), key=lambda text: text.at)


SAME_WATCH = 3
SAME_BROKEN = 5
PARAGRAPH_SHARE = 0.3


def text_repeats(source: SourceHistory, now: datetime) -> Finding | None:  # noqa: ARG001 - every rule takes it
    """H8: one text under several addresses of the last 50, or one paragraph in many of them."""
    last = [text for text in source.texts[-LOOKED_AT:] if text.length]
    bodies = Counter(text.digest for text in last)
    paragraphs = Counter(paragraph for text in last for paragraph in text.paragraphs)
    digest, same = max(bodies.items(), key=lambda item: item[1], default=("", 0))
    often = max(paragraphs.values(), default=0)
    is_furniture = len(last) >= LOOKED_AT and often > PARAGRAPH_SHARE * len(last)
    if same < SAME_WATCH and not is_furniture:
        return None
    those = [text for text in last if text.digest == digest] if same >= SAME_WATCH else last
    said = f"{same} of the last {len(last)} articles have one text" if same >= SAME_WATCH else ""
    said += "; " if said and is_furniture else ""
    said += f"one paragraph stands in {often} of the last {len(last)}" if is_furniture else ""
    level = Level.BROKEN if same >= SAME_BROKEN else Level.WATCH
    numbers = {"same_text": same, "same_paragraph": often, "of": len(last)}
    return Finding("H8", source.name, level, those[0].at, said, numbers, those[-1].url, those[-1].warc)


LENGTH_LAST = 20
LENGTH_BEFORE = 100
"""Texts before those that a habit needs; 200 are looked at."""


def length_shifts(source: SourceHistory, now: datetime) -> Finding | None:  # noqa: ARG001 - every rule takes it
    """H11: the median length of the last 20 texts against that of the 200 before."""
    last = [text.length for text in source.texts[-LENGTH_LAST:]]
    before = [text.length for text in source.texts[:-LENGTH_LAST][-200:]]
    if len(before) < LENGTH_BEFORE or not median(before):
        return None
    ratio = median(last) / median(before)
    if 0.67 < ratio < 1.5:
        return None
    newest = source.texts[-1]
    return Finding(
        "H11",
        source.name,
        Level.WATCH if 0.4 < ratio < 2.5 else Level.BROKEN,
        source.texts[-LENGTH_LAST].at,
        f"the last {LENGTH_LAST} texts are {ratio:.2f} times as long as those before",
        {"ratio": round(ratio, 2), "median": median(last), "before": median(before)},
        newest.url,
        newest.warc,
    )


def reads_the_same(source: SourceHistory, now: datetime) -> Finding | None:
    """H14: stored pages that today's extraction reads otherwise than they are stored."""
    if not source.canaries:
        return None
    fields = sorted({field for canary in source.canaries for field in canary.fields})
    summary = f"{len(source.canaries)} stored pages are read otherwise by the new extraction: {', '.join(fields)}"
    numbers = {"pages": len(source.canaries), "fields": fields}
    return Finding("H14", source.name, Level.BROKEN, now, summary, numbers, source.canaries[0].url)
