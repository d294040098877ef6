"""StepResult: one thing that a check of a source looked at."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Outcome(StrEnum):
    """How it stands, best first."""

    OK = "ok"
    NOTE = "note"
    """Neither right nor wrong: for a person to read."""
    DEGRADED = "degraded"
    """It goes on, but by guessing: the source file needs a change."""
    FAILED = "failed"
    UNREACHED = "not reached"
    """Nothing is known of the source: the network or the proxy is down."""

    @property
    def needs_fix(self) -> bool:
        """Whether the source file, or the site, has to change."""
        return self in {Outcome.DEGRADED, Outcome.FAILED}


class StepResult(BaseModel):
    """What was expected of a source, what was seen, and which line to change where they differ."""

    model_config = ConfigDict(frozen=True)

    source: str
    step: str
    """robots, list, links, page, title, text, time, credit or relevance."""
    subject: str
    """The section's name, or the article's address."""
    outcome: Outcome
    expected: str
    saw: str
    fix: str = ""
    """`file:line key` of the source file, where something is to be fixed."""
