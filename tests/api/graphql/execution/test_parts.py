"""What comes in which part, and what a part cannot do: show what is written later, take longer, or bring too much."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from graphql import ExecutionResult

from ewgraph.api.graphql import Allowance, schema
from ewgraph.api.graphql.answering import Answering
from ewgraph.api.graphql.execution import Begun
from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.parts import part_of
from ewgraph.api.graphql.preparing import Asked, Asker
from ewgraph.api.graphql.values import Context
from tests.api.graphql.conftest import EXAMPLE
from tests.api.graphql.execution.merging import merged, parts_of
from tests.api.graphql.execution.test_equality import ODD, OURS, Noting, house
from tests.conftest import House, TickingClock, named

__all__ = ["house"]


def answer(
    house: House, document: str, answering: Answering = ODD, reader: str = "staff", **allowed: Any
) -> ExecutionResult:
    """The answer, or its first part."""
    loader = Loader(house.view(reader), house.catalogue, Allowance(**{"seconds": 1000, **allowed}))
    return answering.answer(Asked(document, {}, None, in_parts=True), Asker("anybody"), lambda: Noting(loader))


def parts(house: House, document: str) -> Sequence[Mapping[str, Any]]:
    """The parts as a client gets them, of which there are several."""
    result = answer(house, document)
    assert isinstance(result, Begun), result.errors
    return parts_of(result)


def test_all_objects_of_one_fragment_come_in_one_part(house: House) -> None:
    first, second = parts(house, '{ box { many(first: 3) { depth ... @defer(label: "below") { inner { depth } } } } }')
    assert first["data"] == {"box": {"many": [{"depth": 1}, {"depth": 2}, {"depth": 3}]}}
    assert first["pending"] == [
        {"id": str(number), "path": ("box", "many", number), "label": "below"} for number in range(3)
    ]
    assert second == {
        "incremental": [{"id": str(number), "data": {"inner": {"depth": number + 2}}} for number in range(3)],
        "completed": [{"id": str(number)} for number in range(3)],
        "hasNext": False,
    }


def test_what_is_asked_at_once_too_is_not_told_again(house: House) -> None:
    first, second = parts(house, "{ box { inner { depth } ... @defer { inner { depth maybe { depth } } } } }")
    assert first["data"] == {"box": {"inner": {"depth": 1}}}
    assert second["incremental"] == [{"id": "0", "subPath": ("inner",), "data": {"maybe": None}}]


def test_a_fragment_that_brings_nothing_is_not_told_and_the_answer_stays_whole(house: House) -> None:
    document = "{ box { depth ... @defer { depth } } }"
    result = answer(house, document)
    assert not isinstance(result, Begun)
    assert result.data == {"box": {"depth": 0}}


def test_a_fragment_within_another_comes_after_it(house: House) -> None:
    found = parts(house, "{ ... @defer { box { depth ... @defer { inner { depth } } } } }")
    assert [len(part.get("pending", ())) for part in found] == [1, 1, 0]
    assert merged(found).data == {"box": {"depth": 0, "inner": {"depth": 1}}}


def test_a_fragment_that_fails_where_nothing_can_be_null_is_told_as_not_there(house: House) -> None:
    first, second, third = parts(
        house, "{ box { depth ... @defer { fails ... @defer { inner { depth } } } ... @defer { maybe { depth } } } }"
    )
    assert first["data"] == {"box": {"depth": 0}}
    (failed,) = second["completed"]
    assert (failed["id"], [error["path"] for error in failed["errors"]]) == ("0", [["box", "fails"]])
    assert "incremental" not in second
    assert third["incremental"] == [{"id": "1", "data": {"maybe": {"depth": 1}}}]
    assert third["hasNext"] is False


def test_what_stands_in_a_place_that_failed_does_not_come(house: House) -> None:
    document = "{ box { maybe { depth } ... { many { fails ... @defer { depth } } } } perhaps { depth } }"
    result = answer(house, document)
    assert not isinstance(result, Begun)
    assert result.data is None


def test_what_stands_in_an_item_that_failed_does_not_come(house: House) -> None:
    first, second = parts(house, "{ box { holes { fails ... @defer { inner { depth } } } ... @defer { depth } } }")
    assert first["data"] == {"box": {"holes": [None, None, None]}}
    assert first["pending"] == [{"id": "0", "path": ("box",)}]
    assert second["incremental"] == [{"id": "0", "data": {"depth": 0}}]


def test_what_two_fragments_ask_comes_once_also_where_one_of_them_fails(house: House) -> None:
    first, second, third = parts(house, "{ box { ... @defer { depth fails } ... @defer { depth } } }")
    assert first["data"] == {"box": {}}
    assert second["completed"][0]["errors"]
    assert "incremental" not in second
    assert third["incremental"] == [{"id": "1", "data": {"depth": 0}}]


def test_a_fragment_of_which_all_has_come_by_another_is_not_told(house: House) -> None:
    first, second, third = parts(house, "{ box { ... @defer { depth } ... @defer { large ... @defer { depth } } } }")
    assert [one["id"] for one in first["pending"]] == ["0", "1"]
    assert second["incremental"] == [{"id": "0", "data": {"depth": 0}}]
    assert third["incremental"] == [{"id": "1", "data": {"large": 2**31 - 1}}]
    assert "pending" not in third


def test_a_mutation_is_answered_whole(house: House) -> None:
    result = answer(house, "mutation { add { depth ... @defer { inner { depth } } } }")
    assert not isinstance(result, Begun)
    assert result.data == {"add": {"depth": 1, "inner": {"depth": 2}}}


def test_the_root_of_a_mutation_cannot_be_deferred(house: House) -> None:
    document = "mutation { ... @defer { add { depth } } }"
    result = answer(house, document)
    assert result.data is None
    assert "cannot be used on root mutation type" in str(result.errors)


def test_the_schema_has_no_stream(house: House) -> None:
    document = "{ sites { nodes @stream { id } } }"
    result = answer(house, document, OURS)
    assert "Unknown directive '@stream'." in str(result.errors)


LABELS = '{ contract(id: "%s") { id ... @defer { label } } }' % named("K1").value  # noqa: UP031  # braces are GraphQL's


@dataclass
class Begins:
    """An answer in parts of which the first is there."""

    house: House
    allowance: Allowance = field(default_factory=lambda: Allowance(seconds=1000))

    def __post_init__(self) -> None:
        loader = Loader(self.house.view("ex:uni-a"), self.house.catalogue, self.allowance)
        result = OURS.answer(Asked(LABELS, {}, None, in_parts=True), Asker("ex:uni-a"), lambda: Context(loader))
        assert isinstance(result, Begun)
        self.begun = result

    def rest(self) -> list[Mapping[str, Any]]:
        return [part_of(part) for part in self.begun.rest]


LATER = """ex:N5 { ex:N5 a ew:ContractNotice ; prov:wasAttributedTo ex:uni-a ; ew:visibility %s ;
  ew:receivedAt "2024-01-21T00:00:00Z"^^xsd:dateTime . ex:K1 a ew:Contract ; rdfs:label "A later label" ;
  ew:buyer %s . }"""


@pytest.mark.parametrize(
    ("visibility", "buyer", "seen"), [("vis:contract-party", "ex:uni-a", True), ("vis:steward-only", "ex:uni-b", False)]
)
def test_nothing_that_is_written_meanwhile_shows_in_a_later_part(
    tmp_path: Path, catalogue: Any, visibility: str, buyer: str, seen: bool
) -> None:
    """And what the reader does not see, does not show in that either: not even as an error."""
    own = House(tmp_path, TickingClock(dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)), catalogue)
    own.load(EXAMPLE)
    own.follow()
    begins = Begins(own)
    own.load(LATER % (visibility, buyer))
    (part,) = begins.rest()
    if seen:
        ((error,),) = [one["errors"] for one in part["completed"]]
        assert error["extensions"] == {"reason": "changed"}
        assert "incremental" not in part
    else:
        assert part["incremental"] == [{"id": "0", "data": {"label": "Laptops for A"}}]


def test_the_time_of_an_operation_is_that_of_all_parts(house: House) -> None:
    now = 0.0
    begins = Begins(house, Allowance(seconds=10, tell_s=lambda: now))
    now = 11.0
    ((error,),) = [one["errors"] for (part,) in [begins.rest()] for one in part["completed"]]
    assert error["extensions"] == {"limit": "seconds", "most": 10, "found": 11.0}


def test_an_answer_that_nobody_waits_for_reads_nothing_more(house: House) -> None:
    begins = Begins(house)
    begins.begun.stop()
    (part,) = begins.rest()
    assert "incremental" not in part
    assert part["completed"][0]["errors"]


def test_the_pieces_that_come_later_are_bounded(house: House) -> None:
    document = "{ box { many(first: 4) { ... @defer { depth } } } }"
    for most, refused in ((4, False), (3, True)):
        result = answer(house, document, deferred=most)
        assert isinstance(result, Begun) is not refused
        if refused:
            assert [error.extensions for error in result.errors or ()] == [{"limit": "deferred", "most": 3, "found": 4}]
            assert result.data is None


def test_pieces_that_are_met_later_are_bounded_too(house: House) -> None:
    document = "{ box { ... @defer { many(first: 4) { ... @defer { depth } } } } }"
    result = answer(house, document, deferred=4)
    assert isinstance(result, Begun)
    (part,) = [part_of(one) for one in result.rest]
    assert part["completed"][0]["errors"][0]["extensions"]["limit"] == "deferred"


def test_a_plan_holds_nothing_of_a_reader(house: House) -> None:
    """Readers that go by one name send the same document, as all do who show no key."""
    answering = Answering(schema)
    own, others, again = (
        merged(parts_of(answer(house, LABELS, answering, reader))).data for reader in ("ex:uni-a", "public", "ex:uni-a")
    )
    assert own == again == {"contract": {"id": named("K1").value, "label": "Laptops for A"}}
    assert others == {"contract": None}
