"""Redacted editions: paths through what is not disclosed, and nothing more than that."""

import hashlib
from dataclasses import replace

import pytest

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.errors import ConflictError, InputError
from ewgraph.graph.audience import is_audience
from ewgraph.graph.digest import graph_digest
from ewgraph.ingest.releasing import ReleaseRequest
from ewgraph.ingest.releasing.redacting import NO_FORM, STRICTER, UNSEEN
from ewgraph.ledger import Salts
from ewgraph.model import terms
from ewgraph.model.codes import HopKind, Redaction, Scope, Visibility
from ewgraph.model.rdf import IRI, Quad
from ewgraph.trace import Touch, contracts_touching, sites_touched_by
from ewgraph.trace.changes import what_changed
from tests.conftest import STEWARD, by_definition, named
from tests.ingest.releasing.conftest import PREFIXES, Releasing
from tests.ingest.releasing.test_releasing import day

REDACTED = ReleaseRequest(
    record=named("D"),
    level=Visibility.PUBLIC,
    reason="Secret reason.",
    author=STEWARD,
    redaction=Redaction.BOUNDARY_REFERENCE,
    keep=frozenset({named("U")}),
)
SECRETS = ("Secret", "id/D>", "id/c1>", "id/c2>", "id/c3>", "id/F1>", "id/F3>", "09:15", "CHN", "res0>")


def everything(view: View) -> list[Quad]:
    return sorted(view.quads(), key=str)


def touches(view: View, catalogue: Catalogue) -> list[Touch]:
    """The sites that K touches, by the index and by definition, which agree."""
    found = list(sites_touched_by(view, catalogue, named("K")))
    assert found == list(sites_touched_by(by_definition(view), catalogue, named("K")))
    return found


def boundary(view: View) -> IRI:
    (found,) = view.subjects(terms.RDF.type, terms.Boundary)
    return found


def test_without_a_release_the_path_is_absent(releasing: Releasing, catalogue: Catalogue) -> None:
    assert touches(releasing.house.view("public"), catalogue) == []
    assert len(touches(releasing.house.view("staff"), catalogue)) == 3


def test_a_path_leads_through_what_is_not_disclosed(releasing: Releasing, catalogue: Catalogue) -> None:
    outcome = releasing.releaser.release(REDACTED)
    releasing.show()
    view = releasing.house.view("public")
    hidden = boundary(view)
    near, far = touches(view, catalogue)
    assert (near.site, near.scope) == (hidden, Scope.CONTRACT)
    assert [(hop.kind, hop.start, hop.end) for hop in far.path] == [
        (HopKind.COVERS, named("K"), named("M")),
        (HopKind.MADE_AT, named("M"), hidden),
        (HopKind.SUPPLIED_BY, hidden, named("U")),
    ]
    assert [touch.contract for touch in contracts_touching(view, catalogue, named("U"))] == [named("K")]
    assert view.objects(hidden, terms.hides) == [terms.Factory]
    assert (outcome.twins, dict(outcome.left_out)) == (2, {NO_FORM: 1, STRICTER: 1})


def test_nothing_is_told_but_what_the_twins_say(releasing: Releasing) -> None:
    before = set(everything(releasing.house.view("public")))
    releasing.releaser.release(REDACTED)
    releasing.show()
    view = releasing.house.view("public")
    told = [quad for quad in everything(view) if quad not in before]
    assert not [(secret, quad) for secret in SECRETS for quad in told if secret in str(quad)]
    hidden = boundary(view)
    assert {quad.predicate for quad in view.quads(hidden)} == {terms.RDF.type, terms.hides, terms.boundaryHash}


def test_whoever_sees_the_claims_sees_no_path_twice(releasing: Releasing, catalogue: Catalogue) -> None:
    before = {reader: touches(releasing.house.view(reader), catalogue) for reader in ("staff", "ex:res0")}
    outcome = releasing.releaser.release(REDACTED)
    for reader, found in before.items():
        assert touches(releasing.house.view(reader), catalogue) == found
    releasing.show()
    for reader, found in before.items():
        assert touches(releasing.house.view(reader), catalogue) == found
        assert releasing.house.view(reader).knows(outcome.edition or STEWARD)  # it is told, and counts for nothing
    assert graph_digest(releasing.house.store) == graph_digest(releasing.house.rebuilt())


