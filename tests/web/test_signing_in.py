"""Signing in: with a password, by a trusted proxy; sessions end, and nobody is sent to another site."""

import re

import httpx
import pytest
from argon2 import PasswordHasher

from core.clock import CLOCK
from tests.web.conftest import Filled, serving
from web.settings import WebSettings
from web.sign_in import Sessions

PASSWORD = "长三角一体化"
HASH = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)


def guarded(**fields: object) -> WebSettings:
    return WebSettings.model_validate({"password_hash": HASH} | fields)


def test_with_a_password_nothing_is_read_before_it(filled: Filled) -> None:
    with serving(filled, guarded()) as site, httpx.Client(base_url=site, headers={"Origin": site}) as reader:
        response = reader.get("/search?q=长三角&by=story")
        assert response.status_code == 303
        form = reader.get(response.headers["location"])
        action = re.search(r'action="(/sign-in[^"]*)"', form.text)
        assert action
        target = action[1].replace("&amp;", "&")
        assert reader.post(target, data={"password": "wrong"}).status_code == 403
        entered = reader.post(target, data={"password": PASSWORD})
        assert entered.headers["location"] == "/search?q=%E9%95%BF%E4%B8%89%E8%A7%92&by=story"
        cookie = entered.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        page = reader.get(entered.headers["location"])
        assert page.status_code == 200
        token = re.search(r'name="form_token" value="([^"]+)"', page.text)
        assert token
        assert reader.post("/sign-out", data={"form_token": "another"}).status_code == 403
        assert reader.post("/sign-out", data={"form_token": token[1]}).status_code == 303
        assert reader.get("/search").status_code == 303
        for path in ("/feed.atom", "/export.csv", "/api/v1/stories"):
            assert reader.get(path).status_code == 401, path
        assert reader.get("/api/v1/stories").json()["error"]


@pytest.mark.parametrize("following", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1"])
def test_nobody_is_sent_to_another_site(filled: Filled, following: str) -> None:
    with serving(filled, guarded()) as site:
        answer = httpx.post(f"{site}/sign-in", params={"next": following}, data={"password": PASSWORD})
        assert answer.headers["location"] == "/"


def test_who_tries_too_often_has_to_wait(filled: Filled) -> None:
    with serving(filled, guarded()) as site:
        statuses = [httpx.post(f"{site}/sign-in", data={"password": "x"}).status_code for _ in range(25)]
    assert 429 in statuses


def test_a_trusted_proxy_names_the_user_and_nobody_else_may(filled: Filled) -> None:
    user = {"X-Forwarded-User": "li"}
    with serving(filled, WebSettings(trusted_proxies=("127.0.0.1",))) as site:
        assert httpx.get(f"{site}/search", headers=user).status_code == 200
        assert httpx.get(f"{site}/search").status_code == 401
    with serving(filled, WebSettings(trusted_proxies=("192.0.2.7",))) as site:
        assert httpx.get(f"{site}/search", headers=user).status_code == 401


def test_a_session_ends() -> None:
    sessions = Sessions(hours=1)
    session = sessions.begin("reader")
    assert sessions.find(session.token) == session
    assert Sessions(hours=0).find(session.token) is None
    ended = Sessions(hours=0).begin("reader")
    assert ended.ends_at <= CLOCK.now()
