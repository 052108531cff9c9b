"""Which kept files hold a record: a file that was loaded again holds it as well as the one that it came in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ewgraph.errors import EwgraphError
from ewgraph.ingest.reading import read_content
from ewgraph.ledger import Ledger
from ewgraph.model.rdf import IRI

_ANY_SIZE: Final = 1 << 30
_ESCAPES: Final = (b"\\u", b"\\U", b"\x1f\x8b")
"""What may hide a name in a file: escapes, and gzip."""


def files_with(ledger: Ledger, record: IRI) -> Iterator[str]:
    """It yields the SHA-256 of each kept record file that holds the record.

    A table holds none: the record that its rows became is known by the one that it came in.
    """
    name = record.value.rstrip("/#").replace("#", "/").rpartition("/")[2].encode()
    for sha256, file, content in ledger.sources():
        if name not in content and not any(mark in content for mark in _ESCAPES):
            continue
        try:
            held = {one.record for one in read_content(file, content, limit=_ANY_SIZE).records}
        except EwgraphError:
            continue
        if record in held:
            yield sha256
