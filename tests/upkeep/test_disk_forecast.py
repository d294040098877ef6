"""How long the disk lasts, by how the archive grew of late."""

import json

import pytest

from archive.database import Database
from tests.upkeep.written_archive import WrittenArchive


def test_status_says_how_long_the_disk_lasts(archive: WrittenArchive) -> None:
    archive.write(*range(10, 20))
    for age, number in enumerate(range(10, 20)):
        archive.age(2 * age, number)
    facts = [json.loads(line) for line in archive.tell("status", "--json").splitlines()]
    (disk,) = [fact for fact in facts if fact["kind"] == "disk"]
    assert disk["used_bytes"] > 100_000
    assert disk["growth_bytes_per_day"] == pytest.approx(disk["used_bytes"] * 4 / 10 / 7, rel=0.1)
    assert disk["full_in_days"] == pytest.approx(disk["free_bytes"] / disk["growth_bytes_per_day"], rel=0.01)


def test_where_nothing_grows_nothing_is_foretold(archive: WrittenArchive) -> None:
    Database.open(archive.settings).close()
    assert '"growth_bytes_per_day": 0, "full_in_days": null' in archive.tell("status", "--json")
