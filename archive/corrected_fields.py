"""Corrected fields: an article's columns as corrections make them of what was extracted, which is kept beside them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from archive.article import Level, Precision, Relevance, Term
from archive.corrections import Correction, CorrectionKind

KEPT = ("title", "published_at", "published_precision", "published_from", "credit", "relevance")
"""The columns that a correction changes; `level` and `score` follow from `relevance`."""

Columns = Mapping[str, Any]
"""Values of an article's columns, by their names (Any: each column has a type of its own)."""


def relevance_columns(relevance: Relevance) -> dict[str, Any]:
    """Return the columns that tell an article's relevance."""
    found = relevance.model_dump(mode="json")
    return {"level": relevance.level.value, "score": relevance.score, "relevance": found}


def as_extracted(stored: Columns) -> dict[str, Any]:
    """Return an article's columns as extraction gave them, whatever corrections made of them."""
    kept = stored["extracted"]
    if kept is None:
        return dict(stored)
    published_at = kept["published_at"] and datetime.fromisoformat(kept["published_at"])
    relevance = relevance_columns(Relevance.model_validate(kept["relevance"]))
    return {**stored, **kept, "published_at": published_at, **relevance, "extracted": None}


def corrected(extracted: Columns, corrections: Iterable[Correction]) -> dict[str, Any]:
    """Return an article's columns with corrections of its fields applied, and with what was extracted in `extracted`.

    The result depends on the two alone, so it does not matter which of them came first.
    """
    values = dict(extracted)
    of_kind = {correction.kind: correction for correction in corrections}
    if not of_kind:
        return values | {"extracted": None}
    published_at = extracted["published_at"]
    kept = {name: extracted[name] for name in KEPT} | {"published_at": published_at and published_at.isoformat()}
    relevance = Relevance.model_validate(extracted["relevance"])
    if title := of_kind.get(CorrectionKind.TITLE):
        values["title"] = title.value
        relevance = _retitled(relevance, title.value)
    if minute := of_kind.get(CorrectionKind.MINUTE):
        values["published_at"] = datetime.fromisoformat(minute.value)
        values["published_precision"] = Precision.MINUTE.value
        values["published_from"] = f"corrected by {minute.corrected_by}"
    if credit := of_kind.get(CorrectionKind.CREDIT):
        values["credit"] = credit.value or None
    if level := of_kind.get(CorrectionKind.LEVEL):
        reason = f"corrected by {level.corrected_by}"
        relevance = relevance.model_copy(update={"level": Level(level.value), "reason": reason})
    return values | relevance_columns(relevance) | {"extracted": kept}


def _retitled(relevance: Relevance, title: str) -> Relevance:
    """Return what was found in a text with another title: the terms that stand in it, and no passage of the old one."""
    terms = tuple(placed for term in relevance.terms if (placed := _placed(term, title)))
    passage = relevance.passage if relevance.passage and relevance.passage.field != "title" else None
    return relevance.model_copy(update={"terms": terms, "passage": passage})


def _placed(term: Term, title: str) -> Term | None:
    if term.field != "title":
        return term
    start = title.find(term.text)
    return None if start < 0 else term.model_copy(update={"start": start, "end": start + len(term.text)})
