"""What a record's graph must be before it is worth validating."""

import time

import pytest

from ewgraph.ingest.records import RecordSource
from ewgraph.model import terms
from tests.ingest.trig_files import read, record, trig


def problems(*records: str) -> dict[str, tuple[str, ...]]:
    return {held.record.value.rpartition("/")[2]: held.problems for held in read(trig(*records)).records}


def test_a_proper_record_has_no_problem() -> None:
    nested = "rdfs:seeAlso [ rdfs:label 'a' ] , [ rdfs:label 'b' ; rdfs:seeAlso [ rdfs:label 'c' ] ] ;"
    assert problems(record("D1", nested)) == {"D1": ()}


@pytest.mark.parametrize(
    "name", ["ns#Site", "kos/tier/x", "audience/public", "projection", "vocabulary", "genid/a", "shapes#x"]
)
def test_a_reserved_name_names_no_record(name: str) -> None:
    (held,) = read(trig(f"<https://w3id.org/ewgraph/{name}> {{ ex:a rdfs:label 'a' }}")).records
    assert any("cannot name a record" in problem for problem in held.problems)


def test_names_beside_the_reserved_ones_are_free() -> None:
    (held,) = read(trig("<https://w3id.org/ewgraph/id/record/1> { ex:a rdfs:label 'a' }")).records
    assert held.problems == ()


def test_a_record_cannot_describe_what_belongs_to_the_service() -> None:
    (found,) = problems("ex:D1 { <https://w3id.org/ewgraph/genid/abc> rdfs:label 'mine now' }")["D1"]
    assert "belongs to the service" in found


def test_a_blank_node_belongs_to_one_record() -> None:
    found = problems(
        "ex:D1 { ex:a rdfs:seeAlso _:x }", "ex:D2 { ex:b rdfs:seeAlso _:x }", "ex:D3 { ex:b rdfs:label 'b' }"
    )
    assert "stands in two records" in found["D1"][0]
    assert "stands in two records" in found["D2"][0]
    assert found["D3"] == ()


def test_revisions_in_a_circle_within_a_file_are_all_refused() -> None:
    links = {"D1": "D2", "D2": "D3", "D3": "D1", "D4": "D1", "D5": "D5"}
    found = problems(*(record(name, f"prov:wasRevisionOf ex:{old} ;") for name, old in links.items()))
    assert {name for name, texts in found.items() if any("circle" in text for text in texts)} == {
        "D1",
        "D2",
        "D3",
        "D5",
    }


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("ex:a rdfs:seeAlso _:x . ex:b rdfs:seeAlso _:x .", "value of two statements"),
        ("_:x rdfs:seeAlso _:y . _:y rdfs:seeAlso _:x .", "in a circle"),
        ("_:x rdfs:seeAlso _:x .", "in a circle"),
        ("ex:a rdfs:seeAlso " + "[ rdfs:seeAlso " * 2000 + "1" + " ]" * 2000, "more than 3 deep"),
        ("ex:a rdfs:seeAlso [ rdfs:seeAlso [] , [] , [] , [] ]", "more than 3 of its own kind"),
        ("ex:a rdfs:seeAlso " + " , ".join(["[]"] * 10_001), "10,001 nodes without a name"),
        ("ex:a rdfs:seeAlso <<( ex:a ex:b ex:c )>>", "statement about a statement"),
    ],
)
def test_a_bomb_of_blank_nodes_is_refused_at_once(body: str, message: str) -> None:
    started = time.monotonic()
    (found,) = problems(f"ex:D1 {{ {body} }}")["D1"]
    assert message in found
    assert time.monotonic() - started < 5


def test_a_record_tells_its_kind_instant_and_what_it_replaces() -> None:
    (held,) = read(trig(record("D1", "prov:wasRevisionOf ex:D0 ;"))).records
    assert held.kind == terms.Disclosure
    assert held.received_at == "2024-05-02T10:00:00Z"
    assert [old.value for old in held.revises] == ["https://data.example.org/id/D0"]
    empty = RecordSource("f", held.record, ())
    assert (empty.kind, empty.received_at, empty.revises) == (terms.Record, "", ())
