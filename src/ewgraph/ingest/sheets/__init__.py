"""Tables in: workbooks, CSV and JSON files as sheets of rows of cells, streamed."""
