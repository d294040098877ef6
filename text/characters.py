"""The characters of a text as a reader means them: radicals made ordinary, invisible and private ones gone.

Text that was copied out of a PDF holds the radicals ⻓⺠⻋ for 长民车; pages hold zero-width marks, half emoji and the
private characters of icon fonts. The eye sees no difference, a search does: texts and queries go through here alike.
"""

import re
import unicodedata

_SUPPLEMENT = """
⺁厂 ⺂乛 ⺃乚 ⺄乙 ⺅亻 ⺆冂 ⺇𠘨 ⺈刀 ⺉刂 ⺊卜 ⺋㔾 ⺌小 ⺍小 ⺎兀 ⺏尣 ⺐尢 ⺑𡯂 ⺒巳 ⺓幺
⺔彑 ⺕彐 ⺖忄 ⺗心 ⺘扌 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歺 ⺟母 ⺠民 ⺡氵 ⺢氺 ⺣灬 ⺤爫 ⺥爫 ⺦丬 ⺧牛
⺨犭 ⺩王 ⺪𤴔 ⺫目 ⺬示 ⺭礻 ⺮𥫗 ⺯糹 ⺰纟 ⺱罓 ⺲罒 ⺳㓁 ⺴冗 ⺵𦉫 ⺶羊 ⺷𦍌 ⺸𦍋 ⺹耂 ⺺肀
⺻聿 ⺼肉 ⺽𦥑 ⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻇𧢲 ⻈讠 ⻉贝 ⻊𧾷 ⻋车 ⻌辶 ⻍辶
⻎辶 ⻏邑 ⻐钅 ⻑長 ⻒镸 ⻓长 ⻔门 ⻕𨸏 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻞𩙿 ⻟飠 ⻠饣
⻡𩠐 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟
"""
"""CJK Radicals Supplement, each radical with its ordinary character: Equivalent_Unified_Ideograph of Unicode 14."""
_KANGXI = range(0x2F00, 0x2FD6)
_RADICALS = {pair[0]: pair[1] for pair in _SUPPLEMENT.split()} | {
    chr(code): unicodedata.normalize("NFKC", chr(code)) for code in _KANGXI
}

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc"
)
"""Characters that are not seen, as a class of a regular expression: zero-width marks, variation selectors, fillers."""
_INVISIBLE_BEYOND = "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010fffd"
_SURROGATES = "\ud800-\udfff"
_ODD = re.compile(f"[{INVISIBLE}{_INVISIBLE_BEYOND}{_PRIVATE}{_SURROGATES}\u2e80-\u2fd5]")


def plain(text: str) -> str:
    """Return the text in composed characters (NFC), with ordinary characters for radicals, without unseen ones.

    Width and blanks stay: ６ and 6 are told apart by a reader; `text.width.squash` makes them one.
    """
    if text.isascii():
        return text
    text = visible(text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def visible(text: str) -> str:
    """Return the text with ordinary characters for radicals and without unseen ones, composed or not."""
    return _ODD.sub(_replaced, text)


def _replaced(match: re.Match[str]) -> str:
    return _RADICALS.get(match[0], "" if not "\u2e80" <= match[0] <= "\u2fd5" else match[0])
