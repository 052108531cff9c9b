"""The sheet as the page shows it: its own row numbers and column letters, wrong cells marked, what is said beneath."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from ewgraph.ingest.answer.markup import Child, element, link
from ewgraph.ingest.answer.report import CellResult
from ewgraph.ingest.answer.wording import ICONS, Wording, name
from ewgraph.ingest.sheets.cell import cell_name, column_letter
from ewgraph.validate.report import Severity

RowTexts: TypeAlias = Mapping[int, str]
_WHOLE_SHEET: Final = 60
_ORDER: Final = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Content:
    """What a sheet says.

    Attributes:
        rows: its rows by number, then by column; those with results and their neighbours are enough.
        headings: what its columns are called, by column.
    """

    rows: Mapping[int, RowTexts] = field(default_factory=dict)
    headings: RowTexts = field(default_factory=dict)


class SheetTable:
    """One sheet of the file with the results on it.

    Args:
        number: 1 for the first sheet; the fragment of its cell B9 is `#B9`, that of the second `#s2-B9`.
        sheet: its name.
        results: the results on it, with their numbers in the report.
        content: what the sheet says.
        words: the language.
    """

    def __init__(
        self,
        number: int,
        sheet: str,
        results: Sequence[tuple[int, CellResult]],
        content: Content,
        words: Wording,
    ) -> None:
        self._prefix = "" if number == 1 else f"s{number}-"
        self._sheet = sheet
        self._results = results
        self._words = words
        self._by_row: dict[int, list[tuple[int, CellResult]]] = {}
        for entry in results:
            if entry[1].row is not None:
                self._by_row.setdefault(entry[1].row, []).append(entry)
        self._rows = self._filled(content.rows)
        known = {result.column: result.heading for _, result in results if result.column and result.heading}
        self._headings = {**known, **content.headings}
        used = {column for row in self._rows.values() for column in row} | set(self._headings)
        self._columns = sorted(used | {result.column for _, result in results if result.column})

    def _filled(self, rows: Mapping[int, RowTexts]) -> dict[int, RowTexts]:
        """The rows with results and their neighbours, all rows of a small sheet."""
        wanted = set(rows) if len(rows) <= _WHOLE_SHEET else set()
        for row in self._by_row:
            wanted |= {row} | ({row - 1, row + 1} & set(rows))
        said = {
            row: {r.column: r.value for _, r in entries if r.column is not None and r.value is not None}
            for row, entries in self._by_row.items()
        }
        return {row: {**said.get(row, {}), **rows.get(row, {})} for row in sorted(wanted)}

    def fragment(self, result: CellResult) -> str:
        """The id of the place that the result is about; empty where it is the whole sheet."""
        if result.row is None:
            return ""
        return self._prefix + (result.cell or f"row-{result.row}")

    def elements(self) -> Iterator[ET.Element]:
        """What is said of the whole sheet, and the table."""
        if whole := [entry for entry in self._results if entry[1].row is None]:
            yield items_said(whole, self, self._words)
        if self._rows:
            label = name(self._sheet) or self._words.phrases.say("cells")
            attributes = {"class": "wide", "tabindex": "0", "role": "region", "aria-label": label}
            yield element("div", self._table(label), attributes=attributes)

    def _table(self, label: str) -> ET.Element:
        body = element("tbody")
        before: int | None = None
        for row in self._rows:
            if before is not None and row > before + 1:
                body.append(element("tr", self._across("⋮"), attributes={"class": "gap", "aria-hidden": "true"}))
            body.extend(self._row(row))
            before = row
        whole = len(self._rows) == max(self._rows) - min(self._rows) + 1
        caption = element("caption", label, "" if whole else f". {self._words.phrases.say('skip-rows')}")
        return element("table", caption, self._head(), body)

    def _head(self) -> ET.Element:
        corner = element("th", self._words.phrases.say("row-number"), attributes={"scope": "col", "class": "number"})
        letters = [element("th", column_letter(column), attributes={"scope": "col"}) for column in self._columns]
        head = element("thead", element("tr", corner, *letters, attributes={"class": "letters"}))
        if self._headings:
            names = [element("td", element("bdi", name(self._headings.get(column, "")))) for column in self._columns]
            head.append(element("tr", element("td"), *names, attributes={"class": "headings"}))
        return head

    def _row(self, row: int) -> Iterator[ET.Element]:
        entries = self._by_row.get(row, [])
        number = element(
            "th", str(row), attributes={"scope": "row", "class": "number", "id": f"{self._prefix}row-{row}"}
        )
        if own := [entry for entry in entries if entry[1].column is None]:
            number.set("class", f"number {_gravest(own).value}")
            number.append(self._mark(own))
        yield element("tr", number, *(self._cell(row, column) for column in self._columns))
        if entries:
            said = element("div", items_said(entries, self, self._words), attributes={"class": "beneath"})
            yield element("tr", self._across(said), attributes={"class": "said"})

    def _across(self, child: ET.Element | str) -> ET.Element:
        return element("td", child, attributes={"colspan": str(len(self._columns) + 1)})

    def _cell(self, row: int, column: int) -> ET.Element:
        text = element("bdi", name(self._rows[row].get(column, "")))
        own = [entry for entry in self._by_row.get(row, []) if entry[1].column == column]
        if not own:
            return element("td", text)
        attributes = {"class": _gravest(own).value, "id": self._prefix + cell_name(row, column)}
        return element("td", self._mark(own), " ", text, attributes=attributes)

    def _mark(self, entries: Sequence[tuple[int, CellResult]]) -> ET.Element:
        """The link from a place to what is said of it: icon and word, so that colour is not alone."""
        severity = _gravest(entries)
        icon = element("span", ICONS[severity], attributes={"aria-hidden": "true"})
        return link(f"m{entries[0][0]}", icon, f" {self._words.severity(severity)}", kind="mark")


def items_said(entries: Sequence[tuple[int, CellResult]], table: SheetTable, words: Wording) -> ET.Element:
    """What is said of each place, each with a link to it."""
    said = element("ul", attributes={"class": "messages"})
    for number, result in entries:
        place = (
            name(result.heading) if result.row is None else result.cell or words.phrases.say("row", row=str(result.row))
        )
        fragment = table.fragment(result)
        where = link(fragment, place) if fragment else element("bdi", place)
        badge = element("strong", f"{ICONS[result.severity]} {words.severity(result.severity)}")
        badge.set("class", f"word-{result.severity.value}")
        hint: list[Child] = [" ", element("em", words.hint(result))] if result.hint else []
        text = element("bdi", words.message(result))
        said.append(element("li", badge, " ", where, ": ", text, *hint, attributes={"id": f"m{number}"}))
    return said


def _gravest(entries: Sequence[tuple[int, CellResult]]) -> Severity:
    return min((result.severity for _, result in entries), key=_ORDER.index)
