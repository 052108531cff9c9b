"""A public table of a known source becomes records, as its mapping says; a row that is not understood is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from ewgraph.errors import ParseError
from ewgraph.ingest.mapping import CellFault, Maker, Reader, TableMapping
from ewgraph.ingest.records import RecordSource
from ewgraph.ingest.sheets.document import Document
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Quad
from ewgraph.validate.messages import Messages
from ewgraph.validate.report import Severity

_IGNORED: Final = "reading-rowIgnored"


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was left out, and why."""

    number: int
    reason: str


@dataclass(slots=True)
class Import:
    """What a table became.

    Attributes:
        repeated: how many rows say what an earlier row says.
        ignored: how many rows say nothing that could be recorded.
        sites: the sites that the records describe.
    """

    records: list[RecordSource] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    repeated: int = 0
    ignored: int = 0
    sites: set[IRI] = field(default_factory=set)


class Importer:
    """Turns tables of one source into records.

    Args:
        mapping: what the table means.
        base: the address under which IRIs are minted.
        kos: the folder of the code lists.
        messages: what reading says.

    Raises:
        ConfigurationError: the mapping names a code list that is not there.
    """

    def __init__(self, mapping: TableMapping, base: str, kos: Path, messages: Messages) -> None:
        self._mapping = mapping
        self._kos = kos
        self._messages = messages
        self._maker = Maker(mapping, base, kos)

    def imported(self, document: Document, received_at: Callable[[IRI], str]) -> Import:
        """The records of a table.

        Args:
            document: the file.
            received_at: tells for each record when it was received, as an xsd:dateTime.

        Raises:
            ParseError: the file is no such table.
        """
        result = Import()
        reader = Reader(self._mapping, document, {}, kos=self._kos)
        self._check(document.name, reader.faults)
        for batch in reader.batches():
            given = {**batch.given, "receivedAt": received_at(self._maker.record(batch))}
            made = self._maker.make(replace(batch, given=given))
            faulty = {row.number: row.faults[0] for row in made.rows if row.faults}
            result.refused += [RefusedRow(number, self._reason(fault)) for number, fault in faulty.items()]
            quads = made.quads(without=faulty)
            if len(faulty) < len(made.rows) or not made.rows:
                result.records.append(RecordSource(document.name, made.record, quads))
                result.sites |= set(_sites(quads))
        result.refused += [
            RefusedRow(fault.row, self._reason(fault)) for fault in reader.faults if fault.shape == "reading-row"
        ]
        result.refused.sort(key=lambda refused: refused.number)
        result.repeated = reader.rows_repeated
        result.ignored = sum(fault.shape == _IGNORED for fault in reader.faults) + reader.more_faults[_IGNORED]
        return result

    def _check(self, name: str, faults: Iterable[CellFault]) -> None:
        for fault in faults:
            severity, sentences = self._messages.of(fault.shape, fault.params)
            if severity is Severity.VIOLATION:
                raise ParseError(f"{name}: {sentences['en']}")

    def _reason(self, fault: CellFault) -> str:
        if fault.shape:
            return self._messages.of(fault.shape, fault.params)[1]["en"]
        meant = f". Did you mean {fault.hint!r}?" if fault.hint else ""
        return f"{fault.value!r} is no {fault.params['expected']} that is known here{meant}"


def _sites(quads: Iterable[Quad]) -> Iterator[IRI]:
    for quad in quads:
        if (
            quad.predicate == terms.RDF.type
            and isinstance(quad.subject, IRI)
            and isinstance(quad.object, IRI)
            and terms.Site in {quad.object, *terms.SUPERCLASSES.get(quad.object, ())}
        ):
            yield quad.subject
