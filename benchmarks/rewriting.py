"""Rewriting: what a desk changes of a report that it takes over: figures, script, words, and how much of it it runs."""

import random
import re
from collections.abc import Callable
from functools import cache

from benchmarks.reports import prose
from indexer.stories.script import simplified_of

Rewriting = Callable[[random.Random, list[str]], list[str]]
"""What a desk makes of paragraphs."""

_NUMBER = re.compile(r"(?<![\d.:GSKD])\d+(?:\.\d+)?(?![\d.:])")
_WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
_HAN = "零一二三四五六七八九"
SYNONYMS = (
    ("告诉记者", "对记者表示"), ("说", "表示"), ("了解到", "获悉"), ("下一步", "接下来"), ("持续", "不断"),
    ("同比增长", "同比上升"),
    ("企业", "公司"), ("已经", "已"), ("目前", "眼下"), ("现场", "一线"), ("数据显示", "统计表明"), ("首批", "第一批"),
    ("正在", "正"), ("用于", "用来"), ("建成", "完工"), ("届时", "到时候"), ("力争", "争取"), ("加快", "提速"),
)  # fmt: skip
"""Words, each with another that an editor may put in its place."""


def correct(rng: random.Random, paragraphs: list[str]) -> list[str]:
    """Correct one to four figures, as a later edition does."""
    return _corrected(rng, paragraphs, rng.randint(1, 4))


def update(rng: random.Random, paragraphs: list[str]) -> list[str]:
    """Bring up to date a tenth to a third of the figures, as a desk that asked again does, and retype others."""
    count = len(_NUMBER.findall("\n".join(paragraphs)))
    return retype_figures(rng, _corrected(rng, paragraphs, max(1, round(count * rng.uniform(0.1, 0.35)))))


def _corrected(rng: random.Random, paragraphs: list[str], count: int) -> list[str]:
    text = "\n".join(paragraphs)
    found = list(_NUMBER.finditer(text))
    for match in sorted(rng.sample(found, min(len(found), count)), key=lambda m: -m.start()):
        value = match.group()
        other = (
            str(int(value) + rng.choice((1, 2, 3)))
            if value.isdigit()
            else f"{float(value) + rng.randint(1, 9) / 10:.1f}"
        )
        text = text[: match.start()] + other + text[match.end() :]
    return text.split("\n")


def retype_figures(rng: random.Random, paragraphs: list[str]) -> list[str]:
    """Write most figures in another way: Han characters, full width, another unit, thousands with a comma."""
    way = rng.choice((_in_han, _wide, _in_units, _with_commas, None))
    return [
        _NUMBER_AND_UNIT.sub(
            lambda match: (
                (way or rng.choice((_in_han, _wide, _in_units, _with_commas)))(match)
                if rng.random() < 0.8
                else match.group()
            ),
            paragraph,
        )
        for paragraph in paragraphs
    ]


_NUMBER_AND_UNIT = re.compile(r"(?<![\d.:GSKD])(\d+(?:\.\d+)?)(%|万|亿)?(?![\d.:])")


def _in_han(match: re.Match[str]) -> str:
    number, unit = match[1], match[2] or ""
    text = _han(number)
    return f"百分之{text}" if unit == "%" else text + unit


def _han(number: str) -> str:
    whole, _, decimals = number.partition(".")
    value = int(whole)
    if value >= 10_000 or (value >= 1000 and value % 100):
        return number
    if 1900 <= value <= 2100:
        text = "".join("〇一二三四五六七八九"[int(digit)] for digit in whole)
    else:
        text, zero = "", False
        for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = value // power % 10
            if digit:
                text += ("零" if zero and text else "") + _HAN[digit] + name
            zero = not digit
        text = (text or "零").removeprefix("一") if 10 <= value < 20 else text or "零"
    return text + ("点" + "".join(_HAN[int(digit)] for digit in decimals) if decimals else "")


def _wide(match: re.Match[str]) -> str:
    return match.group().translate(_WIDE)


