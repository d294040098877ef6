from pathlib import Path

import pytest

from tests.upkeep.written_archive import WrittenArchive


@pytest.fixture
def archive(tmp_path: Path) -> WrittenArchive:
    return WrittenArchive(tmp_path / "here")


@pytest.fixture
def elsewhere(tmp_path: Path) -> WrittenArchive:
    return WrittenArchive(tmp_path / "another machine")