def test_whoever_comes_to_see_the_claims_sees_no_path_twice(releasing: Releasing, catalogue: Catalogue) -> None:
    releasing.releaser.release(REDACTED)
    releasing.show()
    full = ReleaseRequest(named("D"), Visibility.AFFILIATES, "Agreed.", STEWARD)
    releasing.releaser.release(full)
    releasing.show()
    view = releasing.house.view("ex:aff1")
    assert {touch.site for touch in touches(view, catalogue)} == {named("F1"), named("U")}
    assert boundary(releasing.house.view("public")) in {
        touch.site for touch in touches(releasing.house.view("public"), catalogue)
    }
    assert graph_digest(releasing.house.store) == graph_digest(releasing.house.rebuilt())


def test_a_linked_affiliate_sees_the_claims_of_its_site_and_the_twins_of_others(
    releasing: Releasing, catalogue: Catalogue
) -> None:
    releasing.house.load("""
    ex:N2 { ex:N2 a ew:ContractNotice ; prov:wasAttributedTo ex:aff1 ; ew:visibility vis:public ;
        ew:receivedAt "2024-01-20T00:00:00Z"^^xsd:dateTime .
      ex:K2 a ew:Contract ; ew:buyer ex:aff1 ; ew:contractor ex:res0 ; ew:hasLine ex:K2-1 .
      ex:K2-1 a ew:ContractLine ; ew:model ex:M2 . ex:M2 a ew:ProductModel ; ew:brand ex:brand0 . }
    ex:L { ex:L a ew:Disclosure ; prov:wasAttributedTo ex:brand0 ; ew:visibility vis:linked-affiliates ;
        ew:receivedAt "2024-02-03T09:15:00Z"^^xsd:dateTime .
      ex:l1 a ew:SupplyClaim ; ew:assertedIn ex:L ; ew:site ex:G1 ; ew:output ex:M ; ew:tier tier:final-assembly ;
        ew:scope scope:model ; ew:evidenceBasis eb:brand-per-model ; ew:validFrom "2024-01-01"^^xsd:date .
      ex:l2 a ew:SupplyClaim ; ew:assertedIn ex:L ; ew:site ex:G2 ; ew:output ex:M2 ; ew:tier tier:final-assembly ;
        ew:scope scope:model ; ew:evidenceBasis eb:brand-per-model ; ew:validFrom "2024-01-01"^^xsd:date . }
    """)
    releasing.releaser.release(replace(REDACTED, record=named("L"), keep=frozenset()))
    releasing.show()
    ends = {
        reader: [
            [touch.site for touch in sites_touched_by(releasing.house.view(reader), catalogue, named(contract))]
            for contract in ("K", "K2")
        ]
        for reader in ("public", "ex:aff1")
    }
    first, second = ends["public"]
    assert [len(first), len(second)] == [1, 1]
    assert ends["ex:aff1"] == [first, [named("G2")]]
    assert graph_digest(releasing.house.store) == graph_digest(releasing.house.rebuilt())


def test_the_same_site_is_the_same_boundary_to_one_audience_and_another_to_another(releasing: Releasing) -> None:
    second = "ex:D9 { ex:D9 a ew:Disclosure ; prov:wasAttributedTo ex:res0 ; ew:visibility vis:staff ;"
    second += ' ew:receivedAt "2024-05-01T00:00:00Z"^^xsd:dateTime . ex:c9 a ew:SupplyClaim ; ew:assertedIn ex:D9 ;'
    second += " ew:site ex:F1 ; ew:intoModel ex:M ; ew:output <https://w3id.org/ewgraph/kos/component/battery> ;"
    second += " ew:tier tier:strategic-component ; ew:scope scope:model ; ew:evidenceBasis eb:inferred ;"
    second += ' ew:validFrom "2024-01-01"^^xsd:date . }'
    third = second.replace("ex:D9", "ex:D8").replace("ex:c9", "ex:c8")
    releasing.house.load(second + third)
    releasing.releaser.release(REDACTED)
    releasing.releaser.release(replace(REDACTED, record=named("D9")))
    releasing.releaser.release(replace(REDACTED, record=named("D8"), level=Visibility.AFFILIATES))
    releasing.show()
    to_all = boundary(releasing.house.view("public"))
    both = releasing.house.view("ex:aff1").subjects(terms.RDF.type, terms.Boundary)
    assert len(both) == 2
    assert to_all in both


