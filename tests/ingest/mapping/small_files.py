"""Small files in memory, as the readers of files would give them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ewgraph.ingest.mapping import Batch, Made, Maker, Reader, TableMapping, parse_mapping
from ewgraph.ingest.sheets.cell import Cell, Kind, SheetRow
from ewgraph.ingest.sheets.document import Document, Sheet
from tests.ingest.trig_files import ROOT

KOS = ROOT / "ontology" / "kos"
BASE = "https://data.example.org/"
GIVEN = {"submitter": f"{BASE}id/brand", "receivedAt": "2024-06-01T00:00:00Z"}

Row = Sequence[str | Cell | None]


def sheet(rows: Sequence[Row], name: str = "Sites", *, hidden: bool = False, hides: Sequence[int] = ()) -> Sheet:
    """A sheet with these cells from row 1 on; None and an empty text are empty cells."""
    held = [
        SheetRow(
            number,
            {
                column: cell if isinstance(cell, Cell) else Cell(cell)
                for column, cell in enumerate(row, start=1)
                if cell
            },
            number in hides,
        )
        for number, row in enumerate(rows, start=1)
    ]

    def read() -> Iterator[SheetRow]:
        return iter([row for row in held if row.cells])

    return Sheet(name, hidden, read)


def document(*sheets: Sheet, path: Path = Path("list.xlsx"), form: str = "xlsx") -> Document:
    """A document with these sheets."""
    return Document("list.xlsx", path, "0" * 64, form, tuple(sheets))  # type: ignore[arg-type]


def number(text: str) -> Cell:
    return Cell(text, Kind.NUMBER)


def mapping(
    columns: str, rest: str = "", properties: str = "", table: str = "", *, kind: str = "ew:Site", head: str = ""
) -> TableMapping:
    """A mapping of one table with these columns, whose rows each say something of one node."""
    return parse_mapping(
        "small",
        f"""summary = "a small one"
        [[table]]
        name = "things"
        {table}
        {columns}
        [[record]]
        name = "things"
        iri = "record/{{digest}}"
        {rest}
        [record.properties]
        "rdf:type" = {{ iri = "ew:Disclosure" }}
        {head}
        [[record.row]]
        name = "thing"
        iri = "thing/{{row}}"
        [record.row.properties]
        "rdf:type" = {{ iri = "{kind}" }}
        {properties}
        """,
    )


def column(name: str, **more: str) -> str:
    """A column of a mapping; the heading is its name unless another is given."""
    keys = {"headings": f'["{name}"]', **more}
    return "\n".join(["[[table.column]]", f'name = "{name}"', *(f"{key} = {value}" for key, value in keys.items()), ""])


def reader(of: TableMapping, *sheets: Sheet, given: Mapping[str, str] | None = None) -> Reader:
    return Reader(of, document(*sheets), GIVEN | dict(given or {}), kos=KOS)


def made(of: TableMapping, *sheets: Sheet, given: Mapping[str, str] | None = None) -> list[Made]:
    """All records of a file."""
    return [made_of(of, batch) for batch in reader(of, *sheets, given=given).batches()]


def made_of(of: TableMapping, batch: Batch) -> Made:
    return Maker(of, BASE, KOS).make(batch)


def said(of: Made, predicate: str) -> list[str]:
    """The values of a property by its local name, in the order of the rows."""
    return [
        quad.object.value  # type: ignore[union-attr]
        for row in of.rows
        for quad in row.quads
        if quad.predicate.value.rsplit("#", 1)[-1].rsplit("/", 1)[-1] == predicate
    ]
