"""Which hosts and addresses belong to the public internet: a crawl goes nowhere else unless its source is private."""

import unicodedata
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

PRIVATE_NAMES = (
    "localhost", "localdomain", "local", "lan", "internal", "intranet", "private", "corp", "home", "home.arpa", "onion",
)  # fmt: skip
"""Ends of names that no public server has: special-use ones (RFC 6761, 6762, 8375, ICANN) and what routers give out."""

_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")
_TRANSLATED = IPv6Network("::ffff:0:0:0/96")
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})
_NOWHERE = (IPv6Network("64:ff9b:1::/48"), IPv6Network("fec0::/10"))
"""NAT64 of a network's own, and site-local addresses, which Python holds for public."""


def is_public_address(address: str) -> bool:
    """Tell whether an IP address, and each IPv4 address that it holds, belongs to the public internet.

    None does that is loopback, private, link-local, multicast or reserved. ValueError where it is no address.
    """
    parsed = ip_address(address)
    if parsed.is_multicast:
        return False
    if isinstance(parsed, IPv4Address):
        return parsed.is_global
    embedded = tuple(_embedded(parsed))
    is_global = parsed.is_global or parsed.ipv4_mapped is not None
    return (
        is_global and not any(parsed in net for net in _NOWHERE) and all(is_public_address(str(v4)) for v4 in embedded)
    )


def is_public_host(host: str) -> bool:
    """Tell whether a host may be one of the public internet, as far as its name or address tells.

    What a name points to is checked when it is resolved. Numbers that only the C library takes for an address
    (2130706433, 0x7f.1, 0177.0.0.1) are names to nobody.
    """
    host = unicodedata.normalize("NFKC", host).replace("。", ".").casefold().strip("[]").rstrip(".")
    if any(host == name or host.endswith(f".{name}") for name in PRIVATE_NAMES):
        return False
    try:
        return is_public_address(host)
    except ValueError:
        return "." in host.strip(".") and not host.rsplit(".", 1)[-1][0:1].isdigit()


def _embedded(address: IPv6Address) -> Iterator[IPv4Address]:
    """Give the IPv4 addresses that an IPv6 address leads to: mapped, compatible, translated, 6to4, Teredo, ISATAP."""
    number = int(address)
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo
    if any(address in net for net in (_NAT64, _COMPATIBLE, _TRANSLATED)) or (number >> 32) & 0xFFFFFFFF in _ISATAP:
        yield IPv4Address(number & 0xFFFFFFFF)
