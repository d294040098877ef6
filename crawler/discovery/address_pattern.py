"""A regular expression for the addresses of one list's articles, made of those that are there today."""

import re
from collections import defaultdict
from collections.abc import Sequence
from urllib.parse import urlsplit

from crawler.discovery.link_shapes import family, has_day
from crawler.discovery.model import FoundLink

LEAST_SHARE = 0.1
"""Share of the addresses that a form of its own must have to be let in."""
LEAST_DATED = 3
"""Links with a day in their address from which those without are no articles."""
_MOST_FORMS = 3
_MOST_HOSTS = 4
"""Hosts that are named one by one; of more, any host of what they have in common is let in."""

_TOKEN = re.compile(
    r"(?P<hex>[0-9a-f]{16,}(?![A-Za-z0-9]))|(?P<id>(?=\d*[A-Za-z])(?=[A-Za-z]*\d|[a-z]*[A-Z])[A-Za-z0-9]{10,})"
    r"|(?P<digits>\d+)|(?P<word>[A-Za-z]+)|(?P<mark>[^A-Za-z0-9]+)"
)
_ENDINGS = {frozenset({"html", "shtml"}): "s?html", frozenset({"htm", "html"}): "html?"}


def address_pattern(urls: Sequence[str]) -> str:
    """Return a pattern that all addresses of the commonest forms match; the empty string where there is none.

    Numbers, ids, names of folders that differ and sister hosts stand for any of their kind. What all have in common
    stays as it is: the pattern is no wider than what was seen needs.
    """
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for url in urls:
        forms[family(url).partition("/")[2]].append(url)
    common = sorted(forms.values(), key=len, reverse=True)[:_MOST_FORMS]
    wanted = [form for form in common if form is common[0] or len(form) >= max(2, LEAST_SHARE * len(urls))]
    if not wanted:
        return ""
    hosts = list(dict.fromkeys(urlsplit(url).netloc for form in wanted for url in form))
    paths = list(dict.fromkeys(_path_pattern(form) for form in wanted))
    path = paths[0] if len(paths) == 1 else f"(?:{'|'.join(paths)})"
    return f"^https?://{_hosts_pattern(hosts)}{path}$"


def plain_articles(links: Sequence[FoundLink]) -> tuple[FoundLink, ...]:
    """Return those of likely articles that a list is made of: with dated addresses, where enough have one.

    Special topics have headlines as long as an article's, but no day.
    """
    dated = tuple(link for link in links if has_day(link.url))
    return dated if len(dated) >= LEAST_DATED or len(dated) * 2 > len(links) else tuple(links)


def _hosts_pattern(hosts: Sequence[str]) -> str:
    if len(hosts) == 1:
        return _escaped(hosts[0])
    endings = {host.partition(".")[2] for host in hosts}
    if len(endings) == 1 and len(hosts) > _MOST_HOSTS:
        return rf"[a-z0-9-]+\.{_escaped(endings.pop())}"
    if len(endings) == 1:
        return rf"(?:{'|'.join(_escaped(host.partition('.')[0]) for host in hosts)})\.{_escaped(endings.pop())}"
    return f"(?:{'|'.join(map(_escaped, hosts))})"


def _path_pattern(urls: Sequence[str]) -> str:
    """Return the pattern for paths of equally many folders."""
    rows = [_path_and_query(url).split("/") for url in urls]
    return "/".join(_segment_pattern(list(values)) for values in zip(*rows, strict=True))


def _path_and_query(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _segment_pattern(values: Sequence[str]) -> str:
    if len(set(values)) == 1 and not re.search(r"\d", values[0]):
        return _escaped(values[0])
    rows = [[(match.lastgroup or "", match[0]) for match in _TOKEN.finditer(value)] for value in values]
    kinds = {tuple(kind for kind, _ in row) for row in rows}
    if len(kinds) > 1:
        return "[^/?#]+"
    columns = zip(kinds.pop(), zip(*([text for _, text in row] for row in rows), strict=True), strict=True)
    return "".join(_token_pattern(kind, texts) for kind, texts in columns)


def _token_pattern(kind: str, texts: Sequence[str]) -> str:
    if kind in {"word", "mark"}:
        different = dict.fromkeys(texts)
        if len(different) == 1:
            return _escaped(texts[0])
        letters = "[a-z]+" if "".join(texts).islower() else "[A-Za-z]+"
        return _ENDINGS.get(frozenset(different), letters) if kind == "word" else "[^/?#A-Za-z0-9]+"
    characters = {"hex": "[0-9a-f]", "id": "[A-Za-z0-9]", "digits": r"\d"}[kind]
    lengths = {len(text) for text in texts}
    is_fixed = len(lengths) == 1 and (kind == "hex" or max(lengths) in {2, 4, 6, 8})
    return f"{characters}{{{lengths.pop()}}}" if is_fixed else f"{characters}+"


def _escaped(text: str) -> str:
    """Escape as `re.escape` does, but for the hyphen, which needs it within brackets alone."""
    return re.escape(text).replace(r"\-", "-")
