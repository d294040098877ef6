"""The scheduler's own table of the settings: `[scheduler]`."""

from typing import ClassVar, Literal

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from core.settings import PackageSettings


class SchedulerSettings(PackageSettings):
    """How the service works; how often a source is crawled stands in the source's own file."""

    table: ClassVar[str] = "scheduler"
    model_config = SettingsConfigDict(env_prefix="DELTANEWS_SCHEDULER_")

    parallel: int = Field(default=2, ge=1, description="Sources that are crawled at once, each in its own process.")
    index_interval: int = Field(
        default=10, ge=1, description="Minutes after which the index is brought up to date even if no crawl has ended."
    )
    crawl_minutes: float = Field(
        default=120.0,
        gt=0,
        description="Minutes after which a crawl that has not ended is stopped; the next one goes on where it was.",
    )
    metrics_port: int | None = Field(
        default=None,
        ge=1,
        le=65535,
        description="Port of this machine alone at which the service answers `/metrics`, `/healthz` and `/readyz`.",
    )
    web: bool = Field(
        default=False,
        description="Whether the service also serves the reader's page, as `[web]` says, and keeps it alive.",
    )
    grace: float = Field(default=30.0, ge=0, description="Seconds that running jobs get to end when they are stopped.")
    notify: tuple[str, ...] = Field(
        default=(),
        description="Addresses that messages about source health go to, as Apprise writes them (`mailtos://…`, "
        "`feishu://…`, `dingtalk://…`, `wecombot://…`, `json://…`); needs the extra `notify`.",
    )
    notify_command: str = Field(
        default="", description="Command that gets each message about source health as JSON on its standard input."
    )
    notify_level: Literal["broken", "watch"] = Field(
        default="broken",
        description="From which level on a finding is a message; what is on watch is told once a week.",
    )
    health_ping: str | None = Field(
        default=None,
        description="Address that is requested after each round of health, for a service that rings when it stops.",
    )
