"""The graph is a function of the ledger: however it came about, whoever reads it, whatever else is in it."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.graph.audience import PUBLIC, STAFF, is_audience, organization_graph
from ewgraph.graph.change import digest_of_all
from ewgraph.graph.digest import graph_digest
from ewgraph.graph.digest import shown as counted_anew
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.ledger import ReleaseChange
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, Quad, iri
from tests.conftest import STEWARD, House, TickingClock, named
from tests.graph.worlds import AFFILIATIONS, LEVELS, READERS, Made, world

ALL_LEVELS = (*LEVELS, "linked-affiliates")
slow = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def a_house(catalogue: Catalogue) -> House:
    """A house whose ledger lasts as long as the test."""
    return House(Path(":memory:"), TickingClock(dt.datetime(2026, 10, 1, tzinfo=dt.UTC)), catalogue)


def shown(house: House, reader: str) -> set[tuple[object, object, object]]:
    """What a reader sees, but for the ledger's own stamps."""
    return {
        (quad.subject, quad.predicate, quad.object)
        for quad in house.view(reader).quads()
        if quad.predicate != terms.recordedAt
    }


anything = world(ALL_LEVELS, most=9, explicit=False)


@slow
@given(anything, st.integers(0, 9), st.sets(st.integers(0, 9)))
def test_step_by_step_and_at_once_give_the_same_graph(
    catalogue: Catalogue,
    records: list[Made],
    members_after: int,
    waiting: set[int],
) -> None:
    house = a_house(catalogue)
    steps = [record.text for record in records]
    steps.insert(members_after, AFFILIATIONS)
    together = ""
    for number, step in enumerate(steps):
        together += step
        if number in waiting and number + 1 < len(steps):
            continue  # it is handed in with the next
        house.load(together)
        together = ""
        assert house.projector.surplus() == ([], [])
        anew = counted_anew(house.store)
        assert house.projector.tally.shown_by_all() == anew
        assert house.projector.tally.whole().shown.digest == digest_of_all(anew)
    assert graph_digest(house.store) == graph_digest(house.rebuilt())


@slow
@given(anything)
def test_projecting_twice_changes_nothing(catalogue: Catalogue, records: list[Made]) -> None:
    house = a_house(catalogue)
    house.load(AFFILIATIONS + "".join(record.text for record in records))
    before = graph_digest(house.store)
    cursors = [q for q in house.store.quads() if q.predicate.value.endswith("#cursor")]
    first = Quad(cursors[0].subject, cursors[0].predicate, Literal(0), cursors[0].graph_name)
    house.store.change([first], cursors)
    assert house.projector.cursor() == 0
    house.projector.catch_up()
    assert graph_digest(house.store) == before


@slow
@given(anything)
def test_no_reader_counts_a_triple_twice(catalogue: Catalogue, records: list[Made]) -> None:
    house = a_house(catalogue)
    house.load(AFFILIATIONS + "".join(record.text for record in records))
    for reader in READERS:
        triples = [(quad.subject, quad.predicate, quad.object) for quad in house.view(reader).quads()]
        assert len(triples) == len(set(triples))


@slow
@given(world())
def test_what_a_reader_may_not_see_changes_nothing_that_the_reader_sees(
    catalogue: Catalogue,
    records: list[Made],
) -> None:
    whole = a_house(catalogue)
    whole.load(AFFILIATIONS + "".join(record.text for record in records))
    for reader in READERS:
        view = whole.view(reader)
        visible = [record for record in records if view.knows(named(record.name))]
        part = a_house(catalogue)
        part.load(AFFILIATIONS + "".join(without_hidden_claims(whole, reader, record) for record in visible))
        assert shown(part, reader) == shown(whole, reader)


def without_hidden_claims(house: House, reader: str, record: Made) -> str:
    """The record without the claims that the reader does not see, and without what only they name."""
    view = house.view(reader)
    lines = record.text.splitlines()
    sites = [line for line in lines if line.startswith(("ex:factory", "ex:smelter", "ex:mine"))]
    rest = [
        line
        for line in lines
        if line not in sites and not (line.startswith("ex:c") and "assertedIn" in line and hidden(view, line))
    ]
    named_still = set(" ".join(rest).split())
    return "\n".join([*rest[:-1], *(line for line in sites if line.split()[0] in named_still), "}", ""])


def hidden(view: View, claim: str) -> bool:
    return not view.knows(named(claim.split(maxsplit=1)[0]))