def another(name: str, level: str = "staff") -> str:
    """Another disclosure about the same hidden factory."""
    return f"""ex:{name} {{ ex:{name} a ew:Disclosure ; prov:wasAttributedTo ex:brand0 ; ew:visibility vis:{level} ;
        ew:receivedAt "2024-05-01T00:00:00Z"^^xsd:dateTime .
      ex:c-{name} a ew:SupplyClaim ; ew:assertedIn ex:{name} ; ew:site ex:F1 ; ew:intoModel ex:M ;
        ew:output <https://w3id.org/ewgraph/kos/component/battery> ; ew:tier tier:strategic-component ;
        ew:scope scope:model ; ew:evidenceBasis eb:inferred ; ew:validFrom "2024-01-01"^^xsd:date . }}"""


def test_a_record_is_not_opened_while_that_tells_what_is_hidden_of_another(releasing: Releasing) -> None:
    releasing.house.load(another("D9"))
    releasing.releaser.release(REDACTED)
    (other,) = releasing.releaser.release(replace(REDACTED, record=named("D9"))).releases
    releasing.show()
    full = ReleaseRequest(named("D"), Visibility.PUBLIC, "Agreed.", STEWARD)
    with pytest.raises(ConflictError, match=r"can tell what .* stands for"):
        releasing.releaser.release(full)
    releasing.releaser.call_off(other, reason="It would be told.", author=STEWARD)
    releasing.show()
    releasing.releaser.release(full)


def test_no_edition_hides_what_the_audience_can_tell(releasing: Releasing) -> None:
    releasing.releaser.release(REDACTED)
    releasing.show()
    releasing.releaser.release(ReleaseRequest(named("D"), Visibility.PUBLIC, "Agreed.", STEWARD))
    releasing.show()
    releasing.house.load(another("D9"))
    with pytest.raises(ConflictError, match="nothing would be hidden"):
        releasing.releaser.release(replace(REDACTED, record=named("D9")))


def test_an_edition_for_named_parties_is_theirs_alone(releasing: Releasing, catalogue: Catalogue) -> None:
    parties = frozenset({named("brand0")})
    releasing.releaser.release(replace(REDACTED, level=Visibility.CONTRACT_PARTY, parties=parties))
    releasing.show()
    assert len(touches(releasing.house.view("ex:brand0"), catalogue)) == 2
    for reader in ("public", "ex:aff1", "ex:mon0"):
        assert releasing.house.view(reader).subjects(terms.RDF.type, terms.Boundary) == []
    assert graph_digest(releasing.house.store) == graph_digest(releasing.house.rebuilt())


def test_no_known_site_gives_the_digest_without_the_salt(releasing: Releasing) -> None:
    releasing.releaser.release(REDACTED)
    releasing.show()
    hidden = boundary(releasing.house.view("public"))
    told = hidden.value.rpartition("/")[2]
    site = named("F1").value
    guesses = (site, f"node{site}", f"node\n{site}", f"public{site}", f"{Visibility.PUBLIC.value}{site}")
    hashes = (hashlib.sha256, hashlib.sha1, hashlib.md5, hashlib.blake2b)
    assert told not in {hash_(guess.encode()).hexdigest()[:32] for guess in guesses for hash_ in hashes}
    salts = Salts(releasing.house.ledger)
    assert salts.of(Visibility.PUBLIC.value).digest("node", site) == told
    assert salts.of("another").digest("node", site) != told
    assert salts.of("").digest("node", site) != salts.of("").digest("nod", "e" + site)


def test_the_salt_is_in_no_audience_graph_and_shows_in_no_text(releasing: Releasing) -> None:
    releasing.releaser.release(REDACTED)
    releasing.show()
    salt = Salts(releasing.house.ledger).of(Visibility.PUBLIC.value)
    (row,) = releasing.house.ledger.query("SELECT salt FROM salt WHERE audience = ?", (Visibility.PUBLIC.value,))
    assert row[0].hex() not in repr(salt)
    assert not any(row[0].hex() in str(quad) for quad in releasing.house.store.quads())


def test_a_redacted_release_takes_effect_on_its_day_and_ends_when_it_is_called_off(
    releasing: Releasing, catalogue: Catalogue
) -> None:
    (release,) = releasing.releaser.release(replace(REDACTED, at=day("2026-11-01"))).releases
    releasing.show()
    before = everything(releasing.house.view("public"))
    assert touches(releasing.house.view("public"), catalogue) == []
    releasing.pass_to("2026-11-01")
    assert len(touches(releasing.house.view("public"), catalogue)) == 2
    assert graph_digest(releasing.house.store) == graph_digest(releasing.house.rebuilt())
    releasing.releaser.call_off(release, reason="Too much.", author=STEWARD)
    releasing.show()
    assert everything(releasing.house.view("public")) == before
    assert len(touches(releasing.house.view("staff"), catalogue)) == 3
    again = releasing.releaser.release(REDACTED)
    releasing.show()
    assert releasing.house.view("public").knows(again.edition or STEWARD)


