"""How often the store is asked: so often for each level of a document, whatever the number of things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import pytest
from graphql import ExecutionResult

from ewgraph.api.graphql import Allowance, schema
from ewgraph.api.graphql.answering import Answering
from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.preparing import Asked, Asker
from ewgraph.api.graphql.values import Context
from ewgraph.errors import LimitError
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.model.rdf import IRI, Quad, Term
from tests.api.graphql.execution.merging import merged, parts_of
from tests.conftest import House, named

AT, ADDRESS, TOWN = (f"<http://www.w3.org/ns/locn#{name}>" for name in ("address", "Address", "postName"))
ANSWERING, ASKER = Answering(schema), Asker("staff")


class CountedStore(GraphStore):
    """A store that counts how often it is read."""

    reads = 0

    def quads(
        self,
        subject: IRI | None = None,
        predicate: IRI | None = None,
        value: Term | None = None,
        graph: IRI | None = None,
    ) -> Iterator[Quad]:
        self.reads += 1
        return super().quads(subject, predicate, value, graph)

    def select(
        self, text: str, graphs: Sequence[IRI], bindings: Mapping[str, Term]
    ) -> tuple[list[str], list[tuple[Term | None, ...]]]:
        self.reads += 1
        return super().select(text, graphs, bindings)


def world(contracts: int) -> str:
    """A factory, a model made there, and contracts that buy it, each with its own buyer and notice."""
    bought = "".join(
        f"""ex:N{n} {{ ex:N{n} a ew:ContractNotice ; rdfs:label "Notice {n}" ; prov:wasAttributedTo ex:u{n} ;
          ew:visibility vis:public ; ew:receivedAt "2024-01-20T00:00:00Z"^^xsd:dateTime .
        ex:u{n} a ew:Organization ; rdfs:label "Buyer {n}" ; ew:country ex:land{n} ;
          adms:identifier [ a adms:Identifier ; skos:notation "{n}" ; adms:schemaAgency "of" ] ;
          {AT} [ a {ADDRESS} ; {TOWN} "Town {n}" ] .
        ex:land{n} a skos:Concept ; skos:prefLabel "Land {n}"@en .
        ex:K{n} a ew:Contract ; rdfs:label "Contract {n}" ; ew:buyer ex:u{n} ; ew:contractor ex:r{n} ;
          ew:hasLine ex:K{n}-1 .
        ex:r{n} a ew:Organization ; rdfs:label "Reseller {n}" ;  {AT} [ a {ADDRESS} ; ew:country ex:land{n} ] .
        ex:K{n}-1 a ew:ContractLine ; ew:model ex:L ; ew:quantity {n} . }}
        ex:R{n} {{ ex:R{n} a ew:Retraction ; prov:wasAttributedTo ex:u{n} ; ew:visibility vis:public ;
          ew:receivedAt "2024-02-20T00:00:00Z"^^xsd:dateTime ; prov:wasRevisionOf ex:none{n} . }}
        """
        for n in range(contracts)
    )
    return f"""ex:P {{ ex:P a ew:SupplierListEdition ; prov:wasAttributedTo ex:brand ; ew:visibility vis:public ;
        ew:receivedAt "2023-03-01T00:00:00Z"^^xsd:dateTime .
      ex:brand a ew:Organization ; rdfs:label "Brand" .
      ex:L a ew:ProductModel ; rdfs:label "Laptop" ; ew:brand ex:brand .
      ex:F a ew:Factory ; rdfs:label "Factory" .
      ex:c a ew:SupplyClaim ; ew:assertedIn ex:P ; ew:output ex:L ; ew:site ex:F ; ew:tier tier:final-assembly ;
        ew:scope scope:model ; ew:evidenceBasis eb:brand-per-model ; ew:validFrom "2022-01-01"^^xsd:date . }}
      {bought}"""


def reads(house: House, document: str, **variables: object) -> int:
    """How often the store is read for a document, which is answered without errors."""
    assert isinstance(house.store, CountedStore)
    loader = Loader(house.view("staff"), house.catalogue, Allowance(seconds=1000, walks=10**6))
    before = house.store.reads
    given = {"site": named("F").value, **variables}
    asked = Asked(document, given, None, in_parts="@defer" in document)
    result: ExecutionResult = ANSWERING.answer(asked, ASKER, lambda: Context(loader))
    assert merged(parts_of(result)).errors == []
    assert result.data
    return house.store.reads - before


@pytest.fixture
def counted(house: House) -> House:
    house.store = CountedStore(house.store._store)
    house.projector = house.projector_of(house.store)
    return house


def asking(below: str) -> str:
    asked = f"contractsTouching(site: $site, first: $n) {{ edges {{ node {{ {below} }} }} }}"
    return f"query ($site: ID!, $n: Int) {{ {asked} }}"


CONTRACT = """contract { id label signedOn buyers { label country { label notation } address { locality }
  identifiers { notation } }"""
BROAD = {
    "labels": "contract { label }",
    "several fields": CONTRACT + " }",
    "fields of fields": CONTRACT
    + " contractors { label country { label } } lines { quantity model { label brand { label } } } }",
    "what is covered": "contract { covers { label modelNumber } }",
    "evidence": """path { kind from { id ... on Contract { label } } to { ... on Site { label kind } } claim { kind }
      record { label receivedAt attributedTo { label } revisedBy { id } } source { sheet } }""",
    "reasons": "path { record { why { text meantFor releases { id } contracts { label } } } claim { why { text } } }",
    "supply chains": "contract { sitesTouched(first: 2) { totalCount edges { node { site { label } } } } }",
    "lists": """contract { records { totalCount nodes { id label attributedTo { label } } }
      claims(kinds: [SUPPLY_CLAIM], last: 2) { edges { node { __typename kind } } } obligations { nodes { state } }
      buyers { contractsAsBuyer(first: 1) { pageInfo { hasNextPage } nodes { label } } } }""",
    "what names it": "path { record { claims { edges { node { kind retractedBy { id } replies { id } } } } } }",
}


@pytest.mark.parametrize("name", BROAD)
def test_more_things_take_no_more_reads(counted: House, name: str) -> None:
    counted.load(world(12))
    counted.follow()
    few, many = (reads(counted, asking(BROAD[name]), n=n) for n in (3, 12))
    assert few == many


def deferring(name: str) -> str:
    """What is asked of many things, of each of them in a fragment that comes later, with another one within."""
    return (
        f"contract {{ id }} ... @defer {{ {BROAD[name]} ... @defer {{ scope contract {{ lines {{ quantity }} }} }} }}"
    )


@pytest.mark.parametrize("name", BROAD)
def test_more_things_that_are_deferred_take_no_more_reads(counted: House, name: str) -> None:
    counted.load(world(12))
    counted.follow()
    few, many = (reads(counted, asking(deferring(name)), n=n) for n in (3, 12))
    assert few == many


DEEP = [
    "contract { id }",
    "contract { buyers { id } }",
    "contract { lines { model { id } } }",
    "contract { lines { model { brand { id } } } }",
    "contract { lines { model { brand { country { id } } } } }",
]


def test_more_levels_take_some_more_reads_each(counted: House) -> None:
    counted.load(world(5))
    counted.follow()
    taken = [reads(counted, asking(below), n=5) for below in DEEP]
    assert all(0 <= after - before <= 2 for before, after in pairwise(taken)), taken


def test_a_read_that_were_made_for_each_thing_would_be_noticed(counted: House) -> None:
    """The same document by the library, whose resolvers read one by one."""
    counted.load(world(12))
    counted.follow()
    assert isinstance(counted.store, CountedStore)

    def plain(n: int) -> int:
        loader = Loader(counted.view("staff"), counted.catalogue, Allowance())
        before = counted.store.reads
        variables = {"site": named("F").value, "n": n}
        result = schema.execute_sync(asking(BROAD["several fields"]), variables, Context(loader))
        assert result.errors is None
        return counted.store.reads - before

    assert plain(12) - plain(3) >= 9 * 3


def test_lists_are_read_as_long_as_there_is_time(counted: House) -> None:
    """What the store reads cannot be stopped, so a request that asks for many lists has them read in parts."""
    counted.load(world(3))
    counted.follow()
    assert isinstance(counted.store, CountedStore)
    ticks = iter(range(1_000))
    allowance = Allowance(seconds=1.5, tell_s=lambda: float(next(ticks)))
    loader = Loader(counted.view("staff"), counted.catalogue, allowance)
    names = [IRI(f"urn:site:{number}") for number in range(350)]
    before = counted.store.reads
    with pytest.raises(LimitError, match=r"took more than 1\.5 s"):
        loader.read_kind("listed", [(loader.ask("claims", {"site": [name]}),) for name in names])
    assert counted.store.reads - before == 1
