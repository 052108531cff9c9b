"""The report as one HTML file that needs nothing else: no script, no network, print and dark mode included."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from ewgraph.ingest.answer.markup import Child, document, element, items, link
from ewgraph.ingest.answer.report import CellResult, DisclosureReport, Group
from ewgraph.ingest.answer.sheet_table import Content, RowTexts, SheetTable
from ewgraph.ingest.answer.wording import ICONS, Wording, name

MOST_SHOWN: Final = 1_000
_MOST_CHANGES: Final = 200
_STYLE: Final = Path(__file__).with_name("page.css")


def render(
    report: DisclosureReport,
    language: str = "en",
    rows: Mapping[tuple[str, int], RowTexts] | None = None,
    headings: Mapping[str, RowTexts] | None = None,
) -> str:
    """The report as a page. Of many results the first 1,000 are shown on their cells; the groups count all.

    Args:
        report: what to tell.
        language: the language of the page; English for one that is not spoken.
        rows: what the rows of the file say, by sheet and row, then by column: those with results and their neighbours
            are enough. Without them, only the wrong cells have a value.
        headings: what the columns are called, by sheet, then by column.
    """
    return _Page(report, Wording(report, language), rows or {}, headings or {}).text()


class _Page:
    def __init__(
        self,
        report: DisclosureReport,
        words: Wording,
        rows: Mapping[tuple[str, int], RowTexts],
        headings: Mapping[str, RowTexts],
    ) -> None:
        self._report = report
        self._words = words
        self._say = words.phrases.say
        by_sheet: dict[str, list[tuple[int, CellResult]]] = {}
        for entry in enumerate(report.results[:MOST_SHOWN], start=1):
            by_sheet.setdefault(entry[1].sheet, []).append(entry)
        self._tables = {
            sheet: SheetTable(number, sheet, entries, _content(sheet, rows, headings), words)
            for number, (sheet, entries) in enumerate(by_sheet.items(), start=1)
        }
        self._shown = {_place(result) for entries in by_sheet.values() for _, result in entries}

    def text(self) -> str:
        words = self._words
        head = element(
            "head",
            element("meta", attributes={"charset": "utf-8"}),
            element("meta", attributes={"name": "viewport", "content": "width=device-width, initial-scale=1"}),
            element("meta", attributes={"name": "referrer", "content": "no-referrer"}),
            element("title", words.title),
            element("style", _STYLE.read_text(encoding="utf-8")),
        )
        facts = [
            element("div", element("dt", label), element("dd", element("bdi", text))) for label, text in words.facts
        ]
        header = element("header", element("h1", words.title), element("dl", *facts, attributes={"class": "facts"}))
        footer = element("footer", f"SHA-256 {name(self._report.sha256)}")
        body = element("body", header, element("main", *self._sections()), footer)
        return document(element("html", head, body, attributes={"lang": words.phrases.language}))

    def _sections(self) -> Iterator[ET.Element]:
        words, report = self._words, self._report
        yield _section(
            "summary",
            self._say("summary"),
            items(words.totals, "totals"),
            element("p", words.next_step, attributes={"class": "next"}),
        )
        if report.difference is not None:
            yield _section("difference", words.difference_title, *self._difference())
        if report.obligations:
            yield _section("obligations", self._say("obligations"), items(map(words.duty, report.obligations)))
        groups = list(map(self._group, report.groups)) or [element("p", self._say("nothing-found"))]
        yield _section("groups", self._say("groups"), *groups)
        if self._tables:
            yield _section("cells", self._say("cells"), *self._sheets())
        if notes := self._notes():
            yield _section("notes", self._say("notes"), items(notes))

    def _notes(self) -> list[str]:
        cut = len(self._report.results) > MOST_SHOWN
        own = [self._say("more-results", n=MOST_SHOWN)] if cut and not self._report.more_results else []
        return [*self._words.notes, *own]

    def _difference(self) -> Iterator[ET.Element]:
        difference = self._report.difference
        assert difference is not None  # noqa: S101  # asked before
        yield items(self._words.difference_counts, "totals")
        listed = difference.changes[:_MOST_CHANGES]
        lines = [
            element("li", element("strong", self._say(change.kind)), " ", element("bdi", self._words.change(change)))
            for change in listed
        ]
        if lines:
            yield element("ul", *lines)
        if more := difference.more + len(difference.changes) - len(listed):
            yield element("p", self._say("more", n=more))

    def _group(self, group: Group) -> ET.Element:
        words = self._words
        badge = element("strong", f"{ICONS[group.severity]} {words.severity(group.severity)}")
        badge.set("class", f"word-{group.severity.value}")
        count = element("span", f" ({words.phrases.count('times', group.count)}) ", attributes={"class": "count"})
        title = element("h3", badge, count, element("bdi", words.group(group)))
        first: list[Child] = [element("li", *self._first(result)) for result in group.first]
        if group.more:
            first.append(element("li", self._say("more", n=group.more)))
        return element("div", title, element("ul", *first), attributes={"class": f"group {group.severity.value}"})

    def _first(self, result: CellResult) -> Iterator[Child]:
        table = self._tables.get(result.sheet)
        target = table.fragment(result) if table and _place(result) in self._shown else ""
        place = self._words.place(result)
        yield link(target, place) if target else place
        for text in (self._words.value(result), name(result.heading), self._words.hint(result)):
            if text:
                yield " · "
                yield element("bdi", text)

    def _sheets(self) -> Iterator[ET.Element]:
        for sheet, table in self._tables.items():
            if sheet:
                yield element("h3", f"{self._say('sheet')}: ", element("bdi", name(sheet)))
            yield from table.elements()


def _content(sheet: str, rows: Mapping[tuple[str, int], RowTexts], headings: Mapping[str, RowTexts]) -> Content:
    return Content({row: texts for (of, row), texts in rows.items() if of == sheet}, headings.get(sheet, {}))


def _place(result: CellResult) -> tuple[str, int | None, int | None]:
    return result.sheet, result.row, result.column


def _section(name_of: str, title: str, *children: Child) -> ET.Element:
    heading = element("h2", title, attributes={"id": name_of})
    return element("section", heading, *children, attributes={"aria-labelledby": name_of})