NOTICE = """
ex:N1 {
  ex:N1 a ew:ContractNotice ; prov:wasAttributedTo ex:aff0 ; ew:visibility vis:contract-party ;
    ew:receivedAt "2024-01-20T00:00:00Z"^^xsd:dateTime .
  ex:K1 a ew:Contract ; ew:buyer ex:aff0 ; ew:contractor ex:res0 ; ew:hasLine ex:K1-1 .
  ex:K1-1 a ew:ContractLine ; ew:model ex:L1 . ex:L1 a ew:ProductModel .
}
"""
DISCLOSURE = """
ex:D1 {
  ex:D1 a ew:Disclosure ; prov:wasAttributedTo ex:res0 ; ew:visibility vis:contract-party ;
    ew:receivedAt "2024-05-02T10:00:00Z"^^xsd:dateTime .
  ex:F1 a ew:Factory ; rdfs:label "Factory 1" .
  ex:c1 a ew:SupplyClaim ; ew:assertedIn ex:D1 ; ew:output ex:L1 ; ew:site ex:F1 ; ew:scope scope:contract ;
    ew:scopeContract ex:K1 ; ew:evidenceBasis eb:contract-disclosure ; ew:validFrom "2024-01-01"^^xsd:date .
}
"""
FINDING = """
ex:M1 {
  ex:M1 a ew:MonitoringReport ; prov:wasAttributedTo ex:mon0 ; ew:visibility vis:linked-affiliates ;
    ew:receivedAt "2024-06-01T00:00:00Z"^^xsd:dateTime .
  ex:F1 a ew:Factory .
  ex:f1 a ew:Finding ; ew:assertedIn ex:M1 ; ew:site ex:F1 .
}
"""


def test_the_parties_of_a_disclosure_are_those_of_its_contract_whichever_comes_first(house: House) -> None:
    house.load(AFFILIATIONS + DISCLOSURE)
    assert not house.view("ex:aff0").knows(named("D1"))
    assert house.view("ex:res0").knows(named("D1"))
    house.load(NOTICE)
    assert house.view("ex:aff0").knows(named("D1"))
    assert house.view("staff").knows(named("D1"))
    assert not house.view("ex:aff1").knows(named("D1"))
    assert not house.view("public").knows(named("F1"))


def test_a_party_named_in_a_record_that_nobody_trusts_is_no_party(house: House) -> None:
    house.load(AFFILIATIONS + DISCLOSURE)
    house.load(NOTICE.replace("ex:aff0", "ex:thief"), submitter=named("thief"))
    assert not house.view("ex:thief").knows(named("D1"))
    house.load(NOTICE.replace("ex:N1", "ex:N2"), submitter=STEWARD)
    assert house.view("ex:aff0").knows(named("D1"))


def test_a_finding_reaches_an_affiliate_when_a_claim_links_it_and_leaves_when_the_claim_is_retracted(
    house: House,
) -> None:
    house.load(AFFILIATIONS + NOTICE + FINDING)
    assert not house.view("ex:aff0").knows(named("f1"))
    house.load(DISCLOSURE)
    assert house.view("ex:aff0").knows(named("f1"))
    assert not house.view("ex:aff1").knows(named("f1"))
    assert house.view("ex:mon0").knows(named("f1"))
    graph = organization_graph(named("aff0"))
    assert ReleaseChange(4, named("f1"), graph, "added") in house.release_log.of(named("f1"))
    house.load("""
    ex:X1 { ex:X1 a ew:Retraction ; prov:wasAttributedTo ex:res0 ; ew:visibility vis:staff ; ew:retracts ex:c1 ;
      ew:receivedAt "2024-07-01T00:00:00Z"^^xsd:dateTime . }
    """)
    assert not house.view("ex:aff0").knows(named("f1"))
    assert house.release_log.of(named("f1"))[-1] == ReleaseChange(5, named("f1"), graph, "removed")


def test_a_claim_for_a_brand_links_nobody(house: House) -> None:
    house.load(AFFILIATIONS + NOTICE + FINDING + DISCLOSURE.replace("scope:contract", "scope:brand"))
    assert not house.view("ex:aff0").knows(named("f1"))


