"""The application: addresses, and what a fault looks like to a reader."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources

import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from core.errors import DeltaNewsError
from indexer.search.index import IndexUnavailableError
from web.api import api_routes
from web.cities_page import cities_page
from web.correcting import correcting_routes
from web.event_page import event_page
from web.exports import export
from web.feeds import atom_feed, json_feed
from web.guard import Guard
from web.outlets_page import outlets_page
from web.pages import render
from web.reading import Reading
from web.refusals import API
from web.search_page import search_page
from web.settings import WebSettings
from web.sign_in import SIGN_IN, Sessions, SignedIn, SigningIn
from web.story_page import stored_page, story_page
from web.today_page import today_page

_LOG = logging.getLogger(__name__)

THREADS = 4
"""Requests that are worked on at once."""


def build_app(settings: WebSettings, reading: Reading) -> Starlette:
    """Return the application of these settings; it closes what it reads from when it ends."""
    sessions = Sessions(settings.session_hours)
    signing_in = SigningIn(settings, sessions)
    names = (*settings.names, settings.host)
    app = Starlette(
        routes=[
            Route("/", today_page),
            Route("/search", search_page),
            Route("/outlets", outlets_page),
            Route("/cities", cities_page),
            Route("/feed.atom", atom_feed),
            Route("/feed.json", json_feed),
            Route("/export.{form:str}", export),
            Route("/event/{event_id:str}", event_page),
            Route("/story/{story_id:str}", story_page),
            Route("/stored/{page_id:int}", stored_page),
            *api_routes(),
            *correcting_routes(),
            Route(SIGN_IN, signing_in.sign_in, methods=["GET", "POST"]),
            Route("/sign-out", signing_in.sign_out, methods=["POST"]),
            Mount("/static", StaticFiles(directory=str(resources.files("web") / "static"))),
        ],
        middleware=[
            Middleware(Guard, names=names, requests_per_minute=settings.requests_per_minute),
            Middleware(SignedIn, settings=settings, sessions=sessions, reading=reading),
        ],
        lifespan=_few_threads,
        exception_handlers={HTTPException: _http_fault, DeltaNewsError: _foreseen_fault, Exception: _other_fault},
    )
    app.state.reading = reading
    return app


@asynccontextmanager
async def _few_threads(_app: Starlette) -> AsyncIterator[None]:
    """Answer a few requests at once and the others in turn: forty threads of one interpreter would all come late."""
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield


def _http_fault(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    """Answer in our own words; those of the library are English."""
    is_page = not request.url.path.startswith(API)
    words = "没有这个页面。" if is_page and error.detail.isascii() else error.detail
    response = _fault(request, error.status_code, words)
    response.headers.update(error.headers or {})
    return response


def _foreseen_fault(request: Request, error: Exception) -> Response:
    """Answer for an archive or an index that cannot be asked now; the log says why, the page names no path."""
    _LOG.warning("%s: %s", request.url.path, error)
    if isinstance(error, IndexUnavailableError):
        return _fault(request, 503, "搜索索引现在不可用。请管理员运行 deltanews doctor，它会说明原因和办法。")
    return _fault(request, 503, "存档现在不可用。请管理员运行 deltanews doctor，它会说明原因和办法。")


def _other_fault(request: Request, error: Exception) -> Response:
    _LOG.error("%s failed", request.url.path, exc_info=error)
    return _fault(request, 500, "出错了，原因已记入日志。")


def _fault(request: Request, status: int, words: str) -> Response:
    if request.url.path.startswith(API):
        return JSONResponse({"error": words}, status)
    return render(request, "fault.html", {"status": status, "words": words}, status=status)
