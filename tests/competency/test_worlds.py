"""Synthetic worlds whose answers an independent program computed: the contracts that touch a site.

The table lists the contracts of an answer by IRI. The order that an answer promises is strongest scope, strongest
basis, fewest hops, IRI: the rows are put into it here, from the table's own values, and compared in it.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from ewgraph.catalogue import Catalogue
from ewgraph.model.codes import EvidenceBasis, Scope
from ewgraph.model.rdf import iri
from ewgraph.trace import contracts_touching
from tests.competency.asking import World

Row = tuple[str, str, str, int]


def promised_order(row: Row) -> tuple[int, int, int, str]:
    contract, scope, basis, hops = row
    return -(Scope[scope].rank or 0), -(EvidenceBasis[basis].rank or 0), hops, contract


@pytest.mark.parametrize("name", ["world-0", "world-1"])
def test_every_answer_of_the_world(shared_data: Path, catalogue: Catalogue, name: str) -> None:
    folder = shared_data / "worlds"
    if not (folder / f"{name}.trig").is_file():
        pytest.skip(f"the world is not here: {folder / name}")
    world = World(folder / f"{name}.trig", catalogue)
    expected: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    with (folder / f"{name}.expected.tsv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            answer = expected[row["reader"], row["site"], row["validAt"], row["knownAt"]]
            if row["contract"]:
                answer.append((row["contract"], row["scope"], row["basis"], int(row["hops"])))
    assert len(expected) > 50
    wrong = {}
    for (reader, site, valid_at, known_at), answer in expected.items():
        view = world.view(reader, valid_at, known_at)
        got = [
            (touch.contract.value, touch.scope.name, touch.basis.name, len(touch.path))
            for touch in contracts_touching(view, catalogue, iri(site))
        ]
        if got != sorted(answer, key=promised_order):
            wrong[reader, site, valid_at, known_at] = (got, answer)
    world.close()
    assert wrong == {}
