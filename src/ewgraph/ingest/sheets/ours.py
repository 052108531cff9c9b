"""The names of the sheets that an annotated workbook has besides its own: readers pass over them."""

from __future__ import annotations

from typing import Final

MARKS_SHEET: Final = "ewgraph marks"
CHECK_SHEETS: Final = frozenset(
    {MARKS_SHEET, "ewgraph Check", "ewgraph Prüfung", "ewgraph Kontroll", "ewgraph Revisión"}
)
"""As `answer/phrases.toml` titles them."""
