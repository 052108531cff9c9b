"""Batches of rows become records."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from ewgraph.ingest.mapping.batch import Batch
from ewgraph.ingest.mapping.codes import code_lists, codes_wanted
from ewgraph.ingest.mapping.language import TableMapping
from ewgraph.ingest.mapping.making import Made, Making
from ewgraph.ingest.mapping.template import Minting, RecordTemplate
from ewgraph.model.rdf import IRI

_DIGEST_LENGTH: Final = 12
_NOT_DIGESTED: Final = frozenset({"receivedAt", "sha256", "file"})


class Maker:
    """Makes records of batches; the same batch gives the same statements, in whatever process.

    Args:
        mapping: what the file means.
        base: the address under which IRIs are minted.
        kos_folder: the folder of the code lists.

    Raises:
        ConfigurationError: the mapping names a code list, or a concept of one, that is not there.
    """

    def __init__(self, mapping: TableMapping, base: str, kos_folder: Path) -> None:
        self._codes = code_lists(mapping.codes, codes_wanted(mapping), kos_folder)
        self._minted = Minting(base)
        self._templates = {
            kind.name: RecordTemplate(mapping, kind, self._minted, self._codes) for kind in mapping.records
        }
        self._text = mapping.text.encode()
        self._not_digested = _NOT_DIGESTED | ({"language"} if "{language}" not in mapping.text else set())

    def make(self, batch: Batch) -> Made:
        """The statements of a batch."""
        return self._making(batch).made()

    def record(self, batch: Batch) -> IRI:
        """The IRI of the record that the batch becomes."""
        return self._making(batch).record

    def _making(self, batch: Batch) -> Making:
        template = self._templates[batch.record]
        return Making(template, batch, self._codes, self._minted, self._digest(batch))

    def _digest(self, batch: Batch) -> str:
        """A digest of what the rows say, of who says it, and of how it is read: other content makes another record."""
        summed = hashlib.sha256(self._text)
        given = sorted((name, text) for name, text in batch.given.items() if name not in self._not_digested)
        columns = sorted((name, column.letter) for name, column in batch.columns.items())
        cells = sorted((name, place.cell.text) for name, place in batch.cells.items())
        summed.update(repr((batch.record, batch.key, batch.part, given, columns, cells)).encode("utf-8", "replace"))
        names = sorted(self._templates[batch.record].columns)
        for row in batch.rows:
            said = [row.sheet, str(row.number)]
            for name in names:
                cell = row.cells.get(name)
                said += ("", "") if cell is None else (cell.text, cell.kind.value)
            summed.update("\x1f".join(said).encode("utf-8", "replace"))
            summed.update(b"\x1e")
        return summed.hexdigest()[:_DIGEST_LENGTH]
