"""The time of an event's last report is that of its story's original, as search and pages show it."""

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Compute it anew of every event: it was that of the earliest copy of the last story."""
    op.execute(
        "UPDATE events SET last_timestamp = coalesce((SELECT max(story_articles.timestamp) FROM event_stories "
        "JOIN stories ON stories.representative_id = event_stories.number "
        "JOIN story_articles ON story_articles.article_id = stories.original_id "
        "WHERE event_stories.first_story = events.first_story AND NOT stories.deleted), last_timestamp) "
        "WHERE NOT deleted"
    )
