"""What was transcribed says the same as the data set it comes from, where that is at hand."""

import csv
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import RecordFile

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("REAL_DATA", ROOT.parent / "shared" / "data"))
MINES = SHARED / "icmm-global-mining" / "global-mining-dataset.csv"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
CLAIMED = {
    ("ICMM13595", "CID004811"),
    ("ICMM15510", "CID003264"),
    ("ICMM14289", "CID001173"),
    ("ICMM00832", "CID001182"),
    ("ICMM01166", "CID000438"),
}


@pytest.mark.skipif(not MINES.exists(), reason="the ICMM data set is not at hand: set REAL_DATA")
def test_mines_have_the_names_and_places_of_the_icmm_data_set(reference: list["RecordFile"]) -> None:
    record = next(record for record in reference if record.name.endswith("/icmm-mines-2025"))
    with MINES.open(encoding="utf-8", newline="") as lines:
        rows = {row["ICMMID"]: row for row in csv.DictReader(lines)}
    mines = record.of_type("Mine")
    points = {quad.object.value for quad in record.quads if quad.predicate.value.endswith("#asWKT")}
    assert len(mines) == 5
    for mine in mines:
        row = rows[mine.rsplit("/", 1)[1]]
        assert record.values(mine, LABEL) == [row["MineName"]]
        assert f"POINT({float(row['Longitude']):.5f} {float(row['Latitude']):.5f})" in points


def test_every_edge_from_mine_to_smelter_is_inferred_and_without_scope(reference: list["RecordFile"]) -> None:
    ew = "https://w3id.org/ewgraph/ns#"
    record = next(record for record in reference if record.name.endswith("/mine-to-smelter"))
    edges = record.of_type("SourcingClaim")
    ends = {
        tuple(record.values(edge, f"{ew}{end}")[0].rsplit("/", 1)[1] for end in ("mine", "smelter")) for edge in edges
    }
    assert ends == CLAIMED
    for edge in edges:
        assert record.values(edge, f"{ew}evidenceBasis") == ["https://w3id.org/ewgraph/kos/evidence-basis/inferred"]
        assert record.values(edge, f"{ew}scope") == []
