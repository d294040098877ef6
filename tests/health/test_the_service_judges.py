"""The service judges by itself, keeps its heartbeat, and takes it away when it ends in order."""

import signal
from datetime import timedelta

from tests.health.conftest import ONE, Watched
from tests.scheduler.service import RunningService


def test_a_round_of_the_service(watched: Watched) -> None:
    archive = watched.product.folder / "archive"
    (watched.product.folder / "sources" / f"{ONE}.toml").unlink()
    with RunningService(watched.product) as service:
        service.wait_for("started")
        watched.time.passes(timedelta(minutes=1))
        service.wait_for("job finished", job="health", status=0)
        assert (archive / "health.atom").read_text().startswith("<?xml")
        assert (archive / "health.json").exists()
        assert service.end(signal.SIGTERM) == 0
    assert not (archive / "health.json").exists()


def test_an_address_that_is_none_is_said_before_the_service_starts(watched: Watched) -> None:
    watched.product.configure(scheduler={"notify": ["nonsense://x"]})
    assert "[scheduler] notify" in watched.product.run("run", expect=(2,)).stderr