def test_readers_of_an_edition_learn_nothing_of_the_record_behind_it(
    releasing: Releasing, catalogue: Catalogue
) -> None:
    """Their answers are those over a store that never held the record, nor what is said for those who see it."""
    releasing.releaser.release(REDACTED)
    releasing.show()
    without = releasing.house.rebuilt()
    for record in ("D", "R", "Y", "T"):
        subjects = {quad.subject for quad in without.quads(None, None, None, named(record))}
        gone = [quad for subject in subjects for quad in without.quads(subject) if quad.graph_name == named(record)]
        shown = [
            quad
            for quad in without.quads()
            if is_audience(quad.graph_name)
            and any((q.subject, q.predicate, q.object) == (quad.subject, quad.predicate, quad.object) for q in gone)
            and quad.graph_name not in releasing.house.view("public").graphs
        ]
        without.change([], [*gone, *shown])
    view = releasing.house.view("public")
    alone = View(without, None, view.principal, view.graphs, view.as_of, releasing.house.clock.now, lambda *_: {})
    assert everything(alone) == everything(view)
    for site in ("U", "F1"):
        ours, theirs = (list(contracts_touching(one, catalogue, named(site))) for one in (view, alone))
        assert ours == theirs


def test_claims_that_are_alike_once_redacted_have_one_twin(releasing: Releasing) -> None:
    claim = """ex:{0} a ew:SupplyClaim ; ew:assertedIn ex:D9 ; ew:site ex:F1 ; ew:output ex:M ; rdfs:label "{0}" ;
      ew:tier tier:final-assembly ; ew:scope scope:model ; ew:evidenceBasis eb:inferred ; ew:sourceRow {1} ;
      ew:validFrom "2024-01-01"^^xsd:date ."""
    releasing.house.load(
        "ex:D9 { ex:D9 a ew:Disclosure ; prov:wasAttributedTo ex:res0 ; ew:visibility vis:staff ;"
        ' ew:receivedAt "2024-05-01T00:00:00Z"^^xsd:dateTime . ' + claim.format("c91", 1) + claim.format("c92", 2) + "}"
    )
    outcome = releasing.releaser.release(replace(REDACTED, record=named("D9")))
    assert outcome.twins == 1


def test_what_is_said_of_a_model_that_the_audience_does_not_see_is_left_out(releasing: Releasing) -> None:
    releasing.house.load(
        "ex:D9 { ex:D9 a ew:Disclosure ; prov:wasAttributedTo ex:res0 ; ew:visibility vis:staff ;"
        ' ew:receivedAt "2024-05-01T00:00:00Z"^^xsd:dateTime . ex:M9 a ew:ProductModel ; ew:brand ex:brand0 .'
        " ex:c9 a ew:SupplyClaim ; ew:assertedIn ex:D9 ; ew:site ex:F1 ; ew:output ex:M9 ; ew:scope scope:model ;"
        ' ew:tier tier:final-assembly ; ew:evidenceBasis eb:inferred ; ew:validFrom "2024-01-01"^^xsd:date . }'
    )
    with pytest.raises(InputError, match=f"1 {UNSEEN}"):
        releasing.releaser.release(replace(REDACTED, record=named("D9")))


def test_a_contract_that_the_audience_does_not_see_is_not_named(releasing: Releasing, catalogue: Catalogue) -> None:
    releasing.house.load(
        "ex:D9 { ex:D9 a ew:Disclosure ; prov:wasAttributedTo ex:res0 ; ew:visibility vis:staff ;"
        ' ew:receivedAt "2024-05-01T00:00:00Z"^^xsd:dateTime .'
        " ex:c9 a ew:SupplyClaim ; ew:assertedIn ex:D9 ; ew:site ex:F1 ; ew:output ex:M ; ew:scope scope:contract ;"
        " ew:scopeContract ex:KSecret ; ew:tier tier:final-assembly ; ew:evidenceBasis eb:inferred ;"
        ' ew:validFrom "2024-01-01"^^xsd:date . }'
    )
    releasing.releaser.release(replace(REDACTED, record=named("D9")))
    releasing.show()
    (touch,) = touches(releasing.house.view("public"), catalogue)
    assert touch.scope is Scope.MODEL
    assert not any("KSecret" in str(quad) for quad in everything(releasing.house.view("public")))


