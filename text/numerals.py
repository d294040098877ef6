"""Numbers as dates write them: 20, ２０, 二十, 二〇二六, 廿三, 卅一."""

import unicodedata

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "O": 0,
    "o": 0,
    "两": 2,
    "兩": 2,
}
_TENS = {"十": 10, "廿": 20, "卅": 30}


def number(text: str) -> int | None:
    """Return the whole number below a hundred, or the row of digits, that a text is; None where it is neither."""
    text = unicodedata.normalize("NFKC", text)
    if text.isdecimal():
        return int(text)
    tens = next((place for place, character in enumerate(text) if character in _TENS), None)
    if tens is None:
        digits = [int(character) if character.isdecimal() else _DIGITS.get(character) for character in text]
        if not digits or None in digits:
            return None
        return int("".join(map(str, digits)))
    before, after = text[:tens], text[tens + 1 :]
    times, rest = _DIGITS.get(before) if before else 1, _DIGITS.get(after) if after else 0
    if times is None or rest is None:
        return None
    return times * _TENS[text[tens]] + rest
