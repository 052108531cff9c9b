"""Quads sorted into records, and what a record's graph must be before it is worth validating.

Its name must be one that a record may have, and its blank nodes must be small trees: canonicalisation (RDFC-1.0) takes
time without end on blank nodes that are tangled on purpose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ewgraph.errors import InputError, ParseError
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, BlankNode, DefaultGraph, Literal, Quad, Triple, iri

MOST_BLANK_NODES: Final = 10_000
DEEPEST: Final = 3
MOST_CHILDREN: Final = 3

_OURS: Final = "https://w3id.org/ewgraph/"
_RESERVED: Final = ("ns", "kos", "shapes", "audience", "projection", "vocabulary", "genid")
_STATEMENTS: Final = terms.CLAIM_CLASSES | terms.ACTIVITY_CLASSES
_CODE_LISTS: Final = ("http://data.europa.eu/cpv/", "http://publications.europa.eu/resource/authority/")
_NEVER_DESCRIBED: Final = ("audience", "projection", "vocabulary", "genid")


@dataclass(frozen=True, slots=True)
class RecordSource:
    """One record as a file gives it.

    Attributes:
        file: the name of the file.
        record: its IRI, the name of its graph.
        problems: why it cannot be a record, whatever its shapes say; empty as a rule.
    """

    file: str
    record: IRI
    quads: tuple[Quad, ...]
    problems: tuple[str, ...] = ()

    @property
    def kind(self) -> IRI:
        """Its record class; `ew:Record` where it has none, which validation refuses."""
        kinds = [
            quad.object
            for quad in self.quads
            if quad.subject == self.record and quad.predicate == terms.RDF.type and quad.object in terms.RECORD_CLASSES
        ]
        return kinds[0] if kinds and isinstance(kinds[0], IRI) else terms.Record

    @property
    def received_at(self) -> str:
        """The instant that it states, as written there; empty where it states none, which validation refuses."""
        stated = (q.object for q in self.quads if q.subject == self.record and q.predicate == terms.receivedAt)
        return next((value.value for value in stated if isinstance(value, Literal)), "")

    @property
    def revises(self) -> tuple[IRI, ...]:
        """The records that it replaces."""
        return tuple(
            quad.object
            for quad in self.quads
            if quad.subject == self.record
            and quad.predicate == terms.PROV.wasRevisionOf
            and isinstance(quad.object, IRI)
        )

    @property
    def asserts(self) -> tuple[IRI, ...]:
        """The claims and activities that it states, each once."""
        stated = (
            quad.subject
            for quad in self.quads
            if quad.predicate == terms.RDF.type and quad.object in _STATEMENTS and isinstance(quad.subject, IRI)
        )
        return tuple(dict.fromkeys(stated))

    @property
    def describes(self) -> tuple[IRI, ...]:
        """The entities that it describes, each once."""
        others = {self.record, *self.asserts}
        subjects = dict.fromkeys(quad.subject for quad in self.quads)
        return tuple(node for node in subjects if isinstance(node, IRI) and node not in others)


def records_of(file: str, quads: Iterable[Quad]) -> tuple[RecordSource, ...]:
    """The records of a file, in the order in which they begin; a graph in several blocks is one record.

    Raises:
        ParseError: a statement stands in no named graph, or there is no record at all.
    """
    graphs: dict[IRI, dict[Quad, None]] = {}
    for quad in quads:
        if isinstance(quad.graph_name, DefaultGraph):
            raise ParseError(
                f"{file}: there are statements outside a record's graph, about {quad.subject}. "
                "Put each statement into a graph that is named by its record's IRI",
            )
        if isinstance(quad.graph_name, BlankNode):
            raise ParseError(f"{file}: a graph has no IRI, only {quad.graph_name}. Name it by its record's IRI")
        graphs.setdefault(quad.graph_name, {})[quad] = None
    if not graphs:
        raise ParseError(f"{file}: there is no record in it. A record is a graph named by the record's IRI")
    shared = _shared_blank_nodes(graphs)
    circular = _circular(graphs)
    return tuple(
        RecordSource(file, record, tuple(held), tuple(_problems(record, held, shared, circular)))
        for record, held in graphs.items()
    )


def _problems(
    record: IRI,
    quads: Iterable[Quad],
    shared: frozenset[IRI],
    circular: frozenset[IRI],
) -> Iterator[str]:
    if _is_reserved(record, _RESERVED):
        yield f"{record.value!r} cannot name a record: that address belongs to the vocabulary and the service"
    if record in shared:
        yield "a node without a name stands in two records: give it an IRI"
    if record in circular:
        yield "its prov:wasRevisionOf run in a circle within this file: a record cannot replace what replaces it"
    if record.value.startswith(_CODE_LISTS):
        yield f"{record.value!r} cannot name a record: it is a term of a code list"
    for node in {quad.subject for quad in quads if isinstance(quad.subject, IRI)}:
        if node.value.startswith(_CODE_LISTS):
            yield f"{node.value!r} is a term of a code list: a record may name it, not describe it"
        if _is_reserved(node, _NEVER_DESCRIBED):
            yield f"{node.value!r} belongs to the service: a record cannot describe it"
    try:
        check_blank_nodes(quads)
    except InputError as error:
        yield str(error)


def _is_reserved(node: IRI, names: Iterable[str]) -> bool:
    rest = node.value.removeprefix(_OURS)
    return rest != node.value and rest.replace("#", "/").split("/")[0] in names


def _shared_blank_nodes(graphs: dict[IRI, dict[Quad, None]]) -> frozenset[IRI]:
    """The records that share a blank node with another: the ledger would keep two nodes where the file has one."""
    owners: dict[BlankNode, IRI] = {}
    shared: set[IRI] = set()
    for record, quads in graphs.items():
        for quad in quads:
            for node in (quad.subject, quad.object):
                if isinstance(node, BlankNode) and owners.setdefault(node, record) != record:
                    shared |= {record, owners[node]}
    return frozenset(shared)


def _circular(graphs: dict[IRI, dict[Quad, None]]) -> frozenset[IRI]:
    """The records that, by way of other records of the file, revise themselves."""
    revised: dict[IRI, list[IRI]] = {
        record: [
            quad.object
            for quad in quads
            if quad.subject == record and quad.predicate == terms.PROV.wasRevisionOf and isinstance(quad.object, IRI)
        ]
        for record, quads in graphs.items()
    }
    return frozenset(record for record in revised if record in _ancestry(revised, revised[record]))


def _ancestry(revised: dict[IRI, list[IRI]], starts: Iterable[IRI]) -> set[IRI]:
    seen: set[IRI] = set()
    waiting = list(starts)
    while waiting:
        record = waiting.pop()
        if record not in seen:
            seen.add(record)
            waiting += revised.get(record, ())
    return seen


def check_blank_nodes(quads: Iterable[Quad]) -> None:
    """Let pass only what canonicalises at once: few blank nodes, in shallow trees, and no statements about statements.

    Raises:
        InputError: they are too many, shared, circular, or nested too deeply or too widely; or a term is a statement.
    """
    parents = _parents(quads)
    if len(parents) > MOST_BLANK_NODES:
        raise InputError(f"it has {len(parents):,} nodes without a name, more than {MOST_BLANK_NODES:,}. {_NAME_IT}")
    for node in parents:
        depth, above = 0, parents[node]
        while isinstance(above, BlankNode):
            depth, above = depth + 1, parents[above]
            if depth >= DEEPEST:
                raise InputError(f"nodes without a name stand more than {DEEPEST} deep, or in a circle. {_NAME_IT}")
    children = Counter(parent for parent in parents.values() if isinstance(parent, BlankNode))
    if max(children.values(), default=0) > MOST_CHILDREN:
        raise InputError(f"a node without a name has more than {MOST_CHILDREN} of its own kind below it. {_NAME_IT}")


def _parents(quads: Iterable[Quad]) -> dict[BlankNode, IRI | BlankNode | None]:
    """What leads to each blank node; None where nothing does.

    Raises:
        InputError: two statements lead to one, or a term is a statement.
    """
    parents: dict[BlankNode, IRI | BlankNode | None] = {}
    for quad in quads:
        if isinstance(quad.subject, Triple) or isinstance(quad.object, Triple):
            raise InputError(
                "it has a statement about a statement, which cannot be stored. Make it a claim with an IRI"
            )
        if isinstance(quad.subject, BlankNode):
            parents.setdefault(quad.subject, None)
        if isinstance(quad.object, BlankNode):
            if parents.get(quad.object) is not None:
                raise InputError(f"the node {quad.object} without a name is the value of two statements. {_NAME_IT}")
            parents[quad.object] = quad.subject
    return parents


_NAME_IT: Final = "Give these nodes IRIs"


def one_record(file: str, quads: Iterable[Quad]) -> tuple[RecordSource, ...]:
    """The one record of a file whose format has no graph names: the graph takes the name of its record node.

    Raises:
        ParseError: there is no record node, or more than one.
    """
    held = list(quads)
    nodes = dict.fromkeys(
        quad.subject for quad in held if quad.predicate == terms.RDF.type and quad.object in terms.RECORD_CLASSES
    )
    if len(nodes) != 1:
        found = ", ".join(str(node) for node in nodes) or "none"
        raise ParseError(
            f"{file}: a Turtle file describes exactly one record, such as an ew:Disclosure; found: {found}. "
            "Use TriG for several",
        )
    record = next(iter(nodes))
    if not isinstance(record, IRI):
        raise ParseError(f"{file}: its record has no IRI, only {record}. Name it")
    return records_of(file, [Quad(quad.subject, quad.predicate, quad.object, iri(record.value)) for quad in held])
