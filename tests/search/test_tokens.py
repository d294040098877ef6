"""Our tokens are Elasticsearch's own, so that the embedded index and highlights mean the same as the cluster."""

from collections.abc import Callable, Iterator

import pytest
from elasticsearch import Elasticsearch
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from indexer.search.elasticsearch.schema import story_schema
from indexer.search.tokens import phrase_tokens, runs
from tests.deadline import DEADLINE

Tokens = list[tuple[str, int]]
ALPHABET = (
    "长三角一体化沪沿〇々𠀀ａＡ５Ｇ．：aZ19éßΣΩⅢ①㎡カデーｶﾞﾊﾟひ한글ก，。、“”《》（）·’'\"_-–—…•%+#.:;,/\\"
    "\n\t 　\u0301\u3099😀🚄★"
)


@pytest.fixture(scope="module")
def analyze(elasticsearch_url: str) -> Iterator[Callable[[str], Tokens]]:
    client = Elasticsearch(elasticsearch_url, request_timeout=DEADLINE)
    name = "test-tokens-of-one-run"
    client.indices.delete(index=name, ignore_unavailable=True)
    client.indices.create(index=name, settings=story_schema()["settings"])

    def ask(text: str) -> Tokens:
        answer = client.indices.analyze(index=name, analyzer="units_and_bigrams", text=text)
        return [(token["token"], token["position"]) for token in answer["tokens"]]

    yield ask
    client.indices.delete(index=name)
    client.close()


def placed(text: str) -> Tokens:
    """Return units and bigrams with their places, as our runs say."""
    tokens: Tokens = []
    at = 0
    for run in runs(text):
        for number, unit in enumerate(run.units):
            tokens.append((unit, at))
            if number + 1 < len(run.units):
                tokens.append((unit + run.units[number + 1], at))
            at += 1
    return tokens


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.sampled_from(ALPHABET), max_size=24))
@example(text="2026年度长三角地区主要领导座谈会12月3日在合肥召开，G60科创走廊、5G-A与“AI+”……")
@example(text="３.５％ １２,０００人 U.S.A can't foo_bar@example.com https://www.cnr.cn/a?b=1")
@example(text="👨‍👩‍👧🇨🇳1️⃣☀️カタカナ漢字한국어ภาษา")
@example(text="字" * 700)
@example(text="x" * 700)
def test_tokens_are_those_of_the_server(analyze: Callable[[str], Tokens], text: str) -> None:
    assert placed(text) == analyze(text)


def test_a_phrase_has_one_token_a_place() -> None:
    assert phrase_tokens("长三角AI一体化G60科创") == ["长三", "三角", "角", "ai", "一体", "体化", "化", "g60", "科创"]
    assert phrase_tokens("沪") == ["沪"]
    assert phrase_tokens("A股") == ["a", "股"]
    assert phrase_tokens("——！") == []


@given(st.text(st.sampled_from(ALPHABET), max_size=60))
def test_spans_point_at_the_text_they_came_from(text: str) -> None:
    end_of_last = 0
    for run in runs(text):
        assert end_of_last <= run.start < run.end <= len(text)
        assert len(run.spans) == len(run.units)
        assert all(run.start <= start < end <= run.end for start, end in run.spans)
        end_of_last = run.end


@given(st.text(max_size=40))
def test_no_token_holds_a_blank(text: str) -> None:
    assert all(token and not any(character.isspace() for character in token) for token in phrase_tokens(text))


@pytest.mark.parametrize("piece", ["_", "_\u0301", "a_", "1,", "😀\u200d", "\u0301", "#", "长", "한", "_'"])
def test_a_long_run_of_one_sign_ends(piece: str) -> None:
    few = {unit for run in runs(piece * 10) for unit in run.units}
    assert bool(few) == any(True for _ in runs(piece * 1_000_000))
