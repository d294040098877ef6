"""What a fault does to an answer before it is sent."""

import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace

from tests.replica.exchange import Answer, Request
from tests.replica.faults import Fault, Kind

CONDITIONS = frozenset({"if-none-match", "if-modified-since"})


def spoil(fault: Fault | None, request: Request, play: Callable[[Request], Answer]) -> Answer:
    """Answer a request under a fault, or as the site would where there is none."""
    if fault is None:
        return play(request)
    if fault.kind is Kind.UNCHANGED and CONDITIONS & request.headers.keys():
        return Answer(status=304, content_type="")
    if instead := INSTEAD.get(fault.kind):
        return instead(fault, request)
    answer = play(request)
    changed = CHANGED.get(fault.kind)
    return changed(answer) if changed else answer


def _refused(fault: Fault, request: Request) -> Answer:
    return Answer.plain(fault.status or 500, "服务器开小差了")


def _throttled(fault: Fault, request: Request) -> Answer:
    return Answer.plain(429, "访问过于频繁").with_headers(Retry_After=fault.retry_after)


def _gone(fault: Fault, request: Request) -> Answer:
    return replace(Answer.html("<h1>您访问的页面不存在或已删除</h1>"), status=fault.status or 404)


def _huge(fault: Fault, request: Request) -> Answer:
    line = f"<p>{'长三角' * 40}</p>\n"
    return Answer.html(f"<html><body>{line * (fault.size // len(line.encode()) + 1)}</body></html>")


def _bomb(fault: Fault, request: Request) -> Answer:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)  # 31: the largest window, with gzip's head and tail
    block = bytes(1024 * 1024)
    parts = [packer.compress(block) for _ in range(max(1, fault.size // len(block)))]
    return Answer(body=b"".join((*parts, packer.flush())), headers={"Content-Encoding": "gzip"})


def _away(fault: Fault, request: Request) -> Answer:
    return Answer.redirect(fault.location)


def _round(fault: Fault, request: Request) -> Answer:
    turn = int(request.query.get("turn", "0")) + 1
    return Answer.redirect(f"{request.url.partition('?')[0]}?turn={turn}")


def _robots(fault: Fault, request: Request) -> Answer:
    return Answer.plain(200, fault.text or "User-agent: *\nDisallow: /\n")


def _error_page(fault: Fault, request: Request) -> Answer:
    words = fault.text or "您访问的页面不存在或已被删除"
    return Answer.html(f"<title>{words}</title><body><h1>{words}</h1><p><a href='/'>返回首页</a></p></body>")


def _wrong_charset(answer: Answer) -> Answer:
    kind = answer.content_type.partition(";")[0]
    return replace(
        answer, body=answer.text.encode("gb18030"), encoding="gb18030", content_type=f"{kind}; charset=utf-8"
    )


def _new_markup(answer: Answer) -> Answer:
    text = answer.text
    if "json" in answer.content_type or "javascript" in answer.content_type:
        text = re.sub(r'"([a-z]\w*)":', r'"new_\1":', text, flags=re.IGNORECASE)
    else:
        text = new_markup(text)
    return replace(answer, body=text.encode(answer.encoding))


def new_markup(text: str) -> str:
    """Return HTML with every class and id renamed."""
    return re.sub(r'\b(class|id)="([^"]*)"', lambda match: f'{match[1]}="{_renamed(match[2])}"', text)


def _renamed(names: str) -> str:
    return " ".join(f"v{zlib.crc32(name.encode()):08x}" for name in names.split())


INSTEAD: Mapping[Kind, Callable[[Fault, Request], Answer]] = {
    Kind.SERVER_ERROR: _refused,
    Kind.TOO_MANY_REQUESTS: _throttled,
    Kind.GONE: _gone,
    Kind.ERROR_PAGE: _error_page,
    Kind.HUGE: _huge,
    Kind.GZIP_BOMB: _bomb,
    Kind.REDIRECT: _away,
    Kind.REDIRECT_LOOP: _round,
    Kind.ROBOTS: _robots,
}
"""Faults that the site itself is not asked for."""

CHANGED: Mapping[Kind, Callable[[Answer], Answer]] = {
    Kind.WRONG_CHARSET: _wrong_charset,
    Kind.NEW_MARKUP: _new_markup,
}
"""Faults that change what the site answers; the others are the server's way of sending."""
