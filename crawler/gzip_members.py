"""Gzip, unpacked as far as it goes: a file of several members is one, as to every other program."""

import zlib
from typing import NamedTuple

from core.errors import DeltaNewsError

MAGIC = b"\x1f\x8b"
"""How every member begins."""

_CHUNK = 65_536
_MOST_MEMBERS = 10_000
"""A file of more is a trap: each costs a decompressor of its own."""


class Gunzipped(NamedTuple):
    """What came out, and what is wrong with it where that is not all: `breaks off`, `is damaged: …`; else empty."""

    content: bytes
    fault: str


class UnpacksToMoreError(DeltaNewsError):
    """More comes out than was asked for."""


def gunzip(packed: bytes, most: int) -> Gunzipped:
    """Return the content of all members; what follows the last one and is no member is padding.

    UnpacksToMoreError where it is more than `most` bytes.
    """
    content = bytearray()
    start, members = 0, 0
    while not members or packed.startswith(MAGIC, start):
        members += 1
        member = zlib.decompressobj(wbits=31)
        while not member.eof and start < len(packed) and members <= _MOST_MEMBERS:
            chunk = packed[start : start + _CHUNK]
            try:
                content += member.decompress(chunk, most + 1 - len(content))
            except zlib.error as error:
                return Gunzipped(bytes(content), f"is damaged: {error}")
            if len(content) > most:
                raise UnpacksToMoreError(f"it unpacks to more than {most:,} bytes")
            start += len(chunk) - len(member.unused_data)
        if not member.eof:
            return Gunzipped(bytes(content), "breaks off")
    return Gunzipped(bytes(content), "")
