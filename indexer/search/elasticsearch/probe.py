"""PROBE: a story that every index of stories takes, to tell an index that is at fault from a story that is."""

from datetime import UTC, datetime

from archive.article import Level, Precision
from indexer.search.document import StoryCopy, StoryDocument

_AT = datetime(2000, 1, 1, tzinfo=UTC)

PROBE = StoryDocument(
    story_id="deltanews-probe",
    revision=1,
    deleted=True,  # so that no search sees it while it is there
    title="题",
    body="文",
    url="https://probe.invalid/",
    source="probe",
    source_title="题",
    province="上海",
    section="probe",
    credit="题",
    programme="题",
    reporters=("题",),
    editors=("题",),
    published_at=_AT,
    published_precision=Precision.MINUTE,
    first_seen_at=_AT,
    timeline_at=_AT,
    level=Level.CORE,
    score=50.5,
    topics=("题",),
    provinces=("上海",),
    cities=("上海",),
    vehicles=("题",),
    terms=("题",),
    copies=(
        StoryCopy(
            source="probe",
            source_title="题",
            url="https://probe.invalid/copy",
            title="题",
            published_at=_AT,
            credit="题",
            withdrawn_at=_AT,
            similarity=0.5,
        ),
    ),
    copy_count=1,
    event_id="1",
    event_size=1,
    withdrawn_at=_AT,
    states=("withdrawn",),
    sources=("probe", "copy"),
)
"""Every field has a value: so a mapping that lacks one refuses it."""
