"""Every competency question has an answer, an empty answer, and an answer that shrinks for a stranger."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from ewgraph.catalogue import Catalogue
from ewgraph.model.changes import ChangeKind
from ewgraph.model.codes import ConflictKind
from ewgraph.model.gaps import GapState
from ewgraph.model.hop import Concerned
from ewgraph.validate.validator import Validator
from tests.competency.asking import HERE, Case, cases, records_of
from tests.competency.conftest import Worlds
from tests.conftest import ROOT

CASES = cases()
KINDS = {"answer", "empty", "stranger"}
UNKNOWN = "unknown"
LAST = {"A": 24, "C": 11, "M": 15, "R": 15, "I": 9, "P": 10, "N": 5}
"""The last of the questions of each kind of asker."""
WITHOUT_QUERY = {
    "A22": "which country has ratified what is not recorded",
    "C02": "what was refused is in the report of a submission, and not in the graph",
    "C09": "who sees a record is explained by the release policy, to whoever may know",
    "R11": "there is no median in SPARQL",
    "R13": "an answer without a source is another view, and no query",
    "R15": "which areas were in conflict or at high risk on a day is not recorded",
    "I03": "what a file would change is told by its dry run",
    "I04": "the same",
    "I05": "other forms are exports",
    "I06": "what a mapping leaves out is told by its report",
    "I08": "every answer says what to cite",
    "P07": "what is withheld is policy, and the same for all",
}
QUESTIONS = {f"{asker}{n:02}" for asker, last in LAST.items() for n in range(1, last + 1)} - WITHOUT_QUERY.keys()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.folder.name)
def test_the_answer_is_the_expected_one(case: Case, worlds: Worlds) -> None:
    assert worlds(case.world).ask(case) == case.expected()


@pytest.mark.parametrize("case", [case for case in CASES if case.kind == "stranger"], ids=lambda case: case.folder.name)
def test_a_stranger_gets_less_and_the_same_as_if_the_rest_did_not_exist(case: Case, worlds: Worlds) -> None:
    full = worlds(case.world)
    alike = [
        other
        for other in CASES
        if (other.query, other.parameters, other.now) == (case.query, case.parameters, case.now)
        and other.kind == "answer"
    ]
    assert alike, "no case asks the same for somebody who sees more"
    assert all(full.ask(case) != full.ask(other) for other in alike)
    alone = worlds(case.world, full.hidden_from(case))
    assert alone.ask(case) == full.ask(case)
    assert alone.cited(case) == full.cited(case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.folder.name)
def test_a_query_that_is_told_where_to_begin_finds_the_same(case: Case, worlds: Worlds, catalogue: Catalogue) -> None:
    if catalogue[case.query].closed_by is None:
        told, untold = worlds(case.world).told_and_untold(case)
        assert told == untold


def test_every_question_has_a_query_with_a_case_of_each_kind(catalogue: Catalogue) -> None:
    kinds = defaultdict(set)
    for case in CASES:
        kinds[case.query].add(case.kind)
    answering = [query for query in catalogue if QUESTIONS & set(query.question)]
    assert {question for query in answering for question in query.question} == QUESTIONS
    assert {query.id: KINDS - kinds[query.id] for query in answering if kinds[query.id] != KINDS} == {}


@pytest.mark.parametrize(
    ("query", "column", "values"),
    [
        ("disclosure-gaps", "state", {state.value for state in GapState}),
        ("what-changed", "change", {kind.value for kind in ChangeKind}),
        ("conflicts", "kind", {kind.value.rpartition("/")[2] for kind in ConflictKind}),
        ("exposed-to", "concerned", {concerned.value for concerned in Concerned}),
    ],
)
def test_every_way_in_which_it_can_be_answered_has_a_case(query: str, column: str, values: set[str]) -> None:
    answers = [case.expected() for case in CASES if case.query == query]
    assert {row[header.index(column)] for header, *rows in answers for row in rows} == values


@pytest.mark.parametrize("case", [case for case in CASES if case.kind == "empty"], ids=lambda case: case.folder.name)
def test_an_empty_answer_has_no_rows_or_says_unknown(case: Case) -> None:
    assert [row for row in case.expected()[1:] if UNKNOWN not in row] == []


@pytest.mark.parametrize("path", sorted(HERE.glob("*/records.trig")), ids=lambda path: path.parent.name)
def test_the_records_conform(path: Path) -> None:
    validator = Validator(ROOT / "shapes")
    reports = [validator.validate(quads[0].graph_name, quads) for quads in records_of(path)]  # type: ignore[arg-type]
    assert [result for report in reports if not report.conforms for result in report.results] == []


def test_the_columns_of_each_answer_are_those_of_the_query(catalogue: Catalogue) -> None:
    for case in CASES:
        assert case.expected()[0] == [column.name for column in catalogue[case.query].columns]
