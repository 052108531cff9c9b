"""Tables of RDF terms, and the four ways to write one: text, TSV, CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ewgraph.model.rdf import IRI, Literal, Term

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS: Final = frozenset(_XSD + name for name in ("integer", "int", "long", "nonNegativeInteger"))
_FRACTIONS: Final = frozenset(_XSD + name for name in ("decimal", "double", "float"))
_BOOLEAN: Final = _XSD + "boolean"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a question: named columns, and a row of terms for each solution; None where unbound."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Term | None, ...]]

    def __len__(self) -> int:
        return len(self.rows)


def text(table: Table) -> str:
    """The table for the eye: padded columns under their names."""
    lines = [table.columns, *([_text(term) for term in row] for row in table.rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines
    )


def comma_separated(table: Table) -> str:
    """The table as RFC 4180 says. A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_cell(term) for term in row] for row in table.rows)
    return out.getvalue()


def tab_separated(table: Table) -> str:
    """The table with a tab between cells; tabs and line breaks within a cell become spaces. Formulas as in CSV."""
    lines = [table.columns, *([" ".join(_cell(term).split()) for term in row] for row in table.rows)]
    return "".join("\t".join(line) + "\n" for line in lines)


def json_objects(table: Table) -> str:
    """The table as a JSON list of objects: numbers and booleans as such, other terms as text, null where unbound."""
    rows = [dict(zip(table.columns, map(_value, row), strict=True)) for row in table.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def sparql_json(table: Table) -> str:
    """The table as the SPARQL 1.1 Query Results JSON Format says."""
    bindings = [
        {name: _binding(term) for name, term in zip(table.columns, row, strict=True) if term is not None}
        for row in table.rows
    ]
    document = {"head": {"vars": list(table.columns)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False) + "\n"


WRITERS: Final[Mapping[str, Callable[[Table], str]]] = MappingProxyType(
    {"table": text, "tsv": tab_separated, "csv": comma_separated, "json": json_objects},
)


def _binding(term: Term) -> dict[str, str]:
    if not isinstance(term, Literal):
        return {"type": "uri" if isinstance(term, IRI) else "bnode", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    plain = term.datatype.value == _XSD + "string"
    return {"type": "literal", "value": term.value} | ({} if plain else {"datatype": term.datatype.value})


def _text(term: Term | None) -> str:
    return "" if term is None else term.value


def _cell(term: Term | None) -> str:
    written = _text(term)
    number = isinstance(term, Literal) and term.datatype.value in _INTEGERS | _FRACTIONS
    return f"'{written}" if written.startswith(_FORMULA) and not number else written


def _value(term: Term | None) -> str | int | float | bool | None:
    if not isinstance(term, Literal):
        return None if term is None else term.value
    datatype = term.datatype.value
    if datatype in _INTEGERS:
        return int(term.value)
    if datatype in _FRACTIONS:
        return float(term.value)
    return term.value in {"true", "1"} if datatype == _BOOLEAN else term.value
