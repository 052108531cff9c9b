"""Workbooks: the parts of an .xlsx file, found by their relationships, and the rows of its sheets.

Only what says where a value stands is read: the list of sheets, the styles, the shared texts and the sheets. Pictures,
comments, printer settings and whatever else is in the archive stay closed, and nothing outside it is ever fetched.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from ewgraph.errors import InputError, LimitError, ParseError
from ewgraph.ingest.sheets.archive import Archive
from ewgraph.ingest.sheets.cell import SheetRow
from ewgraph.ingest.sheets.limits import Limits
from ewgraph.ingest.sheets.markup import tags
from ewgraph.ingest.sheets.merging import Merging, Range, range_of
from ewgraph.ingest.sheets.numberformat import Epoch, NumberFormat, built_in, number_format
from ewgraph.ingest.sheets.sharedstrings import SharedStrings, shared_texts
from ewgraph.ingest.sheets.storedvalue import Book
from ewgraph.ingest.sheets.worksheet import worksheet_rows

_TRUE: Final = frozenset({"1", "true"})
_MERGED: Final = (b"mergeCell", "mergeCell".encode("utf-16-le"))
_STYLE_LISTS: Final = frozenset(
    {"cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "numFmts", "fonts", "fills", "borders"}
)
_REMEDY: Final = "Open it in a spreadsheet program and save it again as .xlsx"
_OTHER_FORMATS: Final = {
    "mimetype": "an OpenDocument file (.ods)",
    "xl/workbook.bin": "a binary workbook (.xlsb)",
    "word/document.xml": "a text document (.docx)",
    "ppt/presentation.xml": "a presentation (.pptx)",
    "index/document.iwa": "a Numbers file",
}
_NEVER_FOLLOWED: Final = {
    "xl/externallinks/": "It links to other workbooks. They are not followed: what its cells showed last is read.",
    "xl/connections.xml": "It has connections to outside data. They are not followed: what is saved in it is read.",
}


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of a workbook.

    Attributes:
        part: the name of its part in the archive.
    """

    name: str
    hidden: bool
    part: str


