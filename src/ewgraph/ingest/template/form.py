"""How a form is written: with which mapping, in which words, on which day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from ewgraph.ingest.mapping.language import TableMapping
from ewgraph.ingest.template.words import Words


@dataclass(frozen=True, slots=True)
class Form:
    """How a form is written.

    Attributes:
        mapping: the mapping that reads it: its table says what the columns are called.
        words: what is said beside the headings.
        folder: the folder of the code lists.
        written_on: the day that the form bears.
    """

    mapping: TableMapping
    words: Words
    folder: Path
    written_on: dt.date