def test_who_ceases_to_be_a_member_ceases_to_read_what_members_read(house: House, clock: TickingClock) -> None:
    house.load(
        AFFILIATIONS.replace(
            'part:affiliate ; ew:validFrom "2015-01-01"^^xsd:date',
            'part:affiliate ; ew:validFrom "2015-01-01"^^xsd:date ; ew:validTo "2026-10-02"^^xsd:date',
            1,
        )
    )
    house.load("""
    ex:A { ex:A a ew:DatasetImport ; prov:wasAttributedTo ex:steward ; ew:visibility vis:affiliates ;
      ew:receivedAt "2024-07-01T00:00:00Z"^^xsd:dateTime . }
    """)
    assert house.view("ex:aff0").knows(named("A"))
    clock.time = clock.time.replace(day=2)
    house.projector.catch_up()
    assert not house.view("ex:aff0").knows(named("A"))
    assert house.view("ex:aff1").knows(named("A"))


def test_an_affiliation_that_neither_operator_nor_steward_states_gives_no_rights(house: House) -> None:
    house.load(AFFILIATIONS.replace("wasAttributedTo ex:steward", "wasAttributedTo ex:aff0"), submitter=named("aff0"))
    assert house.projector.members() == frozenset()


def test_an_entity_named_only_in_a_stricter_claim_is_as_hidden_as_the_claim(house: House) -> None:
    house.load("""
    ex:P { ex:P a ew:SupplierListEdition ; prov:wasAttributedTo ex:brand0 ; ew:visibility vis:public ;
      ew:receivedAt "2024-07-01T00:00:00Z"^^xsd:dateTime .
      ex:brand0 a ew:Organization .
      ex:open a ew:Factory . ex:secret a ew:Factory ; rdfs:label "Secret works" ;
        adms:identifier [ a adms:Identifier ; skos:notation "S-1" ] .
      ex:c1 a ew:SupplyClaim ; ew:assertedIn ex:P ; ew:site ex:open ; ew:forBrand ex:brand0 .
      ex:c2 a ew:SupplyClaim ; ew:assertedIn ex:P ; ew:visibility vis:staff ; ew:site ex:secret .
    }""")
    public = {str(quad) for quad in house.view("public").quads()}
    assert any("open" in line for line in public)
    assert not any("ecret" in line or "S-1" in line or "c2" in line for line in public)
    assert house.view("staff").knows(named("secret"))


def test_a_public_record_takes_over_what_only_some_could_see(house: House) -> None:
    house.load(AFFILIATIONS + NOTICE + DISCLOSURE)
    label = (named("F1"), terms.RDFS.label)
    assert {q.graph_name for q in house.store.quads(*label) if is_audience(q.graph_name)} == {
        STAFF,
        organization_graph(named("aff0")),
        organization_graph(named("res0")),
    }
    house.load("""
    ex:P { ex:P a ew:SupplierListEdition ; prov:wasAttributedTo ex:brand0 ; ew:visibility vis:public ;
      ew:receivedAt "2024-07-01T00:00:00Z"^^xsd:dateTime . ex:F1 a ew:Factory ; rdfs:label "Factory 1" . }
    """)
    assert {q.graph_name for q in house.store.quads(*label) if is_audience(q.graph_name)} == {PUBLIC}


def test_a_release_opens_a_record_to_a_wider_audience(house: House) -> None:
    house.load(AFFILIATIONS + FINDING)
    assert not house.view("public").knows(named("f1"))
    release = """
    ex:REL { ex:REL a ew:Release ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ; ew:releases ex:M1 ;
      ew:toVisibility vis:public ; ew:releasedAt "DAYT00:00:00Z"^^xsd:dateTime ;
      ew:receivedAt "2024-07-01T00:00:00Z"^^xsd:dateTime . }
    """
    house.load(release.replace("DAY", "2030-01-01"))
    assert not house.view("public").knows(named("f1"))
    house.load(release.replace("DAY", "2024-07-01").replace("ex:REL", "ex:REL2"))
    assert house.view("public").knows(named("f1"))


def test_a_release_takes_effect_on_its_day(house: House, clock: TickingClock) -> None:
    index = house.follow()
    house.load(AFFILIATIONS + FINDING)
    house.load("""
    ex:REL { ex:REL a ew:Release ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ; ew:releases ex:M1 ;
      ew:toVisibility vis:public ; ew:releasedAt "2030-01-01T12:00:00Z"^^xsd:dateTime ;
      ew:receivedAt "2024-07-01T00:00:00Z"^^xsd:dateTime . }
    """)
    for day, known in ((1, False), (2, True), (3, True)):
        clock.time = dt.datetime(2030, 1, day, tzinfo=dt.UTC)
        house.projector.catch_up()
        assert house.view("public").knows(named("f1")) is known
        assert graph_digest(house.store) == graph_digest(house.rebuilt())
        assert list(index.faults()) == []
    assert house.release_log.of(named("f1"))[-1].at == dt.datetime(2030, 1, 2, tzinfo=dt.UTC)


