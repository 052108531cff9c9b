"""How much of a file is read before it is refused whole."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may hold at most. A spreadsheet program's own limits are the highest that make sense for some.

    Attributes:
        file_bytes: the file as it came.
        uncompressed_bytes: all parts of a workbook together, as declared and as measured while they are read.
        ratio: how many bytes may come out of one byte of a part, once the part is `ratio_from_bytes` large.
        part_bytes: a part other than a sheet or the shared strings, such as the styles.
        token_bytes: one tag of XML, one line of CSV, or one text of JSON.
        item_bytes: one object of JSON with all that it holds, such as a release.
        depth: elements of XML, or objects and lists of JSON, within each other.
        members: files in a workbook's archive.
        sheets: sheets of a workbook.
        rows: the number of the last row.
        columns: the number of the last column.
        cells: cells of a sheet that hold something, those filled from merged ranges included; values of JSON.
        merged: merged ranges of a sheet.
        text: characters of a cell.
    """

    file_bytes: int = 200_000_000
    uncompressed_bytes: int = 4_000_000_000
    ratio: int = 200
    ratio_from_bytes: int = 16_000_000
    part_bytes: int = 32_000_000
    token_bytes: int = 1_000_000
    item_bytes: int = 64_000_000
    depth: int = 64
    members: int = 5_000
    sheets: int = 1_000
    rows: int = 1_048_576
    columns: int = 16_384
    cells: int = 50_000_000
    merged: int = 100_000
    text: int = 32_767
