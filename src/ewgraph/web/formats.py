"""The formats of an answer: a row for each, with its media type, its short name and what writes it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ewgraph.model.rdf import digest
from ewgraph.web.columnar import parquet
from ewgraph.web.table import Table, comma_separated, json_objects, sparql_json, tab_separated
from ewgraph.web.workbook import workbook

SOLUTIONS: Final = "application/sparql-results+json"

About = Mapping[str, str]
"""What to cite for an answer, by name."""

_OF_THE_MOMENT: Final = frozenset({"Parameters", "Recorded-At", "Cite-As"})
"""What repeats the address, or says when it was asked."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of an answer.

    Attributes:
        name: its short name: `format=…`, and the ending of a file.
        media_type: what it is called in `Accept`.
        label: what people call it.
        write: makes the content of the answer, what to cite for it, and the address of what comes after it.
        is_file: whether a browser keeps it rather than shows it.
        cites: whether it holds what to cite.
    """

    name: str
    media_type: str
    label: str
    write: Callable[[Table, About, str | None], bytes]
    is_file: bool = True
    cites: bool = False

    def tag(self, table: Table, about: About, after: str | None) -> str:
        """What tells the content from any other at the same address (RFC 9110, 8.8.3).

        It is a weak one where the content tells when it was asked for.
        """
        told = {name: value for name, value in about.items() if name not in _OF_THE_MOMENT} if self.cites else {}
        opaque = digest(json.dumps([self.name, table.digest, after, told]).encode())[:32]
        return f'W/"{opaque}"' if self.cites else f'"{opaque}"'


def _text(write: Callable[[Table], str]) -> Callable[[Table, About, str | None], bytes]:
    return lambda table, _about, _after: write(table).encode()


_ROWS: Final = (
    Format("json", "application/json", "JSON", _text(json_objects), is_file=False),
    Format(
        "srj",
        SOLUTIONS,
        "SPARQL JSON",
        lambda table, _about, after: sparql_json(table, link=after).encode(),
        is_file=False,
    ),
    Format("csv", "text/csv", "CSV", _text(comma_separated)),
    Format("tsv", "text/tab-separated-values", "TSV", _text(tab_separated)),
    Format(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Excel",
        lambda table, about, _after: workbook(table, about),
        cites=True,
    ),
    Format(
        "parquet",
        "application/vnd.apache.parquet",
        "Parquet",
        lambda table, about, _after: parquet(table, about),
        cites=True,
    ),
)

FORMATS: Final[Mapping[str, Format]] = MappingProxyType({each.media_type: each for each in _ROWS})
"""By media type, what is preferred first."""
BY_NAME: Final[Mapping[str, Format]] = MappingProxyType({each.name: each for each in _ROWS})
