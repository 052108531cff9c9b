"""Lawful erasure: what a record said goes, a tombstone stays.

The tombstone says which record it was, whose, when it was received, for whose eyes it was, what it replaced, withdrew
or released, and when and why it was erased: so what it ended stays ended, and who cited it learns why it is gone.
What it said, the bytes of the file it came in, and what was kept of that file on its way are overwritten.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from ewgraph.clock import Clock
from ewgraph.errors import ConflictError, InputError, NotFoundError
from ewgraph.ledger.audit import Audit, Event
from ewgraph.ledger.ledger import Entry, Ledger, Packed
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, Quad, canonical_nquads, date_literal

_KEPT: Final = frozenset(
    {
        *(terms.PROV.wasAttributedTo, terms.onBehalfOf, terms.receivedAt, terms.visibility, terms.party),
        *(terms.PROV.wasRevisionOf, terms.retracts, terms.releases, terms.toVisibility, terms.releasedAt),
        *(terms.redaction, terms.redactedAs, terms.inFavourOf),  # without these a release would open all of a record
    }
)
_LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did.

    Attributes:
        record: what was erased.
        sources: the SHA-256 of the files that held it, whose bytes are gone.
        others: the other records that came in those files; they stay as they are.
    """

    record: IRI
    sources: tuple[str, ...]
    others: tuple[IRI, ...]


class Erasures:
    """Erases records of a ledger."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock

    def erase(self, record: IRI, *, by: str, principal: str, reason: str, held_in: Collection[str] = ()) -> Erased:
        """Put a tombstone in the place of what a record said. It cannot be undone, but from a backup.

        Args:
            record: the record.
            by: by what it is asked for, for the audit log.
            principal: who that stands for.
            reason: which law or request it follows; readers of the tombstone see it.
            held_in: the SHA-256 of kept files that held it, beside the one that it came in.

        Raises:
            InputError: there is no reason, or it is too long.
            NotFoundError: there is no such record.
            ConflictError: it is erased already.
        """
        text = " ".join(reason.split())
        if not 0 < len(text) <= _LONGEST_REASON:
            raise InputError(f"say why, in 1 to {_LONGEST_REASON} characters: whoever saw the record will read it")
        with self._ledger.transaction() as connection:
            entry = self._ledger.entry(record)
            if entry is None:
                raise NotFoundError(f"there is no record {record.value!r}")
            if self._ledger.query("SELECT 1 FROM erasure WHERE record = ?", (record.value,)):
                raise ConflictError(f"the record {record.value!r} is erased already")
            tombstone = Packed.of(canonical_nquads(self._tombstone(entry, text)))
            now = self._clock.now()
            connection.execute(
                "INSERT INTO erasure VALUES (?, ?, ?, ?, ?)",
                (record.value, now.isoformat(), by, text, tombstone.digest),
            )
            connection.execute("UPDATE record SET content = ? WHERE iri = ?", (tombstone.deflated, record.value))
            sources = tuple(dict.fromkeys((entry.source, *held_in)))
            for sha256 in sources:
                self._forget(sha256, record)
            Audit(self._ledger, self._clock).note(Event.ERASED, by, principal, record=record.value)
        self._ledger.tidy()
        others = {
            iri
            for sha256 in sources
            for (iri,) in self._ledger.query("SELECT iri FROM record WHERE source = ?", (sha256,))
        }
        return Erased(record, sources, tuple(IRI(iri) for iri in sorted(others - {record.value})))

    def _tombstone(self, entry: Entry, reason: str) -> Sequence[Quad]:
        kept = [quad for quad in entry.quads() if quad.subject == entry.iri and quad.predicate in _KEPT]
        return [
            *kept,
            Quad(entry.iri, terms.RDF.type, entry.kind, entry.iri),
            Quad(entry.iri, terms.erasedOn, date_literal(self._clock.now().date()), entry.iri),
            Quad(entry.iri, terms.reason, Literal(reason), entry.iri),
        ]

    def _forget(self, sha256: str, record: IRI) -> None:
        """Overwrite a file, and what is kept of it on its way in: reports quote cells, quarantine holds them."""
        with self._ledger.transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO erased_source VALUES (?, ?)", (sha256, record.value))
            connection.execute("UPDATE source SET content = x'', name = '' WHERE sha256 = ?", (sha256,))
            connection.execute(
                "UPDATE quarantine SET cells = '{}', results = '[]' "
                "WHERE submission IN (SELECT id FROM submission WHERE source = ?)",
                (sha256,),
            )
            connection.execute("UPDATE submission SET report = NULL, file = '' WHERE source = ?", (sha256,))
