"""Pages: templates filled in. Whatever a text holds is escaped; there is no way around it in any template."""

from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from web import wording


def link(url: object) -> str:
    """Return the address where a browser may follow it; `#` for anything but http and https, as `javascript:`."""
    address = wording.shown(url)
    try:
        return address if urlsplit(address).scheme in {"http", "https"} else "#"
    except ValueError:
        return "#"


def _level(value: str) -> str:
    return wording.LEVELS.get(value, value)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("web"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "shown": wording.shown,
        "link": link,
        "iso": wording.iso,
        "day": wording.day,
        "minute": wording.minute,
        "article_when": wording.article_when,
        "level": _level,
    }
    return environment


_TEMPLATES = _environment()


def render(
    request: Request, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HTMLResponse:
    """Return a page; every template knows the path of the request and whether somebody is signed in."""
    values = {"path": request.url.path, "session": request.scope.get("deltanews.session"), "state": None}
    return HTMLResponse(_TEMPLATES.get_template(template).render(values | (context or {})), status)
