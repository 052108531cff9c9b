"""Tables in: workbooks, CSV and JSON files as sheets of rows of cells, streamed.

`open_document` says what a file is and which sheets it has; `Sheet.rows` reads one, as often as asked, in bounded
memory. A file that could do harm, or cannot be read rightly, is refused whole: what is wrong, and what to do about it.
"""

from ewgraph.ingest.sheets.cell import Cell, Kind, SheetRow, cell_name, column_letter, column_number
from ewgraph.ingest.sheets.document import Document, Form, Sheet, open_document
from ewgraph.ingest.sheets.limits import Limits

__all__ = [
    "Cell",
    "Document",
    "Form",
    "Kind",
    "Limits",
    "Sheet",
    "SheetRow",
    "cell_name",
    "column_letter",
    "column_number",
    "open_document",
]