def test_a_release_is_noted_though_the_service_ends_between_noting_and_showing(house: House) -> None:
    house.load(AFFILIATIONS + FINDING)
    with house.ledger.transaction() as connection:
        connection.execute("CREATE TRIGGER ended BEFORE INSERT ON release BEGIN SELECT RAISE(ABORT, 'ended'); END")
    with pytest.raises(sqlite3.DatabaseError, match="ended"):
        house.load("""
        ex:REL { ex:REL a ew:Release ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ; ew:releases ex:M1 ;
          ew:toVisibility vis:public ; ew:releasedAt "2024-07-01T00:00:00Z"^^xsd:dateTime ;
          ew:receivedAt "2024-07-01T00:00:00Z"^^xsd:dateTime . }
        """)
    with house.ledger.transaction() as connection:
        connection.execute("DROP TRIGGER ended")
    house.projector.catch_up()
    assert house.view("public").knows(named("f1"))
    noted = [change for change in house.release_log.of(named("f1")) if change.audience == PUBLIC]
    assert [change.change for change in noted] == ["added"]


def test_a_release_that_is_withdrawn_publishes_no_more(house: House) -> None:
    house.load(AFFILIATIONS + FINDING)
    house.load("""
    ex:REL { ex:REL a ew:Release ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ; ew:releases ex:M1 ;
      ew:toVisibility vis:public ; ew:releasedAt "2024-07-01T00:00:00Z"^^xsd:dateTime ;
      ew:receivedAt "2024-07-01T00:00:00Z"^^xsd:dateTime . }
    """)
    assert house.view("public").knows(named("f1"))
    house.load("""
    ex:REL2 { ex:REL2 a ew:Release ; prov:wasAttributedTo ex:steward ; ew:visibility vis:staff ;
      prov:wasRevisionOf ex:REL ; ew:receivedAt "2024-08-01T00:00:00Z"^^xsd:dateTime . }
    """)
    assert not house.view("public").knows(named("f1"))
    assert not house.view("public").knows(named("F1"))
    assert graph_digest(house.store) == graph_digest(house.rebuilt())


TESTIMONY = """
ex:T { ex:T a ew:Testimony ; prov:wasAttributedTo ex:mon0, ex:res0 ; ew:visibility vis:monitor-only ;
  ew:receivedAt "2024-07-01T00:00:00Z"^^xsd:dateTime ; ew:aboutSite ex:F1 . ex:F1 a ew:Factory . }
"""


def test_what_workers_told_a_partner_reaches_partners_alone_and_is_never_released(house: House) -> None:
    house.load(AFFILIATIONS + TESTIMONY)
    house.load("""
    ex:REL { ex:REL a ew:Release ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ; ew:releases ex:T ;
      ew:toVisibility vis:public ; ew:releasedAt "2024-07-01T00:00:00Z"^^xsd:dateTime ;
      ew:receivedAt "2024-07-01T00:00:00Z"^^xsd:dateTime . }
    """)
    assert [reader for reader in READERS if house.view(reader).knows(named("T"))] == ["ex:mon0"]


def test_the_lines_of_a_contract_that_only_a_stricter_claim_names_are_as_hidden(house: House) -> None:
    house.load("""
    ex:P { ex:P a ew:Disclosure ; prov:wasAttributedTo ex:res0 ; ew:visibility vis:public ;
      ew:receivedAt "2024-07-01T00:00:00Z"^^xsd:dateTime .
      ex:c1 a ew:SupplyClaim ; ew:assertedIn ex:P ; ew:visibility vis:staff ; ew:site ex:F ; ew:scopeContract ex:K .
      ex:K a ew:Contract ; rdfs:label "Secret K" ; ew:hasLine ex:L . ex:L a ew:ContractLine ; ew:model ex:M .
      ex:M a ew:ProductModel . }
    """)
    assert not any(house.view("public").knows(named(name)) for name in ("K", "L", "M", "c1"))
    assert house.view("staff").objects(named("K"), terms.covers) == [named("M")]


