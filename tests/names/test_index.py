"""However the names came to be held, change by change, from files or at once, they are those that the graph shows."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ewgraph.catalogue import Catalogue
from ewgraph.graph.audience import PUBLIC
from ewgraph.names import index as indexing
from ewgraph.names.index import NameIndex
from ewgraph.names.search import Wanted
from tests.conftest import House, named
from tests.graph.worlds import AFFILIATIONS
from tests.names.test_search import THINGS
from tests.names.worlds import named_world
from tests.trace.test_equality import a_house

slow = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
EVENTS = st.lists(st.sampled_from(["go on", "search", "close", "crash", "keep"]), min_size=8, max_size=8)


def follow(house: House, folder: Path | None = None) -> NameIndex:
    names = NameIndex(house.store, folder)
    house.projector = house.projector_of(house.store, follower=names)  # type: ignore[arg-type]
    return names


@slow
@given(named_world(most=7), st.integers(0, 7), EVENTS)
def test_names_that_follow_are_those_that_the_graph_shows(
    catalogue: Catalogue, records: list[str], members_after: int, events: list[str]
) -> None:
    records.insert(members_after, AFFILIATIONS)
    with tempfile.TemporaryDirectory() as folder:
        house = a_house(catalogue)
        names = follow(house, Path(folder) / "names")
        for record, event in zip(records, events, strict=True) if len(records) == 8 else zip(records, events):  # noqa: B905
            house.load(record)
            if event == "search":
                assert list(names.faults()) == []
            if event == "keep":
                names.keep()
            if event == "close":
                names.close()
            if event in {"close", "crash"}:
                names = follow(house, Path(folder) / "names")
        assert list(names.faults()) == []
        names.close()
        assert list(NameIndex(house.store, Path(folder) / "names").faults()) == []


def test_what_missed_a_change_is_made_anew_and_its_files_are_gone(house: House, tmp_path: Path) -> None:
    house.load(THINGS)
    names = follow(house, tmp_path / "names")
    names.keep()
    assert list((tmp_path / "names").glob("*/0.npz"))
    house.projector = house.projector_of(house.store)
    house.load(THINGS.replace("ex:L ", "ex:L2 ").replace("Laptop Nine", "Laptop Ten"))  # nobody follows
    assert names.search([PUBLIC], Wanted("laptop ten")).items[0].name.text == "Laptop Nine"
    again = NameIndex(house.store, tmp_path / "names")
    assert not (tmp_path / "names").exists()
    assert again.search([PUBLIC], Wanted("laptop ten")).items[0].name.text == "Laptop Ten"


def test_files_that_are_torn_are_not_used(house: House, tmp_path: Path) -> None:
    house.load(THINGS)
    for name in ("0.npz", "0.json", "meta.json"):
        NameIndex(house.store, tmp_path / "names").keep()
        (path,) = (tmp_path / "names").glob(f"*/{name}")
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        names = NameIndex(house.store, tmp_path / "names")
        assert [hit.thing for hit in names.search([PUBLIC], Wanted("gornyak")).items] == [named("B")]


def test_who_only_loads_reads_no_names(house: House, tmp_path: Path) -> None:
    house.load(THINGS)
    NameIndex(house.store, tmp_path / "names").keep()
    names = follow(house, tmp_path / "names")
    house.load(THINGS.replace("ex:L ", "ex:L2 ").replace("Laptop Nine", "Laptop Ten"))
    names.close()
    (path,) = (tmp_path / "names").glob("*/0.npz")
    path.unlink()  # it was not opened, and need not be written
    assert [line for line in (path.parent / "journal").read_text().splitlines() if named("M").value in line]


def test_files_far_behind_are_written_anew(house: House, tmp_path: Path, monkeypatch: object) -> None:
    house.load(THINGS)
    names = follow(house, tmp_path / "names")
    names.keep()
    names.keep()
    assert [path.name for path in (tmp_path / "names").iterdir()] == ["1"]
    monkeypatch.setattr(indexing, "_WORTH_WRITING", 1)  # type: ignore[attr-defined]
    house.load(THINGS.replace("ex:L ", "ex:L2 ").replace("Laptop Nine", "Laptop Ten"))
    names.keep()
    assert [path.name for path in (tmp_path / "names").iterdir()] == ["2"]


def test_a_number_that_is_told_later_is_found(house: House) -> None:
    names = follow(house)
    head = (
        "a ew:SupplierListEdition ; prov:wasAttributedTo ex:brand ; ew:visibility vis:public ;"
        ' ew:receivedAt "2023-01-01T00:00:00Z"^^xsd:dateTime .'
    )
    house.load(f"ex:R {{ ex:R {head} ex:F a ew:Factory ; adms:identifier ex:number . }}")
    assert names.search([PUBLIC], Wanted("CID000438")).items == []
    house.load(f'ex:R2 {{ ex:R2 {head} ex:number a adms:Identifier ; skos:notation "CID000438" . }}')
    assert [hit.thing for hit in names.search([PUBLIC], Wanted("CID000438")).items] == [named("F")]