def _in_units(match: re.Match[str]) -> str:
    number, unit = match[1], match[2] or ""
    if unit == "亿":
        return f"{round(float(number) * 10_000)}万"
    if unit == "万":
        return str(round(float(number) * 10_000))
    if not unit and "." not in number and int(number) >= 3000:
        return f"{int(number) / 10_000:g}万"
    return match.group()


def _with_commas(match: re.Match[str]) -> str:
    number, unit = match[1], match[2] or ""
    plain = "." not in number and (int(number) > 2100 or 1000 <= int(number) < 1900)
    return f"{int(number):,}{unit}" if plain else match.group()


def reword(rng: random.Random, paragraphs: list[str]) -> list[str]:
    """Put synonyms in, and drop, add or change a character here and there."""
    changed = []
    for paragraph in paragraphs:
        text = paragraph
        for word, other in SYNONYMS:
            if rng.random() < 0.5:
                text = text.replace(word, other)
        changed.append("".join(c if (d := rng.random()) > 0.012 else "" if d < 0.006 else c + "也" for c in text))
    return changed


def mix(rng: random.Random, paragraphs: list[str]) -> list[str]:
    """Reword, correct or retype figures, leave out sentences and add some, in one go."""
    text = reword(rng, paragraphs)
    if rng.random() < 0.6:
        text = correct(rng, text)
    if rng.random() < 0.4:
        text = retype_figures(rng, text)
    kept = ["".join(f"{s}。" for s in p.split("。") if s.strip("”") and rng.random() > 0.15) for p in text]
    kept = [paragraph for paragraph in kept if paragraph] or text
    if rng.random() < 0.5:
        kept.insert(rng.randint(0, len(kept)), prose(rng, rng.randint(1, 2)))
    return kept


def remake(rng: random.Random, paragraphs: list[str]) -> list[str]:
    """Reword, correct, cut to two thirds and turn the paragraphs about: what a desk does that makes it its own."""
    text = reword(rng, paragraphs)
    if rng.random() < 0.7:
        text = correct(rng, text)
    if rng.random() < 0.5:
        text = retype_figures(rng, text)
    sentences = [[f"{s}。" for s in p.split("。") if s.strip("”")] for p in text]
    kept = ["".join(s for s in p if rng.random() > 0.3) for p in sentences]
    kept = [paragraph for paragraph in kept if paragraph]
    if sum(map(len, kept)) < 0.6 * sum(map(len, text)):
        kept = text
    return rng.sample(kept, len(kept))


def excerpt(rng: random.Random, paragraphs: list[str]) -> list[str]:
    """Run a third of the report, of 150 characters and more, from its beginning or its middle."""
    return _run(rng, paragraphs, max(155, sum(map(len, paragraphs)) * rng.uniform(0.34, 0.42)))


def flash(rng: random.Random, paragraphs: list[str]) -> list[str]:
    """Run the first sentences alone, up to 150 characters."""
    return _run(rng, paragraphs, rng.uniform(70, 150), start=0)


def _run(rng: random.Random, paragraphs: list[str], wanted: float, *, start: int | None = None) -> list[str]:
    sentences = [f"{s}。" for p in paragraphs for s in p.split("。") if s.strip("”")]
    first = rng.choice((0, rng.randrange(max(1, len(sentences) // 2)))) if start is None else start
    kept: list[str] = []
    for sentence in sentences[first:] + sentences[:first]:
        if sum(map(len, kept)) >= wanted:
            break
        kept.append(sentence)
    return ["".join(kept)]


def traditional(_: random.Random, paragraphs: list[str]) -> list[str]:
    """Print the text in traditional characters."""
    return [paragraph.translate(_traditional()) for paragraph in paragraphs]


@cache
def _traditional() -> dict[int, str]:
    table: dict[int, str] = {}
    for character, simplified in simplified_of().items():
        table.setdefault(ord(simplified), character)
    return table
