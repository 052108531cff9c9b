from collections.abc import Callable
from pathlib import Path

import pytest

from ewgraph.ingest.sheets import Cell, Document, Limits, SheetRow, cell_name, open_document
from tests.ingest.sheets.raw_workbook import pack, parts

Told = Callable[..., list[SheetRow]]


@pytest.fixture
def rows(tmp_path: Path) -> Told:
    """The rows of a raw workbook with one sheet."""

    def read(data: str = "", limits: Limits | None = None, **changed: str) -> list[SheetRow]:
        path = pack(tmp_path / "sites.xlsx", parts(data, **changed))
        (only,) = open_document(path, "sites.xlsx", limits).sheets
        return list(only.rows())

    return read


@pytest.fixture
def cells(rows: Told) -> Callable[..., dict[str, Cell]]:
    """The cells of a raw workbook with one sheet, by the name that a person gives them."""

    def read(data: str = "", **changed: str) -> dict[str, Cell]:
        return {cell_name(row.number, at): cell for row in rows(data, **changed) for at, cell in row.cells.items()}

    return read


@pytest.fixture
def texts(cells: Callable[..., dict[str, Cell]]) -> Callable[..., dict[str, str]]:
    def read(data: str = "", **changed: str) -> dict[str, str]:
        return {name: cell.text for name, cell in cells(data, **changed).items()}

    return read


@pytest.fixture
def document(tmp_path: Path) -> Callable[..., Document]:
    """A document of these bytes, under this name."""

    def opened(content: bytes, name: str = "sites.csv", limits: Limits | None = None) -> Document:
        path = tmp_path / "kept"
        path.write_bytes(content)
        return open_document(path, name, limits)

    return opened
