"""Whatever order records come in, settling only what a new one may change gives what settling everything gives."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ewgraph.catalogue import Catalogue
from ewgraph.graph.change import Change
from ewgraph.graph.digest import graph_digest
from ewgraph.ledger import OPERATOR
from ewgraph.model.rdf import IRI
from tests.conftest import House, TickingClock, named
from tests.graph.worlds import AFFILIATIONS

VERDICT: Final = "@prefix verdict: <https://w3id.org/ewgraph/kos/verdict/> .\n"
SECTION: Final = re.compile(r"^# (.*) \| (.*)\n", re.MULTILINE)
"""Name, and who hands it in."""
ENDINGS: Final = ("the delivery taken back", "the assembly revised", "the notice of a contractor revised")


def history() -> dict[str, tuple[str, IRI]]:
    """The records of the history, each with who hands it in."""
    _, *parts = SECTION.split(Path(__file__).with_name("history.trig").read_text(encoding="utf-8"))
    found = {}
    for name, who, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        found[name] = (VERDICT + (text.strip() or AFFILIATIONS), OPERATOR if who == "operator" else named(who))
    return found


HISTORY: Final = history()


def a_house(catalogue: Catalogue) -> House:
    return House(Path(":memory:"), TickingClock(dt.datetime(2026, 10, 1, tzinfo=dt.UTC)), catalogue)


@pytest.mark.parametrize("latest", HISTORY)
def test_each_record_can_come_last(house: House, latest: str) -> None:
    for name in (*(name for name in HISTORY if name != latest), latest):
        house.load(*HISTORY[name])
    assert house.projector.surplus() == ([], [])


@settings(max_examples=40, deadline=None)
@given(st.permutations(list(HISTORY)), st.integers(3, len(HISTORY)))
def test_any_order_gives_the_graph_of_all_at_once(catalogue: Catalogue, order: list[str], some: int) -> None:
    house = a_house(catalogue)
    for name in order[:some]:
        house.load(*HISTORY[name])
        assert house.projector.surplus() == ([], []), name
    assert graph_digest(house.store) == graph_digest(house.rebuilt())


def test_the_history_links_and_parts_again(house: House) -> None:
    for name in HISTORY.keys() - set(ENDINGS):
        house.load(*HISTORY[name])
    assert sees(house, "aff0") == {"f0", "f3", "r", "v"}
    assert sees(house, "aff1") == {"f0", "f3", "r", "v"}
    house.load(*HISTORY["the delivery taken back"])
    assert sees(house, "aff0") == {"f0"}
    house.load(*HISTORY["the assembly revised"])
    assert sees(house, "aff0") == set()
    assert sees(house, "aff1") == {"f0"}
    house.load(*HISTORY["the notice of a contractor revised"])
    assert sees(house, "aff1") == set()


def test_who_is_a_contractor_no_more_is_no_witness_of_what_it_said_elsewhere(house: House) -> None:
    """The notice names no node of the chain that its contractor was a witness of."""
    for name in HISTORY.keys() - {*ENDINGS, "assembly by a contractor"}:
        house.load(*HISTORY[name])
    assert sees(house, "aff0") == {"f0", "f3", "r", "v"}
    house.load(*HISTORY["the notice of a contractor revised"])
    assert sees(house, "aff0") == {"f0"}


NOTICE: Final = """
ex:N { ex:N a ew:ContractNotice ; prov:wasAttributedTo ex:steward ; ew:visibility vis:contract-party ;
    ew:receivedAt "2024-03-01T00:00:00Z"^^xsd:dateTime .
  ex:K a ew:Contract ; ew:buyer ex:aff0 ; ew:contractor ex:res0 ; ew:hasLine ex:K-1 .
  ex:K-1 a ew:ContractLine ; ew:model ex:L0 . }
ex:R { ex:R a ew:MonitoringReport ; prov:wasAttributedTo ex:mon0 ; ew:visibility vis:linked-affiliates ;
    ew:receivedAt "2024-03-02T00:00:00Z"^^xsd:dateTime .
  ex:f a ew:Finding ; ew:assertedIn ex:R ; ew:site ex:F . }
"""
SUPPLY: Final = """
ex:D { ex:D a ew:Disclosure ; prov:wasAttributedTo ex:res0 ; ew:visibility vis:staff ;
    ew:receivedAt "2024-03-03T00:00:00Z"^^xsd:dateTime .
  ex:c a ew:SupplyClaim ; ew:assertedIn ex:D ; ew:scope scope:model ; ew:site ex:F ; ew:output ex:L0 . }
