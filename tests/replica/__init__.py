"""Replica of the broadcasters' sites: a forward proxy on loopback that plays their host names."""

from tests.replica.faults import Fault, Kind
from tests.replica.paging import Pager, Paging
from tests.replica.publication import Publication, Trait
from tests.replica.redesign import Redesign, new_address
from tests.replica.replica import SOURCES, Replica, ReplicaError

__all__ = [
    "SOURCES",
    "Fault",
    "Kind",
    "Pager",
    "Paging",
    "Publication",
    "Redesign",
    "Replica",
    "ReplicaError",
    "Trait",
    "new_address",
]