def test_a_country_is_told_only_where_it_does_not_tell_which_site_it_is(releasing: Releasing) -> None:
    removed = replace(REDACTED, redaction=Redaction.NAME_REMOVED)
    (release,) = releasing.releaser.release(removed).releases
    releasing.show()
    assert releasing.house.view("public").objects(boundary(releasing.house.view("public")), terms.country) == []
    releasing.releaser.call_off(release, reason="again", author=STEWARD)
    factories = " ".join(f"ex:X{number} a ew:Factory ; ew:country country:CHN ." for number in range(2))
    releasing.house.load(
        PREFIXES
        + "ex:P3 { ex:P3 a ew:SupplierListEdition ; prov:wasAttributedTo ex:brand0 ; ew:visibility vis:staff ;"
        + f' ew:receivedAt "2024-01-21T00:00:00Z"^^xsd:dateTime . {factories} }}'
    )
    releasing.releaser.release(removed)
    releasing.show()
    view = releasing.house.view("public")
    (country,) = view.objects(boundary(view), terms.country)
    assert str(country).endswith("CHN>")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"level": Visibility.LINKED_AFFILIATES}, "would learn it by seeing the edition"),
        ({"keep": frozenset({named("F1")})}, "sees nothing of it so far"),
        ({"record": named("R")}, f"nothing that can be shown redacted: 1 {NO_FORM}"),
        ({"with_replies": True}, "replies name what they reply to"),
    ],
)
def test_a_redaction_that_cannot_be_meant_is_refused_and_nothing_is_kept(
    releasing: Releasing, change: dict[str, object], why: str
) -> None:
    before = releasing.house.ledger.head()
    with pytest.raises(InputError, match=why):
        releasing.releaser.release(replace(REDACTED, **change))  # type: ignore[arg-type]
    assert releasing.house.ledger.head() == before


def test_a_record_is_redacted_for_one_audience_at_a_time(releasing: Releasing) -> None:
    releasing.releaser.release(REDACTED)
    releasing.show()
    with pytest.raises(ConflictError, match="redacted already"):
        releasing.releaser.release(replace(REDACTED, level=Visibility.AFFILIATES))


def test_a_redacted_release_that_somebody_writes_by_hand_opens_nothing(releasing: Releasing) -> None:
    releasing.house.load("""
    ex:H { ex:H a ew:Release ; prov:wasAttributedTo ex:steward ; ew:visibility vis:staff ; ew:releases ex:D ;
      ew:redaction <https://w3id.org/ewgraph/kos/redaction/boundary-reference> ; ew:toVisibility vis:public ;
      ew:releasedAt "2024-07-01T00:00:00Z"^^xsd:dateTime ; ew:receivedAt "2024-07-01T00:00:00Z"^^xsd:dateTime . }
    """)
    assert "public" not in releasing.who_sees("c1")


def test_nobody_else_sees_more_by_retracting_in_favour_of_a_claim(releasing: Releasing) -> None:
    """A retraction follows its claims only where a trusted one says so."""
    releasing.house.load(
        """ex:V { ex:V a ew:Retraction ; prov:wasAttributedTo ex:brand0 ; ew:visibility vis:staff ;
          ew:retracts ex:c9 ; ew:inFavourOf ex:c1 ; ew:receivedAt "2026-01-01T00:00:00Z"^^xsd:dateTime . }""",
        named("brand0"),
    )
    assert releasing.who_sees("V") == {"staff"}


def test_a_release_whose_claims_were_retracted_since_is_told_to_be_outdated(releasing: Releasing) -> None:
    releasing.releaser.release(REDACTED)
    releasing.house.load("""
    ex:X { ex:X a ew:Retraction ; prov:wasAttributedTo ex:res0 ; ew:visibility vis:contract-party ;
      ew:retracts ex:c1 ; ew:receivedAt "2026-05-01T00:00:00Z"^^xsd:dateTime . }
    """)
    (found,) = releasing.releaser.releases()
    assert found.outdated_by == (named("X"),)


def test_a_redaction_is_no_change_of_the_supply_chain_to_staff(releasing: Releasing, catalogue: Catalogue) -> None:
    releasing.pass_to("2026-10-02")
    since = releasing.house.clock.time
    releasing.releaser.release(REDACTED)
    releasing.pass_to("2026-10-03")
    staff, until = releasing.house.view("staff"), releasing.house.clock.time
    assert list(what_changed(staff, catalogue, named("K"), since=since, until=until)) == []
    public = releasing.house.view("public")
    assert len(list(what_changed(public, catalogue, named("K"), since=since, until=until))) == 2
