"""What changed in what is known of a contract, a site or a buyer."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from ewgraph.model.rdf import IRI


class ChangeKind(enum.Enum):
    """How something came to be known, or ceased to count."""

    ADDED = "added"
    LINKED = "linked"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"
    UNLINKED = "unlinked"
    NEWLY_VISIBLE = "newly-visible"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is said.

    Attributes:
        what: the kind of a hop, `SAME_SITE`, or the name of the class of another statement.
        claim: the claim, contract line or other statement.
        record: the record in which it is said.
        about: where the hop leads to, the second of two sites that are one, or what the statement names.
        received_at: when the record was received.
    """

    what: str
    claim: IRI
    record: IRI
    about: IRI
    received_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Differences:
    """What chains have at two instants.

    Attributes:
        gone: what they have at the first only.
        new: what they have at the second only.
        shown: what they have at both, and the reader came to see between them.
        sites: all sites that they lead to at either.
    """

    gone: frozenset[Entry]
    new: frozenset[Entry]
    shown: frozenset[Entry]
    sites: frozenset[IRI]


@dataclass(frozen=True, slots=True)
class Change:
    """One change in what is known.

    Attributes:
        kind: how it changed.
        entry: what is said, or was.
        at: when: when the record was received that made the change, or when the reader came to see it.
        by: the record that made the change; None where that is a release that is no record.
        replaced_by: what is said instead, of something that was revised.
    """

    kind: ChangeKind
    entry: Entry
    at: dt.datetime | None
    by: IRI | None
    replaced_by: Entry | None = None
