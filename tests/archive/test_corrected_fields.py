"""A corrected field stays: whatever comes first, the correction, a new extraction or a new judgement."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from archive.article import Article, Level, Passage, Precision, Relevance, Term
from archive.articles import apply_corrections, find_article, save_article, save_relevance
from archive.corrections import CorrectionKind, add_correction, corrections_of, remove_correction
from archive.database import Database
from archive.schema import articles, revisions, row_dict
from tests.databases import only_sqlite

NUMBERS = count()
SEEN = datetime(2026, 11, 20, 9, tzinfo=UTC)
VALUES = {
    CorrectionKind.TITLE: ("三省一市签约", "长三角签约"),
    CorrectionKind.MINUTE: ("2026-11-20T00:30:00+00:00", "2026-11-19T23:05:00+00:00"),
    CorrectionKind.CREDIT: ("新华社", ""),
    CorrectionKind.LEVEL: ("core", "none"),
}


def extracted(url: str, version: int) -> Article:
    """Return what a version of the extraction made of a page."""
    title = f"长三角第{version}版签约"
    term = Term(text="长三角", kind="region", field="title", start=0, end=3)
    return Article(
        url=url,
        canonical_url=url,
        source="example",
        section="news",
        province="安徽",
        title=title,
        body="第一段。" * (1 + version // 2),
        published_at=datetime(2026, 11, 20, version, tzinfo=UTC),
        published_precision=Precision.DAY,
        credit=f"来源{version}",
        fetched_at=SEEN,
        relevance=Relevance(
            level=Level.MENTION, score=version, terms=(term,), passage=Passage(field="title", start=0, end=3)
        ),
    )


class Desk:
    """What happens to one article, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.url = f"https://www.example.cn/{next(NUMBERS)}"
        self.save(0)

    def save(self, version: int) -> None:
        save_article(self.connection, extracted(self.url, version), page_id=None)

    def judge(self, score: int) -> None:
        save_relevance(self.connection, self.id, Relevance(level=Level.RELATED, score=score, reason="rule"))

    def correct(self, kind: CorrectionKind, value: str) -> None:
        add_correction(self.connection, self.id, kind, value, "editor")
        apply_corrections(self.connection, self.id)

    def undo(self, kind: CorrectionKind) -> None:
        for one in corrections_of(self.connection, [kind], [self.id]):
            remove_correction(self.connection, one.number)
        apply_corrections(self.connection, self.id)

    @property
    def id(self) -> int:
        return int(str(self.row["id"]))

    @property
    def row(self) -> dict[str, object]:
        return row_dict(self.connection.execute(select(articles).where(articles.c.canonical_url == self.url)).one())

    @property
    def told(self) -> dict[str, object]:
        """What the archive holds of it, but for what tells one article, or one time, from another."""
        other = {"id", "url", "canonical_url", "changed_seq"}
        texts = select(revisions.c.title, revisions.c.body, revisions.c.credit).order_by(revisions.c.revision)
        rows = self.connection.execute(texts.where(revisions.c.article_id == self.id)).all()
        return {name: value for name, value in self.row.items() if name not in other} | {"revisions": rows}


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    with database.write() as connection:
        yield Desk(connection)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("save"), st.integers(0, 4)),
        st.tuples(st.just("judge"), st.integers(0, 4)),
    ),
    max_size=5,
)
CORRECTIONS = st.lists(
    st.sampled_from([(kind, value) for kind, values in VALUES.items() for value in (*values, None)]), max_size=6
)


def walk(desk: Desk, steps: Sequence[tuple[object, object]]) -> None:
    for what, value in steps:
        if what == "save":
            desk.save(int(str(value)))
        elif what == "judge":
            desk.judge(int(str(value)))
        elif value is None:
            desk.undo(CorrectionKind(str(what)))
        else:
            desk.correct(CorrectionKind(str(what)), str(value))


@only_sqlite
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, corrections=CORRECTIONS, rng=st.randoms(use_true_random=False))
def test_it_does_not_matter_what_comes_first(
    database: Database,
    steps: list[tuple[str, int]],
    corrections: list[tuple[CorrectionKind, str | None]],
    rng: random.Random,
) -> None:
    places = sorted(rng.sample(range(len(steps) + len(corrections)), len(steps)))
    remaining, corrected = iter(steps), iter(corrections)
    with database.write() as connection:
        first, last, mixed = Desk(connection), Desk(connection), Desk(connection)
        walk(first, [*corrections, *steps])
        walk(last, [*steps, *corrections])
        walk(mixed, [next(remaining if n in places else corrected) for n in range(len(steps) + len(corrections))])
        assert first.told == last.told == mixed.told


def test_what_was_extracted_stays_beside_it_and_comes_back(desk: Desk) -> None:
    before = desk.told
    for kind, values in VALUES.items():
        desk.correct(kind, values[0])
    assert find_article(desk.connection, desk.url, extracted=True) == extracted(desk.url, 0)
    found = find_article(desk.connection, desk.url)
    assert found is not None
    assert (found.title, found.credit, found.relevance.level) == ("三省一市签约", "新华社", Level.CORE)
    assert found.published_at == datetime(2026, 11, 20, 0, 30, tzinfo=UTC)
    assert (found.published_precision, found.published_from) == (Precision.MINUTE, "corrected by editor")
    assert found.relevance.reason == "corrected by editor"
    assert found.relevance.terms == ()
    assert found.relevance.passage is None
    for kind in VALUES:
        desk.undo(kind)
    assert desk.told == before


@only_sqlite
def test_terms_of_a_corrected_title_stand_where_it_has_them(desk: Desk) -> None:
    desk.correct(CorrectionKind.TITLE, "今天：长三角签约")
    found = find_article(desk.connection, desk.url)
    assert found is not None
    [term] = found.relevance.terms
    assert found.title[term.start : term.end] == "长三角"


@only_sqlite
def test_a_corrected_title_is_no_revision_and_a_new_one_of_the_page_is(desk: Desk) -> None:
    desk.correct(CorrectionKind.TITLE, "另一题目")
    assert desk.row["revision"] == 1
    desk.save(1)
    assert (desk.row["revision"], desk.row["title"]) == (2, "另一题目")
