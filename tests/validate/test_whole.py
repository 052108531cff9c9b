"""After any change, what was kept up is what a full run finds, and what pySHACL finds."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ewgraph.graph.audience import AFFILIATES, PUBLIC, STAFF, organization_graph
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.model.rdf import IRI, Quad, Triple
from ewgraph.validate.crossing import CrossingRules
from ewgraph.validate.whole import Select, WholeGraph, staff_select, whole_graph
from tests.validate.crossing_worlds import ROOT, Place, named, place, pyshacl_places, shapes_graph, triples

RULES = CrossingRules(ROOT / "shapes")
GRAPHS = (PUBLIC, STAFF)


def _pool() -> list[Triple]:
    """Statements that the rules turn on; any of them may be there or not."""
    lines = [
        "ex:R prov:wasAttributedTo ex:o , ex:p . ex:S ew:onBehalfOf ex:o . ex:S a ew:DueDiligenceRecord .",
        "ex:S ew:ofContract ex:K , ex:J ; prov:wasAttributedTo ex:p .",
        "ex:K ew:contractor ex:o ; ew:signedOn '2024-01-15'^^xsd:date ; ew:endsOn '2024-12-31'^^xsd:date .",
        "ex:K ew:hasLine ex:K-1 , ex:K-2 . ex:K-1 ew:model ex:L , ex:M . ex:K-2 ew:model ex:N .",
        "ex:J ew:contractor ex:p ; ew:hasLine ex:K-2 ; ew:endsOn '2023-01-01'^^xsd:date .",
        "ex:F a ew:Factory , ew:Smelter ; ew:country country:CHN , country:VNM ; locn:address ex:F-a , ex:F-b .",
        "ex:G a ew:Site ; ew:country country:VNM ; locn:address ex:F-a ; ew:mineral min:gold .",
        "ex:F-a a locn:Address ; ew:country country:CHN . ex:F-b a locn:Address ; ew:country country:DEU .",
        "ex:F ew:mineral min:tin , min:gold .",
    ]
    for report, site in (("s", "F"), ("t", "F"), ("u", "G")):
        lines.append(f"ex:{report} ew:site ex:{site} ; ew:attribute site-attribute:status , site-attribute:name .")
        lines.append(
            f"ex:{report} ew:value 'closed' , 'open' ; ew:validFrom '2023-0{ord(report) % 5 + 1}-01'^^xsd:date ."
        )
        lines.append(f"ex:{report} ew:observedOn '2023-06-01'^^xsd:date ; ew:validTo '2024-02-01'^^xsd:date .")
    for claim, here, there in (("c", "F", "G"), ("d", "G", "F")):
        lines.append(
            f"ex:{claim} a ew:SupplyClaim , ew:SourcingClaim , ew:CompletenessClaim ; ew:assertedIn ex:R , ex:S ."
        )
        lines.append(f"ex:{claim} ew:site ex:{here} ; ew:smelter ex:{here} ; ew:mine ex:{here} ; ew:mineral min:tin .")
        lines.append(f"ex:{claim} ew:deliveredTo ex:{there} , ex:{here} ; ew:output ex:L , ex:N ; ew:intoModel ex:M .")
        lines.append(f"ex:{claim} ew:scopeContract ex:K ; ew:ofContract ex:J ; ew:ofModel ex:N .")
        lines.append(f"ex:{claim} ew:validFrom '2025-01-01'^^xsd:date , '2023-07-01'^^xsd:date .")
        lines.append(f"ex:{claim} ew:validTo '2024-01-15'^^xsd:date .")
    return triples("\n".join(lines))


POOL = _pool()


@dataclass
class World:
    """A store, and the results that are kept up with it."""

    store: GraphStore = field(default_factory=GraphStore.in_memory)

    def __post_init__(self) -> None:
        self.kept = WholeGraph(RULES, self.select)

    @property
    def select(self) -> Select:
        return lambda text: self.store.select(text, GRAPHS, {})[1]

    def change(self, added: Sequence[Quad], removed: Sequence[Quad]) -> None:
        with self.kept.changing(added, removed):
            self.store.change([], removed)
            self.store.change(added)

    def in_full(self) -> WholeGraph:
        full = WholeGraph(RULES, self.select)
        full.run()
        return full

    @property
    def statements(self) -> set[Triple]:
        return {quad.triple for quad in self.store.quads()}


def quad(number: int, graph: int) -> Quad:
    each = POOL[number]
    return Quad(each.subject, each.predicate, each.object, GRAPHS[graph])


QUADS = st.builds(quad, st.integers(0, len(POOL) - 1), st.sampled_from((0, 0, 0, 1)))
ALL = [quad(number, 0) for number in range(len(POOL))]
MANY = st.one_of(
    st.lists(QUADS, max_size=len(POOL), unique_by=str),
    st.sets(st.integers(0, len(POOL) - 1), max_size=20).map(
        lambda gone: [q for n, q in enumerate(ALL) if n not in gone]
    ),
)
FEW = st.lists(QUADS, max_size=6, unique_by=str)
CHANGES = st.lists(st.tuples(FEW, FEW), min_size=1, max_size=6)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(MANY, CHANGES)
def test_what_is_kept_up_is_what_a_full_run_finds(
    first: list[Quad], changes: list[tuple[list[Quad], list[Quad]]]
) -> None:
    world = World()
    world.change(first, [])
    assert world.kept.results == world.in_full().results
    for added, removed in changes:
        world.change(added, removed)
        assert world.kept.results == world.in_full().results


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(MANY, FEW, FEW)
def test_what_is_kept_up_is_what_pyshacl_finds(first: list[Quad], added: list[Quad], removed: list[Quad]) -> None:
    world = World()
    world.change(first, [])
    world.change(added, removed)
    assert places(world.kept) == pyshacl_places(world.statements, SHAPES)


SHAPES = shapes_graph()


def places(whole: WholeGraph) -> set[Place]:
    return {place(each) for each in whole.results}


def everything() -> World:
    world = World()
    world.change(ALL, [])
    return world


def test_where_everything_is_said_most_rules_find_something_and_pyshacl_the_same() -> None:
    """So that the random worlds are about something."""
    found = places(everything().kept)
    assert found == pyshacl_places(POOL, SHAPES)
    assert len({shape for shape, *_ in found}) >= len(RULES.rules) - 4


def test_each_single_removal_and_its_undoing_is_followed() -> None:
    world = everything()
    for number in range(len(POOL)):
        before = world.kept.results
        world.change([], [quad(number, 0)])
        assert world.kept.results == world.in_full().results
        world.change([quad(number, 0)], [])
        assert world.kept.results == before


def test_only_the_nodes_that_a_change_can_affect_are_looked_at_again() -> None:
    world = World()
    lines = [f"ex:c{n} a ew:SupplyClaim ; ew:scopeContract ex:K{n} ; ew:assertedIn ex:R{n} ." for n in range(50)]
    added = [Quad(each.subject, each.predicate, each.object, PUBLIC) for each in triples("\n".join(lines))]
    world.change(added, [])
    asked: list[str] = []
    watched = WholeGraph(RULES, lambda text: asked.append(text) or world.select(text))  # type: ignore[func-returns-value]
    watched.run()
    assert len(watched.results) == 50
    asked.clear()
    line = triples("ex:K7 ew:contractor ex:o . ex:R7 prov:wasAttributedTo ex:o .")
    more = [Quad(each.subject, each.predicate, each.object, PUBLIC) for each in line]
    with watched.changing(more, []):
        world.store.change(more)
    assert len(watched.results) == 49
    evaluated = [text for text in asked if "?targeted" in text]
    assert len(evaluated) == 1
    assert str(named("c7")) in evaluated[0]
    assert str(named("c8")) not in evaluated[0]


def test_a_change_that_fails_leaves_what_was_found() -> None:
    world = everything()
    before = world.kept.results
    with pytest.raises(RuntimeError, match="disk"), world.kept.changing([], [quad(0, 0)]):
        raise RuntimeError("disk")
    assert world.kept.results == before


def test_a_full_run_reads_what_staff_may_read() -> None:
    store = GraphStore.in_memory()
    hidden = organization_graph(named("o"))

    def say(turtle: str, graph: IRI) -> None:
        store.change([Quad(each.subject, each.predicate, each.object, graph) for each in triples(turtle)])

    say("ex:F a ew:Factory ; ew:country country:CHN .", PUBLIC)
    say("ex:F ew:country country:VNM .", AFFILIATES)
    say("ex:F ew:country country:DEU .", hidden)
    assert [each.value and each.value[-3:] for each in whole_graph(RULES, store)] == ["CHN", "VNM"]
    say("ex:F ew:country country:POL .", STAFF)
    kept = WholeGraph(RULES, staff_select(store))
    kept.run()
    assert len(kept.results) == 3
