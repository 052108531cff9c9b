"""Disclosure forms as they should not be: good rows to begin with, and builders of files that no program writes."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias
from xml.sax.saxutils import escape

from ewgraph.ingest.mapping.identifier_token import token
from ewgraph.ingest.sheets.cell import column_letter
from ewgraph.model.rdf import IRI
from tests.ingest.sheets.raw_workbook import pack, parts, relationships, sheet, workbook

EXAMPLE: Final = "https://data.example.org/id/"
SELLER: Final = EXAMPLE + "hollowell"
CONTRACT, MODEL = "Aldermoor laptops 2024", "Velmora Slate 14"
HEADINGS: Final = (
    ("contract_name", "Contract"),
    ("model_name", "Product model"),
    ("tier", "Tier"),
    ("component", "Component"),
    ("site_name", "Site name"),
    ("native_name", "Name in the local language"),
    ("address", "Full address"),
    ("locality", "Town"),
    ("country", "Country"),
    ("valid_from", "Made here from"),
    ("valid_to", "No longer since"),
    ("comment", "Comment"),
    ("contract", "Contract identifier"),
    ("model", "Model identifier"),
    ("site", "Site identifier"),
)
LAST_ROW: Final = 1_048_576
Row: TypeAlias = Mapping[str, str]
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def row(site: str, /, **cells: str) -> dict[str, str]:
    """A row without fault, unless the cells say otherwise; what begins `<v>` or `<f>` is the inside of a cell."""
    return {
        "contract_name": CONTRACT,
        "model_name": MODEL,
        "tier": "Final assembly",
        "site_name": site,
        "address": f"{site} Road 1",
        "locality": "Suzhou",
        "country": "China",
        "valid_from": "2024-05-01",
        **cells,
    }


def hidden(name: str) -> str:
    """The identifier of something of the example, as a form hides it."""
    return token(IRI(EXAMPLE + name))


def table(*rows: Row) -> list[list[str]]:
    """The headings with the rows below, as texts."""
    return [
        [heading for _, heading in HEADINGS],
        *([each.get(name, "") for name, _ in HEADINGS] for each in rows),
    ]


def csv_of(lines: Sequence[Sequence[str]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """The lines as CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode(encoding)


def xml_of(lines: Sequence[Sequence[str]], first: int = 1) -> str:
    """The lines as rows of a sheet."""
    return "".join(
        f'<row r="{number}">{"".join(_cells(number, line))}</row>' for number, line in enumerate(lines, start=first)
    )


def _cells(number: int, line: Sequence[str]) -> Iterator[str]:
    for column, text in enumerate(line, start=1):
        place = f"{column_letter(column)}{number}"
        if text.startswith("#"):
            yield f'<c r="{place}" t="e"><f>VLOOKUP(1,A1:B2,2)</f><v>{text}</v></c>'
        elif text.startswith("="):
            yield f'<c r="{place}"><f>{escape(text[1:])}</f></c>'
        elif text:
            yield f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def xlsx(path: Path, *rows: Row, after: str = "", **more: str) -> Path:
    """A workbook with one sheet of such rows; `more` are further parts of it, by their names."""
    return book(path, xml_of(table(*rows)), after, **more)


def book(path: Path, data: str, after: str = "", **more: str) -> Path:
    """A workbook with one sheet, whose rows are given as XML, that every reader takes for a workbook."""
    shape = parts(data, after=after, workbook=workbook('<sheet name="Factory disclosure" sheetId="1" r:id="rId1"/>'))
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{_XLSX}.{kind}+xml"/>'
        for part, kind in (("xl/workbook.xml", "sheet.main"), ("xl/worksheets/sheet1.xml", "worksheet"))
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    return pack(path, {"[Content_Types].xml": types, **shape, **more})


def long_sheet(path: Path, rows: Sequence[Row], last: str = "") -> Path:
    """A workbook whose sheet goes to the last row there can be, the most of them with a format and nothing else."""
    lines = table(*rows)
    with zipfile.ZipFile(book(path, ""), "r") as made:
        contents = {name: made.read(name) for name in made.namelist()}
    head, tail = sheet("\0").split("\0")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in contents.items():
            if name != "xl/worksheets/sheet1.xml":
                archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as out:
            out.write((head + xml_of(lines)).encode())
            for first in range(len(lines) + 1, LAST_ROW, 50_000):
                formatted = range(first, min(first + 50_000, LAST_ROW))
                out.write("".join(f'<row r="{n}" spans="1:15" s="1" customFormat="1"/>' for n in formatted).encode())
            out.write(f'<row r="{LAST_ROW}" s="1" customFormat="1">{last}</row>{tail}'.encode())
    return path


def encrypted() -> bytes:
    """A compound file with a stream called EncryptedPackage, as programs write workbooks with a password."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0") + b"\x3e\0\x03\0\xfe\xff\x09\0\x06\0"
    entries = (
        name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", "EncryptionInfo", "EncryptedPackage")
    )
    return header.ljust(512, b"\0") + b"".join(entries).ljust(512, b"\0") + bytes(1024)


def bomb(path: Path) -> Path:
    """A small workbook whose sheet unpacks to 200 MB of blanks."""
    with zipfile.ZipFile(xlsx(path, row("Plant"))) as made:
        contents = {name: made.read(name) for name in made.namelist()}
    contents["xl/worksheets/sheet1.xml"] = sheet("\0").replace("\0", " " * 200_000_000).encode()
    return pack(path, contents)


def with_doctype(path: Path) -> Path:
    """A workbook whose sheet asks for a file of whoever reads it."""
    data = xml_of(table(row("&place;"))).replace("&amp;place;", "&place;")
    doctype = '<!DOCTYPE worksheet [<!ENTITY place SYSTEM "file:///etc/passwd">]>'
    return book(path, data, **{"xl/worksheets/sheet1.xml": doctype + sheet(data)})


def linked(path: Path, *rows: Row) -> Path:
    """A workbook that links to another one, on the web."""
    elsewhere = relationships(("externalLinkPath", "https://example.org/other.xlsx"), mode="External")
    return xlsx(
        path,
        *rows,
        **{
            "xl/externalLinks/externalLink1.xml": '<externalLink xmlns="http://x.invalid"/>',
            "xl/externalLinks/_rels/externalLink1.xml.rels": elsewhere,
        },
    )
