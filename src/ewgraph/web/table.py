"""Tables of RDF terms, and the four ways to write one: text, TSV, CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import Final

from ewgraph.catalogue import Kind
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, Term, digest
from ewgraph.web.typed import kind_of, typed

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_LONG: Final = 80
_OURS: Final[Mapping[str, str]] = {terms.EWK: "kos:", terms.EW: "ew:"}
_NUMBERS: Final = frozenset({Kind.INTEGER, Kind.DECIMAL})
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a question: named columns, and a row of terms for each solution; None where unbound.

    Attributes:
        columns: their names.
        rows: in order.
        kinds: what each column holds, where that is declared.
    """

    columns: tuple[str, ...]
    rows: Sequence[tuple[Term | None, ...]]
    kinds: tuple[Kind, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def digest(self) -> str:
        """The SHA-256 of the table as TSV with the terms as N-Triples has them: the same for the same answer."""
        lines = ["\t".join(self.columns), *("\t".join(map(_exact, row)) for row in self.rows)]
        return digest("".join(f"{line}\n" for line in lines).encode())


def text(table: Table) -> str:
    """The table for the eye: padded columns under their names.

    What the IRIs have in common is said once, in the first lines, and a long list within a cell is broken into lines.
    """
    prefixes = _prefixes({term.value for row in table.rows for term in row if isinstance(term, IRI)})
    head = "".join(f"PREFIX {prefix} <{start}>\n" for start, prefix in prefixes.items()) + ("\n" if prefixes else "")
    rows: list[list[list[str]]] = [[[name] for name in table.columns]]
    for row in table.rows:
        cells = [_shortened(_text(term), prefixes) for term in row]
        rows.append([cell.split("; ") if len(cell) > _LONG else [cell] for cell in cells])
    widths = [max(len(line) for cell in column for line in cell) for column in zip(*rows, strict=True)]
    lines = [line for row in rows for line in zip_longest(*row, fillvalue="")]
    return head + "".join(
        "  ".join(part.ljust(width) for part, width in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines
    )


def _prefixes(iris: Collection[str]) -> dict[str, str]:
    """The starts that IRIs have in common, with a prefix for each: ours, and that of at least two others."""
    prefixes = {start: prefix for start, prefix in _OURS.items() if any(iri.startswith(start) for iri in iris)}
    others = [iri for iri in iris if not iri.startswith(tuple(_OURS))]
    start = os.path.commonprefix(others)  # noqa: RUF071  # by character, then cut at a slash
    start = start[: max(start.rfind("/"), start.rfind("#")) + 1]
    if len(others) > 1 and len(start) > len("https://"):
        prefixes[start] = ":"
    return prefixes


def _shortened(cell: str, prefixes: Mapping[str, str]) -> str:
    for start, prefix in prefixes.items():
        cell = cell.replace(start, prefix)
    return cell


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


def sparql_json(table: Table, *, link: str | None = None) -> str:
    """The table as the SPARQL 1.1 Query Results JSON Format says; with a link to what comes after it, if anything."""
    bindings = [
        {name: _binding(term) for name, term in zip(table.columns, row, strict=True) if term is not None}
        for row in table.rows
    ]
    head = {"vars": list(table.columns)} | ({"link": [link]} if link else {})
    document = {"head": head, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False) + "\n"


def _binding(term: Term) -> dict[str, str]:
    if not isinstance(term, Literal):
        return {"type": "uri" if isinstance(term, IRI) else "bnode", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    plain = term.datatype.value == _XSD + "string"
    return {"type": "literal", "value": term.value} | ({} if plain else {"datatype": term.datatype.value})


def _exact(term: Term | None) -> str:
    return "" if term is None else str(term)


def _text(term: Term | None) -> str:
    return "" if term is None else term.value


def _cell(term: Term | None) -> str:
    written = _text(term)
    number = term is not None and kind_of(term) in _NUMBERS
    return f"'{written}" if written.startswith(_FORMULA) and not number else written


def _value(term: Term | None) -> str | int | float | bool | None:
    value = typed(term)
    if isinstance(value, Decimal):
        return float(value) if value.is_finite() else str(value)
    if value is None or isinstance(value, int):
        return value
    return _text(term)
