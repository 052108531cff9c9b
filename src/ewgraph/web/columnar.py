"""An answer as a Parquet file: typed columns, and what to cite in the metadata of the file."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from ewgraph.catalogue import Kind
from ewgraph.model.rdf import Term
from ewgraph.web.table import Table
from ewgraph.web.typed import Value, kind_of, typed

SCALE: Final = 12
"""So many digits stand behind the point of a decimal number."""
_PRECISION: Final = 38
_LARGEST: Final = 2**63
_PREFIX: Final = "ewgraph."


def parquet(table: Table, about: Mapping[str, str]) -> bytes:
    """The file.

    A column has the type of its kind; where a value of it has not, all of it is text, so that nothing is lost.

    Args:
        table: the answer.
        about: what to cite, by name; in the file each begins with `ewgraph.`.
    """
    import polars as pl

    types: Mapping[Kind, Any] = {
        Kind.DATE: pl.Date,
        Kind.DATETIME: pl.Datetime("us", "UTC"),
        Kind.INTEGER: pl.Int64,
        Kind.DECIMAL: pl.Decimal(_PRECISION, SCALE),
        Kind.BOOLEAN: pl.Boolean,
    }
    columns = []
    for place, name in enumerate(table.columns):
        terms = [row[place] for row in table.rows]
        kind = table.kinds[place] if table.kinds else Kind.STRING
        values = _values(terms, kind)
        if values is None:
            columns.append(pl.Series(name, [None if term is None else term.value for term in terms], dtype=pl.String))
        else:
            columns.append(pl.Series(name, values, dtype=types.get(kind, pl.String)))
    out = io.BytesIO()
    pl.DataFrame(columns).write_parquet(out, metadata={_PREFIX + name: value for name, value in about.items()})
    return out.getvalue()


def _values(terms: Sequence[Term | None], kind: Kind) -> list[Value] | None:
    """The values of a column of that kind; None where one is of another, or too large."""
    if kind in {Kind.IRI, Kind.STRING}:
        return None
    values: list[Value] = []
    for term in terms:
        value = typed(term)
        if kind is Kind.DECIMAL and isinstance(value, int):
            value = Decimal(value)
        elif term is not None and (kind_of(term) is not kind or not _fits(value)):
            return None
        values.append(value)
    return values


def _fits(value: Value) -> bool:
    """Whether a column can hold the value; not where it is a text that stands for none."""
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        return isinstance(exponent, int) and -exponent <= SCALE and value.adjusted() < _PRECISION - SCALE
    return not isinstance(value, str) and (not isinstance(value, int) or -_LARGEST <= value < _LARGEST)
