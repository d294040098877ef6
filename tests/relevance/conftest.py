"""The gazetteer that comes with DeltaNews, loaded once."""

import pytest

from crawler.relevance import Gazetteer, load_gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer()