class Workbook:
    """A workbook that was looked at: its sheets are known, and read when asked.

    Args:
        path: the file.
        name: what messages call it.

    Attributes:
        sheets: in the workbook's order.
        remarks: what whoever sent it should know.

    Raises:
        ParseError: it is no archive, or no workbook, or damaged.
        InputError: it has macros, or is of another format.
        LimitError: it holds too much.
    """

    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        self._path, self._name, self._limits = path, name, limits
        with Archive(path, name, limits) as archive:
            self._refuse_other_formats(archive)
            main = self._main_part(archive)
            relationships = self._relationships(archive, main)
            self._strings = _target(relationships, "sharedStrings")
            self._styles = _target(relationships, "styles")
            self._epoch, self.sheets = self._contents(archive, main, relationships)
            parts = archive.parts()
        self.remarks = [
            said for start, said in _NEVER_FOLLOWED.items() if any(part.startswith(start) for part in parts)
        ]

    def rows(self, sheet: SheetPart) -> Iterator[SheetRow]:
        """It yields the rows of a sheet that hold something, streamed from the file.

        Raises:
            ParseError: the sheet is damaged.
            LimitError: it holds too much.
        """
        book = self._book
        where = f"{self._name}, sheet {sheet.name!r}"
        with Archive(self._path, self._name, self._limits) as archive:
            merging = Merging(self._merged(archive, sheet, where))
            yield from worksheet_rows(archive.chunks(sheet.part), where, book, merging, self._limits)

    @cached_property
    def _book(self) -> Book:
        with Archive(self._path, self._name, self._limits) as archive:
            formats = self._formats(archive) if self._styles else []
            strings = SharedStrings()
            if self._strings:
                where = f"{self._name}, its shared texts"
                strings = SharedStrings(shared_texts(archive.chunks(self._strings), where, self._limits))
        return Book(strings, formats, self._epoch)

    def _refuse_other_formats(self, archive: Archive) -> None:
        for part, what in _OTHER_FORMATS.items():
            if part in archive:
                raise InputError(f"{self._name}: this is {what}, which is not read. Save it as .xlsx")
        for part in archive.parts():
            if part.endswith("vbaproject.bin") or part.startswith("xl/macrosheets/"):
                raise InputError(f"{self._name}: it has macros ({part!r}). Save it as .xlsx, which has none")

    def _main_part(self, archive: Archive) -> str:
        if "_rels/.rels" in archive and (main := _target(self._relationships(archive, ""), "officeDocument")):
            return main
        raise ParseError(f"{self._name}: this is an archive (.zip) without a workbook in it. Send the workbook itself")

    def _relationships(self, archive: Archive, source: str) -> dict[str, tuple[str, str]]:
        """The parts that a part refers to, within the archive: by the reference, the kind and the name of the part."""
        folder, _, file = source.rpartition("/")
        part = posixpath.join(folder, "_rels", f"{file}.rels")
        found: dict[str, tuple[str, str]] = {}
        for _, attributes in self._tags(archive, part, {"Relationship"}):
            if attributes.get("TargetMode", "Internal") == "Internal":
                target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = (kind, target)
        return found

    def _contents(
        self,
        archive: Archive,
        main: str,
        relationships: Mapping[str, tuple[str, str]],
    ) -> tuple[Epoch, tuple[SheetPart, ...]]:
        epoch, sheets = Epoch.SINCE_1900, list[SheetPart]()
        for tag, attributes in self._tags(archive, main, {"workbookPr", "sheet"}):
            if tag == "workbookPr" and attributes.get("date1904") in _TRUE:
                epoch = Epoch.SINCE_1904
            kind, part = relationships.get(attributes.get("id", ""), ("", ""))
            if tag == "sheet" and kind == "worksheet":
                hidden = attributes.get("state", "visible") != "visible"
                sheets.append(SheetPart(attributes.get("name", ""), hidden, part))
        if not sheets:
            raise ParseError(f"{self._name}: the workbook has no sheet of cells. {_REMEDY}")
        if len(sheets) > self._limits.sheets:
            raise LimitError(
                f"{self._name}: it has {len(sheets):,} sheets, over {self._limits.sheets:,}", limit="sheets"
            )
        return epoch, tuple(sheets)

    def _formats(self, archive: Archive) -> list[NumberFormat]:
        """The number format of each cell style, in order."""
        codes: dict[str, NumberFormat] = {}
        formats: list[NumberFormat] = []
        within = ""
        for tag, attributes in self._tags(archive, self._styles, _STYLE_LISTS | {"numFmt", "xf"}):
            number = attributes.get("numFmtId", "0")
            if tag in _STYLE_LISTS:
                within = tag
            elif tag == "numFmt" and within == "numFmts":
                codes[number] = number_format(attributes.get("formatCode", ""))
            elif tag == "xf" and within == "cellXfs":
                known = built_in(int(number)) if number.isdecimal() and len(number) < 9 else NumberFormat()
                formats.append(codes.get(number, known))
        return formats

    def _merged(self, archive: Archive, sheet: SheetPart, where: str) -> list[Range]:
        """The merged ranges of a sheet. They stand after its cells, and are looked for only where the word is there."""
        before = b""
        for chunk in archive.chunks(sheet.part):
            piece = before + chunk
            if any(word in piece for word in _MERGED):
                break
            before = piece[-len(_MERGED[1]) :]
        else:
            return []
        found: list[Range] = []
        for _, attributes in tags(archive.chunks(sheet.part), where, self._limits, {"mergeCell"}):
            merged = range_of(attributes.get("ref", ""))
            if merged is not None:
                found.append(merged)
            if len(found) > self._limits.merged:
                raise LimitError(
                    f"{where}: more than {self._limits.merged:,} ranges of cells are merged. Unmerge them",
                    limit="merged",
                )
        return found

    def _tags(
        self, archive: Archive, part: str, wanted: set[str] | frozenset[str]
    ) -> Iterator[tuple[str, Mapping[str, str]]]:
        chunks = archive.chunks(part, most=self._limits.part_bytes)
        return tags(chunks, f"{self._name}, its part {part!r}", self._limits, wanted)


def _target(relationships: Mapping[str, tuple[str, str]], kind: str) -> str:
    """The part of a kind, the first where there are several; empty where there is none."""
    return next((part for of_kind, part in relationships.values() if of_kind == kind), "")
