"""Worlds and cases: a folder with `records.trig` is a world; a folder in it with `case.toml` asks it a question."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from ewgraph.access import View, parse_principal
from ewgraph.catalogue import Catalogue
from ewgraph.model.rdf import IRI, Quad, Term
from ewgraph.trace import Answer
from ewgraph.web.ask import answer, bound, citation
from ewgraph.web.table import Table
from tests.conftest import OPERATOR, ROOT, House, TickingClock, by_definition, by_record, draft

HERE = Path(__file__).parent
Row: TypeAlias = tuple[Term | None, ...]
LATEST = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Case:
    """A stored query asked by somebody at some time, and its answer.

    Attributes:
        kind: `answer`; `empty`, where nothing is recorded; `stranger`, where a reader sees less than another.
    """

    folder: Path
    query: str
    kind: str
    principal: str
    now: dt.datetime
    parameters: dict[str, str]

    @property
    def world(self) -> Path:
        return self.folder.parent / "records.trig"

    def expected(self) -> list[list[str]]:
        """The header and the rows of the file."""
        text = (self.folder / "expected.tsv").read_text(encoding="utf-8")
        return [line.split("\t") for line in text.splitlines()]


def cases() -> list[Case]:
    """Every case, by the name of its folder."""
    found = []
    for path in sorted(HERE.glob("*/*/case.toml")):
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        parameters = given.pop("parameters", {})
        found.append(Case(folder=path.parent, parameters=parameters, **given))
    return found


def records_of(path: Path) -> list[list[Quad]]:
    """The quads of each record of a TriG file."""
    return by_record(path.read_text(encoding="utf-8"))


class World:
    """The records of a file in a ledger and a graph, with the ontology and its code lists."""

    def __init__(self, path: Path, catalogue: Catalogue, without: Collection[IRI] = ()) -> None:
        self.clock = TickingClock(LATEST)
        self._house = House(Path(":memory:"), self.clock, catalogue)
        source = self._house.ledger.keep_source(path.name, path.read_bytes())
        self.records = [draft(quads, source, OPERATOR) for quads in records_of(path)]
        self._house.ledger.append([record for record in self.records if record.iri not in without])
        self._house.projector_of(self._house.store, ROOT / "ontology").catch_up()
        self._house.follow()

    def ask(self, case: Case) -> list[list[str]]:
        """The columns and the rows of the answer, values in plain text."""
        table, _ = self.answer(case)
        return [list(table.columns), *([plain(value) for value in row] for row in table.rows)]

    def cited(self, case: Case) -> dict[str, str]:
        """What there is to cite for the answer."""
        return citation(self.answer(case)[1], case.parameters)

    def answer(self, case: Case) -> tuple[Table, Answer[Any]]:
        """The answer by the index, which the definition bears out."""
        self.clock.time = case.now
        view = self._house.gate.view(parse_principal(case.principal))
        found = answer(view, self._house.catalogue, case.query, case.parameters)
        assert found[0] == answer(by_definition(view), self._house.catalogue, case.query, case.parameters)[0]
        return found

    def told_and_untold(self, case: Case) -> tuple[Counter[Row], Counter[Row]]:
        """The solutions of the text that is told of which things it is asked, and of the text as it stands."""
        self.clock.time = case.now
        view, query = self._house.gate.view(parse_principal(case.principal)), self._house.catalogue[case.query]
        bindings = bound(view, query, case.parameters)
        untold = self._house.store.select(query.text, view.graphs, bindings)[1]
        return Counter(view.select(query, bindings).rows), Counter(untold)

    def view(self, reader: str, valid_at: str, known_at: str) -> View:
        """The reader's view as of a day and an instant."""
        return self._house.view(reader, valid_at, known_at)

    def hidden_from(self, case: Case) -> list[IRI]:
        """The records that the case's reader may not see."""
        view = self._house.gate.view(parse_principal(case.principal))
        return [record.iri for record in self.records if not view.knows(record.iri)]

    def close(self) -> None:
        self._house.ledger.close()


def plain(term: Term | None) -> str:
    """The IRI or the text of a value; nothing where there is none."""
    return "" if term is None else term.value
