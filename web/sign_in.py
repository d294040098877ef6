"""Signing in: with the password of the settings, or by a trusted proxy that names its user. Sessions end."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from urllib.parse import parse_qs, quote

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request, cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from core.clock import CLOCK
from web.bearer import CHALLENGE, PROGRAMS, accept_token, refusal, shown_token
from web.guard import RateLimit
from web.pages import render
from web.reading import Reading
from web.refusals import refused
from web.settings import WebSettings

COOKIE = "deltanews_session"
SIGN_IN = "/sign-in"
_TRIES_PER_MINUTE = 10
_MOST_SESSIONS = 1_000


@dataclass(frozen=True)
class Session:
    """One reader who signed in."""

    token: str
    user: str
    form_token: str
    """What a form of ours sends along, so that a change can only come from one."""
    ends_at: datetime


class Sessions:
    """Who is signed in, in memory: with the process all sessions end."""

    def __init__(self, hours: float) -> None:
        self._length = timedelta(hours=hours)
        self._open: dict[str, Session] = {}
        self._lock = Lock()
        self._secret = secrets.token_bytes(32)

    def of_proxy(self, user: str) -> Session:
        """Return the session of who a trusted proxy names: no cookie of ours, the same form token each time."""
        form_token = hmac.new(self._secret, user.encode(), "sha256").hexdigest()
        return Session("", user, form_token, CLOCK.now())

    def begin(self, user: str) -> Session:
        """Begin a session."""
        now = CLOCK.now()
        session = Session(secrets.token_urlsafe(32), user, secrets.token_urlsafe(32), now + self._length)
        with self._lock:
            self._open = {token: one for token, one in self._open.items() if one.ends_at > now}
            while len(self._open) >= _MOST_SESSIONS:
                self._open.pop(next(iter(self._open)))
            self._open[session.token] = session
        return session

    def find(self, token: str) -> Session | None:
        """Return the session of a cookie; None where it has ended."""
        session = self._open.get(token)
        return session if session and session.ends_at > CLOCK.now() else None

    def end(self, token: str) -> None:
        """End a session."""
        with self._lock:
            self._open.pop(token, None)


class SignedIn:
    """Lets through who is signed in or shows a token, where the settings ask for it; others get to the sign-in page."""

    def __init__(self, app: ASGIApp, *, settings: WebSettings, sessions: Sessions, reading: Reading) -> None:
        self.app = app
        self._reading = reading
        self._settings = settings
        self._sessions = sessions
        self._is_asked = settings.password is not None or bool(settings.trusted_proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the session in the scope; or answer in the page's stead."""
        if scope["type"] == "http":
            session = self._session(scope)
            scope["deltanews.session"] = session
            path, token = scope["path"], shown_token(scope)
            if token is not None and not await accept_token(scope, self._reading, token):
                await refusal()(scope, receive, send)
                return
            is_known = session is not None or token is not None
            if self._is_asked and not is_known and path != SIGN_IN and not path.startswith("/static/"):
                await self._asked_to_sign_in(scope)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _session(self, scope: Scope) -> Session | None:
        headers = Headers(scope=scope)
        if (scope.get("client") or ("",))[0] in self._settings.trusted_proxies:
            users = headers.getlist(self._settings.proxy_user_header)
            if len(users) == 1 and users[0].strip():
                return self._sessions.of_proxy(users[0].strip())
        token = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
        return self._sessions.find(token) if token else None

    def _asked_to_sign_in(self, scope: Scope) -> Response:
        if self._settings.password is None:
            return refused(scope, "请经由登录代理访问。", 401)
        if scope["path"].startswith(PROGRAMS):
            return refused(scope, "请先登录，或使用 deltanews tokens add 生成的令牌。", 401, CHALLENGE)
        query = scope["query_string"].decode("latin-1")
        asked = scope["path"] + (f"?{query}" if query else "")
        return RedirectResponse(f"{SIGN_IN}?next={quote(asked, safe='')}", 303)


class SigningIn:
    """The pages that begin and end a session."""

    def __init__(self, settings: WebSettings, sessions: Sessions) -> None:
        self._hash = settings.password
        self._sessions = sessions
        self._hours = settings.session_hours
        self._tries = RateLimit(_TRIES_PER_MINUTE)

    async def sign_in(self, request: Request) -> Response:
        """Show the form, or check the password that it sends."""
        following = own_path(request.query_params.get("next", "/"))
        if request.method != "POST":
            return render(request, "sign_in.html", {"following": following, "mistake": ""})
        wait = self._tries.seconds_to_wait(request.client.host if request.client else "")
        if wait:
            return PlainTextResponse("试得太多，请稍候再试。\n", 429, {"Retry-After": str(wait)})
        form = parse_qs((await request.body()).decode("utf-8", "replace"))
        if not await run_in_threadpool(self._is_right, form.get("password", [""])[0]):
            context = {"following": following, "mistake": "密码不对。"}
            return render(request, "sign_in.html", context, status=403)
        session = self._sessions.begin("reader")
        response = RedirectResponse(following, 303)
        secure, lifetime = request.url.scheme == "https", int(self._hours * 3600)
        response.set_cookie(COOKIE, session.token, lifetime, httponly=True, samesite="strict", secure=secure)
        return response

    async def sign_out(self, request: Request) -> Response:
        """End the session whose form this is."""
        session, _ = await signed_form(request)
        self._sessions.end(session.token)
        response = RedirectResponse(SIGN_IN, 303)
        response.delete_cookie(COOKIE)
        return response

    def _is_right(self, password: str) -> bool:
        try:
            return self._hash is not None and PasswordHasher().verify(self._hash, password)
        except (VerificationError, InvalidHashError):
            return False


async def signed_form(request: Request) -> tuple[Session, dict[str, str]]:
    """Return who sends a form, and its fields. HTTPException where nobody is signed in or the form is none of ours."""
    session: Session | None = request.scope.get("deltanews.session")
    fields = parse_qs((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
    form = {name: values[0] for name, values in fields.items()}
    sent = form.get("form_token", "").encode()
    if session is None or not hmac.compare_digest(sent, session.form_token.encode()):
        raise HTTPException(403, "没有登录，或者这个表单已经失效，请重新打开页面。")
    return session, form


def own_path(text: str) -> str:
    """Return where to go after signing in: a path of this site, never another site."""
    return text if text.startswith("/") and not text.startswith(("//", "/\\")) else "/"
