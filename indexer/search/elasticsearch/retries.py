"""The one layer that tries again, with full jitter: a random wait below a bound that doubles each time."""

from collections.abc import Callable
from typing import TypeVar

from elasticsearch import ApiError, TransportError
from elasticsearch.helpers import ScanError
from tenacity import Retrying, retry_if_exception_type, stop_before_delay, wait_random_exponential

from indexer.search.elasticsearch.failures import BusyError, StoppedError, failure
from indexer.search.index import IndexUnavailableError

FIRST_WAIT_SECONDS = 0.1
LONGEST_WAIT_SECONDS = 60.0
_Answer = TypeVar("_Answer")


def with_retries(call: Callable[[], _Answer], seconds: float) -> _Answer:
    """Return what `call` returns, trying again while it is refused for now, for up to `seconds`.

    Raises IndexUnavailableError when the time is up, and at once where no further try would help. What is called must
    be safe to repeat.
    """
    retrying = Retrying(
        retry=retry_if_exception_type(BusyError),
        wait=wait_random_exponential(multiplier=FIRST_WAIT_SECONDS, max=LONGEST_WAIT_SECONDS),
        stop=stop_before_delay(seconds),
        reraise=True,
    )
    try:
        answer: _Answer = retrying(_translated, call)
    except (BusyError, StoppedError) as error:
        raise IndexUnavailableError(f"Elasticsearch: {error}") from error
    return answer


def _translated(call: Callable[[], _Answer]) -> _Answer:
    try:
        return call()
    except (ApiError, TransportError, ScanError) as error:
        raise failure(error) from error
