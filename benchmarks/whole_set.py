"""A whole set: a file of articles of one hand, as `deltanews dedupe FILE` reads it, and how well it is clustered.

A third of the families are bulletins, so that hundreds are of one form; a fifth of these are taken over once. Reports
are rewritten in every way of `rewriting` and `republications`. The truth is in the file, in keys that nobody reads.
"""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from pathlib import Path

from benchmarks import rewriting
from benchmarks.hands import article, bulletin
from benchmarks.reports import Piece, address
from benchmarks.republications import START, TRANSFORMATIONS, Transformation
from benchmarks.words import MEDIA, VOICES
from indexer.stories.normalization import plain, readable

KINDS: dict[str, Transformation] = TRANSFORMATIONS | {
    "corrected figures": rewriting.correct,
    "retyped figures": rewriting.retype_figures,
    "reworded": rewriting.reword,
    "updated figures": rewriting.update,
    "mixed": rewriting.mix,
    "remade": rewriting.remake,
    "a third": rewriting.excerpt,
    "flash": rewriting.flash,
    "traditional": rewriting.traditional,
}
BRIEF = 0.4
"""Share of the reports that are brief: there one figure more or less weighs most."""
BRIEF_LENGTH = 380
OF_BULLETINS = ("same", "retyped", "glossed", "traditional", "retyped figures")


def whole_set(hand: str, count: int, seed: int, *, bulletins: float = 0.35, per_day: int = 1000) -> list[Piece]:
    """Return so many articles, in the order of publication."""
    rng = random.Random(seed)
    pieces: list[Piece] = []
    taken: set[tuple[str, ...]] = set()
    for nth in range(count):
        at, name = START + timedelta(days=1) * nth / per_day, f"a{nth:06d}"
        if rng.random() < bulletins:
            original = bulletin(rng, hand, name, at, taken)
            copies = [rng.choice(OF_BULLETINS)] if rng.random() < 0.2 else []
        else:
            original = article(rng, hand, name, at, brief=rng.random() < BRIEF)
            copies = rng.choices(tuple(KINDS), k=rng.choice((0, 0, 1, 1, 2, 4)))
        pieces.append(original)
        pieces += (_copy(rng, original, kind, f"{name}c{n}") for n, kind in enumerate(copies))
        if len(pieces) >= count:
            break
    return sorted(pieces[:count], key=lambda piece: (piece.published_at, piece.id))


def _copy(rng: random.Random, original: Piece, kind: str, name: str) -> Piece:
    medium = rng.choice([other for other in MEDIA if other != original.source])
    title = rng.choice((original.title, f"【转载】{original.title}", f"{rng.choice(VOICES)}，{original.title}"))
    return replace(
        original,
        id=name,
        title=rewriting.traditional(rng, [title])[0] if kind == "traditional" else title,
        body="\n".join(KINDS[kind](rng, original.body.split("\n"))),
        published_at=original.published_at + timedelta(minutes=rng.randint(5, 2880)),
        credit=rng.choice((original.source, None)),
        source=medium,
        url=address(medium, name),
        kind=f"{_form(original)}{kind}",
    )


def _form(original: Piece) -> str:
    if original.kind != "original":
        return "bulletin, "
    return "brief, " if len(original.body) < BRIEF_LENGTH else ""


def write_lines(pieces: Iterable[Piece], path: Path) -> None:
    """Write articles as `deltanews dedupe` reads them."""
    with path.open("w", encoding="utf-8") as file:
        for piece in pieces:
            line = {
                "id": piece.id, "title": piece.title, "body": piece.body, "source": piece.source, "url": piece.url,
                "published_at": piece.published_at.isoformat(), "credit": piece.credit,
                "truth": piece.story, "kind": piece.kind,
            }  # fmt: skip
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def score(pieces: list[Piece], stories: Mapping[str, str]) -> Iterator[str]:
    """Yield lines that say how stories (article's id to story) compare with the truth."""
    clustered: defaultdict[str, list[Piece]] = defaultdict(list)
    families: defaultdict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        clustered[stories[piece.id]].append(piece)
        families[piece.story].append(piece)
    wrong: Counter[str] = Counter()
    right = 0
    for group in clustered.values():
        for one, other in combinations(group, 2):
            if one.story == other.story:
                right += 1
            else:
                wrong[f"{one.kind} / {other.kind}"] += 1
    near = near_found = 0
    kinds: defaultdict[str, list[bool]] = defaultdict(list)
    for family in families.values():
        shingles = {piece.id: _shingles(piece.body) for piece in family} if len(family) > 1 else {}
        for one, other in combinations(family, 2):
            found = stories[one.id] == stories[other.id]
            both = len(shingles[one.id] & shingles[other.id])
            if both >= 0.8 * len(shingles[one.id] | shingles[other.id]):
                near += 1
                near_found += found
        for piece in family:
            if piece.id != piece.story and any(first.id == piece.story for first in family):
                kinds[piece.kind].append(stories[piece.id] == stories[piece.story])
    total = right + wrong.total()
    yield f"  pair precision        {right / max(total, 1):.4f} of {total}: {dict(wrong.most_common(8))}"
    yield f"  recall, Jaccard >= 0.8 {near_found / max(near, 1):.4f} of {near} pairs"
    for kind in sorted(kinds):
        yield f"  recall, {kind:26} {sum(kinds[kind]) / len(kinds[kind]):.4f} of {len(kinds[kind])}"


def _shingles(text: str) -> set[str]:
    bare = plain(readable(text))
    return {bare[start : start + 5] for start in range(max(1, len(bare) - 4))}