"""


def test_a_further_line_of_a_known_contract_makes_its_contractor_a_witness(house: House) -> None:
    """Who buys and who delivers was said before; that the model is among it is new, and the site is not named."""
    house.load(AFFILIATIONS + NOTICE)
    house.load(SUPPLY.replace("ex:L0", "ex:L9"), named("res0"))
    assert not house.view("ex:aff0").knows(named("f"))
    house.load(NOTICE.split("ex:R {")[0].replace("ex:N", "ex:N2").replace("K-1", "K-2").replace("ex:L0", "ex:L9"))
    assert house.view("ex:aff0").knows(named("f"))
    assert house.projector.surplus() == ([], [])


@pytest.mark.parametrize(
    ("kind", "claim"),
    [("SupplyClaim", "ew:site ex:F ; ew:forBrand"), ("SmelterListingClaim", "ew:smelter ex:F ; ew:declarant")],
)
def test_whose_brand_a_model_is_can_come_last(house: House, kind: str, claim: str) -> None:
    """A list of a brand links a site to all of its models, and names none of them."""
    house.load(AFFILIATIONS + NOTICE)
    text = SUPPLY.replace("ew:site ex:F ; ew:output ex:L0", f"{claim} ex:brand1")
    house.load(text.replace("ew:SupplyClaim", f"ew:{kind}"))
    house.load(
        """ex:M { ex:M a ew:Disclosure ; prov:wasAttributedTo ex:res0 ; ew:visibility vis:staff ;
        ew:receivedAt "2024-03-05T00:00:00Z"^^xsd:dateTime . ex:L0 a ew:ProductModel ; ew:brand ex:brand1 . }""",
        named("res0"),
    )
    assert house.view("ex:aff0").knows(named("f"))
    assert house.projector.surplus() == ([], [])


def test_a_partner_that_is_an_affiliate_no_more_is_linked_no_more(house: House) -> None:
    """It stays a member: so not everything is computed anew."""
    member = """ex:X{part} {{ ex:X{part} a ew:DatasetImport ; ew:receivedAt "2024-01-01T00:00:00Z"^^xsd:dateTime ;
        prov:wasAttributedTo ex:steward ; ew:visibility vis:public .
      ex:x-{part} a ew:Affiliation ; org:member ex:aff9 ; org:role part:{part} ;
        ew:validFrom "2015-01-01"^^xsd:date . }}
    """
    house.load(AFFILIATIONS + member.format(part="affiliate") + member.format(part="monitoring-partner"))
    house.load(NOTICE.replace("ex:aff0", "ex:aff9"))
    house.load(SUPPLY, named("res0"))
    assert house.view("ex:aff9").knows(named("f"))
    house.load(
        """ex:X2 { ex:X2 a ew:DatasetImport ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ;
        ew:receivedAt "2024-04-01T00:00:00Z"^^xsd:dateTime ; prov:wasRevisionOf ex:Xaffiliate . }"""
    )
    assert not house.view("ex:aff9").knows(named("f"))
    assert house.projector.surplus() == ([], [])


def test_a_claim_may_come_after_the_retraction_in_favour_of_it(house: House) -> None:
    """Who sees the claim sees the retraction of its twin as well, whatever comes first."""
    house.load(
        AFFILIATIONS
        + """ex:T { ex:T a ew:Retraction ; prov:wasAttributedTo ex:steward ; ew:visibility vis:staff ;
        ew:retracts ex:twin ; ew:inFavourOf ex:c ; ew:receivedAt "2024-03-01T00:00:00Z"^^xsd:dateTime . }"""
    )
    house.load(SUPPLY.replace("vis:staff", "vis:contract-party"), named("res0"))
    assert house.view("ex:res0").knows(named("T"))
    assert house.projector.surplus() == ([], [])


def test_what_a_failure_cut_off_is_asked_again(house: House) -> None:
    full = FullDisk()
    house.projector._follower = full
    for name in HISTORY.keys() - {*ENDINGS, "delivery"}:
        house.load(*HISTORY[name])
    full.refused = named("f3")
    with pytest.raises(OSError, match="no space"):
        house.load(*HISTORY["delivery"])
    full.refused = None
    house.projector.catch_up()
    assert sees(house, "aff0") == {"f0", "f3", "r", "v"}
    assert house.projector.surplus() == ([], [])


class FullDisk:
    """Follows the projector until a change of one subject finds no room."""

    refused: IRI | None = None

    @contextmanager
    def following(self, changes: Sequence[Change], stamp: str) -> Iterator[None]:  # noqa: ARG002  # as a follower has it
        if any(change.subject == self.refused for change in changes):
            raise OSError("no space left")
        yield


def sees(house: House, who: str) -> set[str]:
    view = house.view(named(who).value)
    return {name for name in ("f0", "f3", "r", "v") if view.knows(named(name))}
