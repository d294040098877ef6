"""Which sources are on, and why: one rule over all of them, and what a file says itself."""

from collections import Counter
from collections.abc import Iterable

from crawler.sources.model import Source, SourceKind
from crawler.sources.rendering import HOW_TO_RENDER, can_render

ENOUGH = 3
"""Sources with evidence of the past year that a province should have; party media come in where they are fewer."""

PROVINCES = ("上海", "江苏", "浙江", "安徽")

PARTY_MEDIA = "party media, which `[crawler] party_media = true` switches on"


def decide(sources: Iterable[Source], *, party_media: bool = False) -> list[Source]:
    """Return the sources, each with `enabled` decided and the reason for it; of some only a section is on.

    What a file says of `enabled` itself holds. Otherwise on are broadcasters with lists of grade A or B; every section
    that is all about the delta, whatever its source; and party media of grade A or B: all of them with `party_media`,
    else as many, the best grade first, as a province lacks to ENOUGH sources whose evidence was at most a year old when
    it was last compared. That day counts, not today: what is on does not change with the calendar.
    """
    files = {source.name: source for source in sources}
    decided = {name: _decided(source, party_media=party_media) for name, source in files.items()}
    fresh = Counter(source.province for source in decided.values() if source.enabled and _is_fresh(source))
    had = Counter(fresh)
    waiting = [source for source in decided.values() if source.disabled_because == PARTY_MEDIA and _is_fresh(source)]
    for source in sorted(waiting, key=lambda source: (source.grade, source.page_grade, source.name)):
        province = source.province
        if province in PROVINCES and fresh[province] < ENOUGH:
            fresh[province] += 1
            few = f"only {had[province]}" if had[province] else "none"
            reason = f"party media, to complete {province}: {few} of its other sources had evidence of the past year"
            decided[source.name] = _on(source, reason)
    return [
        _with_delta_lists(source) if not source.enabled and not _barred(files[name]) else source
        for name, source in decided.items()
    ]


def _decided(source: Source, *, party_media: bool) -> Source:
    if reason := _barred(source):
        return _off(source, reason)
    if "enabled" in source.model_fields_set:
        return _on(source, source.enabled_because or "its file says so")
    if source.grade == "C":
        return _off(source, source.disabled_because or "grade C: too little is known of its lists")
    if source.kind is SourceKind.BROADCASTER:
        return _on(source, f"broadcaster, lists of grade {source.grade}")
    return _on(source, "party media, and `[crawler] party_media` is true") if party_media else _off(source, PARTY_MEDIA)


def _barred(source: Source) -> str:
    """Say why a source is off whatever its grade, or return the empty string."""
    if source.unsupported:
        return f"unsupported: {source.unsupported}"
    if not source.enabled:
        return source.disabled_because
    return HOW_TO_RENDER if source.render == "browser" and not can_render() else ""


def _with_delta_lists(source: Source) -> Source:
    """Switch the sections on that are all about the delta; the rest of the source stays off."""
    names = [section.name for section in source.sections if section.all_delta]
    if not names:
        return source
    sections = tuple(
        section if section.all_delta else section.model_copy(update={"enabled": False}) for section in source.sections
    )
    reason = f"only {', '.join(names)}: all about the delta; the rest is off: {source.disabled_because}"
    return _on(source.model_copy(update={"sections": sections}), reason)


def _is_fresh(source: Source) -> bool:
    return not source.has_old_evidence(source.verified_on)


def _on(source: Source, reason: str) -> Source:
    return source.model_copy(update={"enabled": True, "disabled_because": "", "enabled_because": reason})


def _off(source: Source, reason: str) -> Source:
    return source.model_copy(update={"enabled": False, "disabled_because": reason, "enabled_because": ""})
