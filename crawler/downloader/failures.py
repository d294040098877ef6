"""Why a request failed, in words for whoever reads a summary."""

from scrapy.exceptions import DownloadConnectionRefusedError, DownloadTimeoutError, ResponseDataLossError

WORDS: dict[type[BaseException | None], str] = {
    DownloadConnectionRefusedError: "the connection was refused",
    DownloadTimeoutError: "no answer in time",
    ResponseDataLossError: "the answer was cut off",
}
"""For the commonest; their own messages repeat the address."""


def error_message(error: BaseException | None) -> str:
    """Return one line for an error; of what is not among the commonest, its name and message."""
    return WORDS.get(type(error)) or f"{type(error).__name__}: {error}".rstrip(": ")
