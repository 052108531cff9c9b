"""What is found: in spite of typos, scripts and word order; by whom it may be, and by nobody else."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.graph.audience import NOBODY, PUBLIC
from ewgraph.graph.change import Change
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, Quad
from ewgraph.names import search as searching
from ewgraph.names.fields import Field
from ewgraph.names.index import NameIndex
from ewgraph.names.search import Wanted
from tests.conftest import House, named
from tests.graph.worlds import AFFILIATIONS, READERS
from tests.names.worlds import WORDS, named_world
from tests.trace.test_equality import a_house

THINGS = """
ex:L {
  ex:L a ew:SupplierListEdition ; prov:wasAttributedTo ex:brand ; ew:visibility vis:public ;
    ew:receivedAt "2023-01-01T00:00:00Z"^^xsd:dateTime ; <http://purl.org/dc/terms/title> "Supplier list 2023" .
  ex:F1 a ew:Factory ; rdfs:label "Hongfujin Precision Electronics (Zhengzhou) Co., Ltd." ;
    ew:nativeName "鸿富锦精密电子（郑州）有限公司"@zh ; skos:altLabel "Foxconn Zhengzhou"@en ;
    <http://www.w3.org/ns/locn#address> [ <http://www.w3.org/ns/locn#fullAddress> "Zhenxing Road 7, Zhengzhou" ;
      ew:country <http://publications.europa.eu/resource/authority/country/CHN> ] .
  ex:F2 a ew:Smelter ; rdfs:label "Malaysia Smelting Corporation Berhad" ;
    ew:country <http://publications.europa.eu/resource/authority/country/MYS> ;
    adms:identifier [ a adms:Identifier ; skos:notation "CID001105" ; adms:schemaAgency "rmi-cid" ] .
  ex:F3 a ew:Smelter ; rdfs:label "Malaysia Smelting Trading Ltd" ;
    adms:identifier [ a adms:Identifier ; skos:notation "CID001106" ; adms:schemaAgency "rmi-cid" ] .
  ex:B a ew:Organization ; rdfs:label "ООО Горняк" .
  ex:M a ew:ProductModel ; rdfs:label "Laptop Nine" ; ew:modelNumber "LT-9000" ; ew:brand ex:B .
}
"""


def found(view: View, text: str, *classes: IRI) -> list[str]:
    return [hit.thing.value.rpartition("/")[2] for hit in view.search(Wanted(text, classes)).items]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("hongfujin precision electronic zhengzou", "F1"),
        ("Foxcon Zhengzhou", "F1"),
        ("Zhengzhou Foxconn", "F1"),
        ("FOXCONN-ZHENG ZHOU", "F1"),
        ("鸿富锦精密电子", "F1"),
        ("hong fu jin jing mi dian zi", "F1"),
        ("zhenxing road", "F1"),
        ("Malaysian Smelting Corp.", "F2"),
        ("cid001105", "F2"),
        ("Gornjak", "B"),
        ("горняк", "B"),
        ("lt 9000", "M"),
        ("LT9000", "M"),
        ("suplier list", "L"),
    ],
)
def test_it_is_found_however_it_is_spelt(house: House, text: str, first: str) -> None:
    house.load(THINGS)
    assert found(house.view("public"), text)[:1] == [first]


@pytest.mark.parametrize("text", ["", "  ", "?!", "Rotterdam", "CID001107", ") } UNION", "\ud800", "\x00"])
def test_what_is_like_nothing_finds_nothing(house: House, text: str) -> None:
    house.load(THINGS)
    assert found(house.view("public"), text) == []


def test_an_identifier_is_the_same_or_anothers(house: House) -> None:
    house.load(THINGS)
    (hit,) = house.view("public").search(Wanted("CID001106")).items
    assert (hit.thing, hit.score, hit.name.field) == (named("F3"), 100, Field.IDENTIFIER)
    assert {hit.score for hit in house.view("public").search(Wanted("CID00110")).items} == {93}


def test_it_is_told_by_what_it_was_found(house: House) -> None:
    house.load(THINGS)
    hit = house.view("public").search(Wanted("鸿富锦精密电子（郑州）有限公司")).items[0]
    assert (hit.score, hit.name.field, hit.name.language) == (100, Field.NATIVE_NAME, "zh")
    assert (hit.name.text, hit.classes[0]) == ("鸿富锦精密电子（郑州）有限公司", terms.Site)
    assert [country.value[-3:] for country in hit.countries] == ["CHN"]


def test_classes_and_countries_narrow_it(house: House) -> None:
    house.load(THINGS)
    view = house.view("public")
    assert found(view, "malaysia smelting", terms.Smelter) == ["F2", "F3"]
    assert found(view, "malaysia smelting", terms.Factory) == []
    malaysia = IRI("http://publications.europa.eu/resource/authority/country/MYS")
    assert [hit.thing for hit in view.search(Wanted("malaysia", (), [malaysia])).items] == [named("F2")]


def test_a_name_is_found_by_who_sees_it_alone(house: House) -> None:
    house.load(AFFILIATIONS)
    house.load(THINGS)
    house.load(
        "ex:N { ex:N a ew:Disclosure ; prov:wasAttributedTo ex:aff0 ; ew:visibility vis:contract-party ;"
        ' ew:receivedAt "2023-02-01T00:00:00Z"^^xsd:dateTime ; ew:party ex:aff0, ex:res0 .'
        ' ex:F1 a ew:Factory ; rdfs:label "Unutterable Works" . }'
    )
    assert {reader: found(house.view(reader), "unuterable works") for reader in READERS} == {
        "public": [],
        "staff": ["F1"],
        "ex:aff0": ["F1"],
        "ex:aff1": [],
        "ex:mon0": [],
        "ex:res0": ["F1"],
        "ex:brand0": [],
    }


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    named_world(), st.sampled_from(READERS), st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), st.integers(1, 3)
)
def test_a_reader_finds_what_is_found_where_there_is_nothing_else(
    catalogue: Catalogue,
    records: list[str],
    reader: str,
    words: list[str],
    most: int,
) -> None:
    """The limit on what is compared is small here, so that what is hidden would push aside what is not."""
    house = a_house(catalogue)
    index = NameIndex(house.store)
    house.projector = house.projector_of(house.store, follower=index)  # type: ignore[arg-type]
    view = house.view(reader)
    for record in [AFFILIATIONS, *records]:
        house.load(record)
        index.search(view.graphs, Wanted(words[0]))  # what came in stands in a segment of its own
    view = house.view(reader)
    less = GraphStore.in_memory()
    less.change([quad for graph in view.graphs for quad in house.store.quads(None, None, None, graph)])
    alone = NameIndex(less)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "MOST", most)
        for word in words:
            assert index.search(view.graphs, Wanted(word)) == alone.search(view.graphs, Wanted(word))


def test_only_so_many_names_are_compared_and_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    store = GraphStore.in_memory()
    for number in range(30):
        thing = IRI(f"https://data.example.org/id/{number}")
        store.change(
            [
                Quad(thing, terms.RDF.type, terms.Site, PUBLIC),
                Quad(thing, terms.RDFS.label, Literal(f"Plant {number}"), PUBLIC),
            ]
        )
    index = NameIndex(store)
    whole = index.search([PUBLIC], Wanted("plant"))
    assert (len(whole.items), whole.limited) == (30, False)
    monkeypatch.setattr(searching, "MOST", 10)
    part = index.search([PUBLIC], Wanted("plant"))
    assert (len(part.items), part.limited) == (10, True)
    assert index.search([PUBLIC], Wanted("plant 17")).items[0].name.text == "Plant 17"


def test_names_that_are_as_like_come_in_an_order_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not in that in which they came: that tells what else came, and when."""

    def hits(numbers: list[int]) -> searching.Hits:
        store = GraphStore.in_memory()
        index = NameIndex(store)
        for number in numbers:
            thing = IRI(f"https://data.example.org/id/{number}")
            quads = [
                Quad(thing, terms.RDF.type, terms.Site, PUBLIC),
                Quad(thing, terms.RDFS.label, Literal(f"Plant {number}"), PUBLIC),
            ]
            with index.following([Change(thing, quads, (), NOBODY, NOBODY)], ""):
                store.change(quads)
            index.search([PUBLIC], Wanted("plant"))
        return index.search([PUBLIC], Wanted("plant"))

    monkeypatch.setattr(searching, "MOST", 5)
    assert hits(list(range(10, 40))) == hits(list(range(39, 9, -1)))