def test_a_record_cannot_take_a_term_of_the_vocabulary_away(house: House, tmp_path: Path) -> None:
    (tmp_path / "list.ttl").write_text(f'<{named("term").value}> <{terms.RDFS.label.value}> "Term" .')
    store = GraphStore.in_memory()
    projector = house.projector_of(store, tmp_path)
    house.append("""
    ex:P { ex:P a ew:DatasetImport ; prov:wasAttributedTo ex:res0 ; ew:visibility vis:staff ;
      ew:receivedAt "2024-07-01T00:00:00Z"^^xsd:dateTime . ex:term a ew:Organization . }
    """)
    house.append(AFFILIATIONS)
    projector.catch_up()
    assert [quad.object.value for quad in store.quads(named("term"), terms.RDFS.label, None, PUBLIC)] == ["Term"]


def test_an_unknown_level_reaches_nobody(house: House) -> None:
    house.load("""
    ex:U { ex:U a ew:DatasetImport ; prov:wasAttributedTo ex:steward ; ew:visibility vis:everybody ;
      ew:receivedAt "2024-07-01T00:00:00Z"^^xsd:dateTime . }
    """)
    assert not any(house.view(reader).knows(named("U")) for reader in READERS)


def test_a_revision_replaces_what_it_says_anew_of_an_entity(house: House) -> None:
    house.load("""
    ex:P { ex:P a ew:DatasetImport ; prov:wasAttributedTo ex:brand0 ; ew:visibility vis:public ;
      ew:receivedAt "2024-07-01T00:00:00Z"^^xsd:dateTime .
      ex:F1 a ew:Factory ; rdfs:label "Old" ; ew:nativeName "Alt" . }
    """)
    house.load("""
    ex:P2 { ex:P2 a ew:DatasetImport ; prov:wasAttributedTo ex:brand0 ; ew:visibility vis:public ;
      prov:wasRevisionOf ex:P ; ew:receivedAt "2024-08-01T00:00:00Z"^^xsd:dateTime .
      ex:F1 a ew:Factory ; rdfs:label "New" . }
    """)
    view = house.view("public")
    assert [term.value for term in view.objects(named("F1"), terms.RDFS.label)] == ["New"]
    assert [term.value for term in view.objects(named("F1"), terms.nativeName)] == ["Alt"]


def test_the_same_address_said_twice_is_one_node(house: House) -> None:
    text = """
    ex:P { ex:P a ew:DatasetImport ; prov:wasAttributedTo ex:brand0 ; ew:visibility vis:public ;
      ew:receivedAt "2024-07-01T00:00:00Z"^^xsd:dateTime .
      ex:F1 a ew:Factory ; adms:identifier [ a adms:Identifier ; skos:notation "CID000438" ] . }
    """
    house.load(text)
    house.load(text.replace("ex:P ", "ex:Q "))
    assert len(house.view("public").objects(named("F1"), terms.ADMS.identifier)) == 1


def test_blank_nodes_in_a_ring_are_named_by_their_record(house: House) -> None:
    house.load("""
    ex:P { ex:P a ew:DatasetImport ; prov:wasAttributedTo ex:brand0 ; ew:visibility vis:public ;
      ew:receivedAt "2024-07-01T00:00:00Z"^^xsd:dateTime .
      _:a ew:inPlan _:b . _:b ew:inPlan _:a . ex:F1 a ew:Factory ; adms:identifier _:c, _:d . _:c skos:notation "1" .
      ex:F2 a ew:Factory ; adms:identifier _:d . _:d skos:notation [ rdfs:label "deep" ] . }
    """)
    assert all(isinstance(quad.subject, IRI) for quad in house.store.quads())
    assert graph_digest(house.store) == graph_digest(house.rebuilt())


def test_the_vocabulary_is_shown_to_everybody_and_follows_its_files(house: House, tmp_path: Path) -> None:
    folder = tmp_path / "vocabulary"
    folder.mkdir()
    term = iri("https://w3id.org/ewgraph/ns#Thing")
    file = folder / "a.ttl"
    file.write_text(f'<{term.value}> <{terms.RDFS.label.value}> "Thing" ; <{terms.RDFS.comment.value}> [] .')
    (folder / "alignments.ttl").write_text(f'<{term.value}> <{terms.RDFS.label.value}> "Other" .')
    store = GraphStore.in_memory()
    projector = house.projector_of(store, folder)
    projector.catch_up()
    file.write_text(f'<{term.value}> <{terms.RDFS.label.value}> "Same thing" .')
    projector.catch_up()
    assert [quad.object.value for quad in store.quads(term, None, None, PUBLIC)] == ["Same thing"]
