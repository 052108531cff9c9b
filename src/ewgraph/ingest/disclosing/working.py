"""Makes and checks the record of a batch of rows.

A row with a violation is kept out with all that it alone says, and what remains is made and checked again until it
conforms. Where the record itself is at fault, none of its rows gets in. Warnings and remarks are told and let in.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ewgraph.errors import RightsError
from ewgraph.ingest.disclosing.context import NAMED
from ewgraph.ingest.disclosing.obligations import answered
from ewgraph.ingest.disclosing.outcome import MadeRecord, Outcome, Setup, Task, packed
from ewgraph.ingest.disclosing.row_digest import said_by
from ewgraph.ingest.disclosing.statements import Described, Statement, described, statements_of
from ewgraph.ingest.disclosing.verdict import Verdict
from ewgraph.ingest.mapping import Batch, Made, Maker, load_mapping
from ewgraph.ingest.records import check_blank_nodes
from ewgraph.ingest.rights import reasons
from ewgraph.ledger import Packed
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Quad, RdfFormat, canonical_nquads, parse
from ewgraph.validate.crossing import CrossingRules
from ewgraph.validate.messages import Messages
from ewgraph.validate.record_graph import RecordGraph
from ewgraph.validate.report import Result
from ewgraph.validate.validator import Validator

_STATEMENTS: Final = terms.CLAIM_CLASSES | terms.ACTIVITY_CLASSES
_CONTRACTS: Final = frozenset({terms.scopeContract, terms.ofContract})


class Worker:
    """Makes and checks the records of a submission, one batch after the other."""

    def __init__(self, setup: Setup) -> None:
        self._mapping = load_mapping(setup.mapping)
        self._maker = Maker(self._mapping, setup.base, setup.kos)
        self._validator = Validator(setup.shapes, setup.least_workers)
        self._crossing = CrossingRules(setup.shapes)
        self._messages = Messages(setup.shapes)
        self._context = setup.context
        self._submitter = setup.submitter

    def outcome(self, task: Task) -> Outcome:
        """What becomes of a batch."""
        batch = task.batch
        verdict = Verdict(self._messages, batch.columns, self._shown(batch))
        made = self._maker.make(batch)
        revisions = [Quad(made.record, terms.PROV.wasRevisionOf, IRI(old), made.record) for old in task.revises]
        out: set[int] = set()
        while True:
            quads = [*made.quads(out), *revisions]
            graph = RecordGraph(made.record, quads)
            self._check_rights(made.record, quads)
            dropped = verdict.rows_to_drop(made, self._results(graph), out)
            if not dropped:
                break
            out |= dropped
            if len(out) == len(batch.rows):
                return _outcome(batch, out, None, verdict)
        left = replace(batch, rows=[row for row in batch.rows if row.number not in out])
        return _outcome(batch, out, self._record(task, left, made, quads, graph), verdict)

    def _check_rights(self, record: IRI, quads: Sequence[Quad]) -> None:
        """Refuse a record that is not for whoever hands it in to say.

        Raises:
            RightsError: it is not.
        """
        refused = reasons(self._submitter, record, quads)
        if refused:
            more = f" There are {len(refused) - 1} more reasons like this." if len(refused) > 1 else ""
            raise RightsError(f"{refused[0]}.{more}")

    def _shown(self, batch: Batch) -> dict[int, int]:
        """The columns that name in words what hidden ones identify, by the hidden column's number."""
        named_by = {
            column.name: column.named_by for table in self._mapping.tables.values() for column in table.columns.values()
        }
        return {
            column.number: batch.columns[named_by[name]].number
            for name, column in batch.columns.items()
            if named_by.get(name, "") in batch.columns
        }

    def _results(self, graph: RecordGraph) -> list[Result]:
        """What is wrong with a record by itself, and beside what is known already."""
        found = self._validator.validate_graph(graph).results
        named = (node for predicate in NAMED for node in graph.of_property(predicate))
        return [*found, *self._crossing.graph_results(graph, self._context.triples(named))]

    def _record(self, task: Task, batch: Batch, made: Made, quads: list[Quad], graph: RecordGraph) -> MadeRecord:
        """The record as it is stored.

        All its terms were made here, by constructors as strict as any reader: what is written can be read again.
        """
        nodes: Described = {node: list(graph.statements(node)) for node in graph.subjects}  # type: ignore[arg-type]  # RDF 1.1
        answers = answered(nodes, self._context)
        quads += [Quad(made.record, terms.fulfils, IRI(duty), made.record) for duty in sorted(answers)]
        check_blank_nodes(quads)
        asserts, describes = _roles(made.record, nodes)
        return MadeRecord(
            batch=batch.record,
            record=made.record.value,
            kind=made.kind.value,
            content=Packed.of(canonical_nquads(quads)),
            received_at=batch.given["receivedAt"],
            revises=task.revises,
            said=said_by(batch, self._mapping.text),
            asserts=asserts,
            describes=describes,
            statements=tuple(statements_of(nodes, self._context.names)),
            answers=answers,
            contracts=_contracts(nodes),
            claims=sum(predicate == terms.assertedIn for said in nodes.values() for predicate, _ in said),
            rows=tuple((row.sheet, row.number) for row in batch.rows),
        )

    def statements(self, content: bytes) -> list[Statement]:
        """What a stored record says, by its deflated N-Quads."""
        said = described(parse(zlib.decompress(content), format=RdfFormat.N_QUADS))
        return statements_of(said, self._context.names)


def _outcome(batch: Batch, out: set[int], made: MadeRecord | None, verdict: Verdict) -> Outcome:
    left_out = [row for row in batch.rows if row.number in out]
    return Outcome(
        batch=batch.record,
        series=batch.series,
        rows=len(batch.rows),
        let_in=len(batch.rows) - len(left_out),
        results=tuple(verdict.told),
        kept_out=packed(batch, left_out, verdict.told),
        made=made,
    )


def _roles(record: IRI, nodes: Described) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The claims and activities that a record states, and the entities that it describes."""
    stated: list[str] = []
    others: list[str] = []
    for node, said in nodes.items():
        if isinstance(node, IRI) and node != record:
            is_statement = any(name == terms.RDF.type and value in _STATEMENTS for name, value in said)
            (stated if is_statement else others).append(node.value)
    return tuple(stated), tuple(others)


def _contracts(nodes: Described) -> tuple[str, ...]:
    """The contracts that a record speaks of."""
    named = (value for said in nodes.values() for name, value in said if name in _CONTRACTS)
    return tuple(dict.fromkeys(value.value for value in named if isinstance(value, IRI)))
