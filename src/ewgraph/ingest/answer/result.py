"""One thing that is wrong with a file, the cell that says it, and the kinds that such things fall into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from ewgraph.ingest.sheets.cell import cell_name, column_letter
from ewgraph.validate.report import Severity


@dataclass(frozen=True, slots=True)
class CellResult:
    """One thing that is wrong or could be better, and the cell that says it.

    Attributes:
        sheet: the sheet's name; empty for a file without sheets.
        row: the row as the person sees it; None where the whole file is meant.
        column: 1 for A; None where the whole row is meant.
        heading: what the file calls the column; empty where unknown.
        value: what the cell says; None where something is missing.
        message: the English sentence.
        messages: the sentence by language tag.
        focus_node: the node of the record that it is about, an IRI or a blank node label with `_:`.
        path: the IRI of the property.
        shape: the IRI of the shape.
        component: the IRI of the constraint component; empty for a reading rule.
        hint: what was probably meant.
    """

    severity: Severity
    sheet: str
    row: int | None
    column: int | None
    heading: str
    value: str | None
    message: str
    messages: Mapping[str, str] = field(default_factory=dict)
    focus_node: str | None = None
    path: str | None = None
    shape: str = ""
    component: str = ""
    hint: str = ""

    @property
    def cell(self) -> str | None:
        """What a spreadsheet calls the cell; None where no single cell is meant."""
        return None if self.row is None or self.column is None else cell_name(self.row, self.column)

    def in_language(self, language: str) -> str:
        """The sentence in that language, in English where it is lacking."""
        return self.messages.get(language) or self.message

    def as_json(self) -> dict[str, Any]:
        """The result as JSON values; the column by its letters."""
        return {
            "sheet": self.sheet,
            "cell": self.cell,
            "row": self.row,
            "column": None if self.column is None else column_letter(self.column),
            "heading": self.heading,
            "value": self.value,
            "severity": self.severity.value,
            "message": self.message,
            "messages": dict(self.messages),
            "hint": self.hint,
            "focusNode": self.focus_node,
            "path": self.path,
            "sourceShape": self.shape,
            "sourceConstraintComponent": self.component,
        }

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> Self:
        """The result that `as_json` wrote."""
        return cls(
            severity=Severity(entry["severity"]),
            sheet=entry["sheet"],
            row=entry["row"],
            column=None if entry["column"] is None else column_number(entry["column"]),
            heading=entry["heading"],
            value=entry["value"],
            message=entry["message"],
            messages=entry["messages"],
            focus_node=entry["focusNode"],
            path=entry["path"],
            shape=entry["sourceShape"],
            component=entry["sourceConstraintComponent"],
            hint=entry["hint"],
        )


def column_number(letters: str) -> int:
    """The number of a column by its letters.

    >>> column_number("A"), column_number("AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


@dataclass(frozen=True, slots=True)
class Group:
    """All results of one kind.

    Attributes:
        message: what their English sentences have in common, `…` where they differ.
        messages: the same by language tag.
        count: how many there are.
        first: the first three.
    """

    shape: str
    severity: Severity
    message: str
    count: int
    first: tuple[CellResult, ...]
    messages: Mapping[str, str] = field(default_factory=dict)

    @property
    def more(self) -> int:
        """How many there are besides the first."""
        return self.count - len(self.first)

    def in_language(self, language: str) -> str:
        """The sentence in that language, in English where it is lacking."""
        return self.messages.get(language) or self.message

    def as_json(self) -> dict[str, Any]:
        """The group as JSON values."""
        return {
            "sourceShape": self.shape,
            "severity": self.severity.value,
            "message": self.message,
            "messages": dict(self.messages),
            "count": self.count,
            "first": [result.as_json() for result in self.first],
        }

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> Self:
        """The group that `as_json` wrote."""
        return cls(
            shape=entry["sourceShape"],
            severity=Severity(entry["severity"]),
            message=entry["message"],
            count=entry["count"],
            first=tuple(map(CellResult.from_json, entry["first"])),
            messages=entry["messages"],
        )
