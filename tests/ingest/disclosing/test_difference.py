"""Two disclosures compared: what is new, gone, renamed, changed or the same."""

from __future__ import annotations

import pytest

from ewgraph.ingest.disclosing.difference import difference
from ewgraph.ingest.disclosing.statements import Statement


def said(site: str = "s1", name: str = "Plant 1", **other: object) -> Statement:
    given: dict[str, object] = {
        "what": "SupplyClaim",
        "about": ("output L1",),
        "site": site,
        "state": ("tier final-assembly", "validFrom 2024-01-01"),
        "name": name,
        "place": f"CHN {site} road",
        "named": f"CHN {name.lower()}",
        "shown": ("Laptop 1", None, "final-assembly", "Contract K1"),
        "sheet": "",
        "row": 2,
        **other,
    }
    return Statement(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        (said(), "unchanged"),
        (said(row=9), "unchanged"),
        (said(name="Plant One"), "renamed"),
        (said(state=("tier final-assembly", "validFrom 2025-01-01")), "changed"),
        (said(state=("tier subassembly",), shown=("Laptop 1", None, "subassembly", "Contract K1")), "changed"),
        (said("s2", "Plant One", place="CHN s1 road"), "renamed"),
        (said("s2", "Plant 1"), "changed"),
        (said("s2", "Plant 1", place="CHN s1 road"), "unchanged"),
    ],
)
def test_a_claim_is_told_for_what_became_of_it(after: Statement, kind: str) -> None:
    found = difference("sub-1", [said()], [after])
    assert found.counts == {kind: 1}
    assert found.previous == "sub-1"


@pytest.mark.parametrize(
    "after",
    [
        said("s2", "Plant 2"),
        said("s2", "Plant 1", named="VNM plant 1"),
        said("s2", "Plant 2", place="CHN s1 road", about=("output L2",)),
        said(what="OperationClaim"),
    ],
)
def test_what_has_nothing_in_common_is_gone_and_new(after: Statement) -> None:
    found = difference("sub-1", [said()], [after])
    assert found.counts == {"added": 1, "withdrawn": 1}
    (added, withdrawn) = found.changes
    assert (added.kind, added.row) == ("added", 2)
    assert (withdrawn.kind, withdrawn.row) == ("withdrawn", None)


def test_two_periods_of_one_site_are_matched_one_by_one() -> None:
    early, late, latest = (said(state=(f"validFrom {year}",)) for year in (2022, 2023, 2024))
    found = difference("sub-1", [early, late], [late, latest])
    assert found.counts == {"unchanged": 1, "changed": 1}


def test_claims_without_a_site_or_a_place_are_compared_by_what_they_say() -> None:
    request = said("", "", place="", named="", what="DueDiligenceRecord", state=("sentOn 2024-01-01",))
    assert difference("sub-1", [request], [request]).counts == {"unchanged": 1}
    other = request._replace(about=("requestedFrom Y",))
    assert difference("sub-1", [request], [other]).counts == {"added": 1, "withdrawn": 1}


def test_changes_beyond_the_limit_are_counted() -> None:
    found = difference(None, [], [said(f"s{number}", f"Plant {number}") for number in range(5)], most=2)
    assert (len(found.changes), found.more, found.counts) == (2, 3, {"added": 5})
