"""Answers: rows of values of Python, what to cite for them, and data frames of them.

The values come from SPARQL 1.1 Query Results JSON, which keeps the datatype of each: an IRI or a text is `str`, an
`xsd:date` is `date`, an `xsd:dateTime` is `datetime` with its zone, an `xsd:decimal` is `Decimal`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Generic, TypeAlias, TypeVar

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Value: TypeAlias = str | int | float | bool | Decimal | dt.date | dt.datetime | None
Row = TypeVar("Row", bound=Mapping[str, Any])

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_READERS: Final[Mapping[str, Callable[[str], Value]]] = MappingProxyType(
    {
        **{_XSD + name: int for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")},
        _XSD + "decimal": Decimal,
        **{_XSD + name: float for name in ("double", "float")},
        _XSD + "boolean": lambda text: text in {"true", "1"},
        _XSD + "date": dt.date.fromisoformat,
        _XSD + "dateTime": dt.datetime.fromisoformat,
    },
)


@dataclass(frozen=True, slots=True)
class Solutions:
    """The solutions of a SPARQL SELECT.

    Attributes:
        columns: the variables.
        rows: a mapping for each solution, in order; None where a variable is unbound.
    """

    columns: tuple[str, ...]
    rows: Sequence[Mapping[str, Value]]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Mapping[str, Value]]:
        return iter(self.rows)

    def polars(self) -> pl.DataFrame:
        """A polars frame, its types inferred from all rows."""
        return _polars(self.columns, self.rows, {})

    def pandas(self) -> pd.DataFrame:
        """A pandas frame; needs pandas."""
        return _pandas(self.columns, self.rows, {})


@dataclass(frozen=True)
class Answer(Generic[Row]):
    """The answer to a stored question.

    Attributes:
        columns: in their order, each with its kind: IRI, string, date, dateTime, integer, decimal or boolean.
        rows: a mapping for each row, in order; None where a column is empty.
        citation: what to cite for the answer: `query`, `query-sha256`, `valid-at`, `known-at`,
            `result-sha256`, and `cite-as`, the address at which it comes out again.
        next: the address of the rows that follow; None where these are the last.
    """

    columns: Mapping[str, str]
    rows: Sequence[Row]
    citation: Mapping[str, str] = field(default_factory=dict)
    next: str | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def polars(self) -> pl.DataFrame:
        """A polars frame; a column has the type of its kind, also where no row has a value. Decimals are floats."""
        return _polars(tuple(self.columns), self.rows, self.columns)

    def pandas(self) -> pd.DataFrame:
        """A pandas frame with nullable types; needs pandas. Decimals are floats."""
        return _pandas(tuple(self.columns), self.rows, self.columns)


def solutions_of(content: Mapping[str, Any]) -> Solutions | bool:
    """What a document of SPARQL 1.1 Query Results JSON says."""
    if "boolean" in content:
        return bool(content["boolean"])
    names = tuple(content["head"]["vars"])
    return Solutions(names, [_row(names, binding) for binding in content["results"]["bindings"]])


def _row(names: tuple[str, ...], binding: Mapping[str, Mapping[str, str]]) -> dict[str, Value]:
    return {name: _value(binding[name]) if name in binding else None for name in names}


def _value(term: Mapping[str, str]) -> Value:
    text = term["value"]
    read = _READERS.get(term.get("datatype", "")) if term["type"] in {"literal", "typed-literal"} else None
    if read is None:
        return text
    try:
        return read(text)
    except (ValueError, ArithmeticError):
        return text  # RDF may say of a literal what it is not


def _polars(names: tuple[str, ...], rows: Sequence[Mapping[str, Any]], kinds: Mapping[str, str]) -> pl.DataFrame:
    import polars as pl

    types: Mapping[str, Any] = {
        "IRI": pl.String,
        "string": pl.String,
        "date": pl.Date,
        "dateTime": pl.Datetime("us", "UTC"),
        "integer": pl.Int64,
        "decimal": pl.Float64,
        "boolean": pl.Boolean,
    }
    series = [
        pl.Series(name, [_plain(row[name]) for row in rows], types.get(kinds.get(name, "")), strict=False)
        for name in names
    ]
    return pl.DataFrame(series)


def _pandas(names: tuple[str, ...], rows: Sequence[Mapping[str, Any]], kinds: Mapping[str, str]) -> pd.DataFrame:
    import pandas as pd

    types: Mapping[str, str] = {
        "IRI": "string",
        "string": "string",
        "date": "datetime64[s]",
        "dateTime": "datetime64[us, UTC]",
        "integer": "Int64",
        "decimal": "Float64",
        "boolean": "boolean",
    }
    frame = pd.DataFrame({name: pd.Series([_plain(row[name]) for row in rows], dtype=object) for name in names})
    known = {name: types[kind] for name, kind in kinds.items() if kind in types}
    return frame.astype(known) if known else frame.convert_dtypes()


def _plain(value: Value) -> Value:
    return float(value) if isinstance(value, Decimal) else value
