"""Parts of an answer, as a client puts them together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import ExecutionResult

from ewgraph.api.graphql.execution import Begun
from ewgraph.api.graphql.parts import first_of, part_of
from ewgraph.api.graphql.schema import told


@dataclass
class Merged:
    """What a client has once all parts are there.

    Attributes:
        data: of all parts.
        errors: of all parts, and those for which a fragment is not there, without an order.
        failed: for what fragments did not come.
        parts: how many there were.
    """

    data: Any = None
    errors: list[str] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)
    parts: int = 0


def merged(parts: Iterable[Mapping[str, Any]]) -> Merged:
    """Puts parts together as the specification says, and holds them against it."""
    found, known, waited, more = Merged(), {}, set[str](), True
    for part in parts:
        assert more, "a part after the last"
        found.parts += 1
        if "data" in part:
            found.data = json.loads(json.dumps(part["data"]))
        found.errors += [_text(error) for error in part.get("errors", ())]
        for one in part.get("pending", ()):
            assert one["id"] not in known
            known[one["id"]] = one
            waited.add(one["id"])
        for one in part.get("incremental", ()):
            assert one["id"] in waited
            place = found.data
            for step in (*known[one["id"]]["path"], *one.get("subPath", ())):
                place = place[step]
            assert not place.keys() & one["data"].keys(), "told twice"
            place.update(json.loads(json.dumps(one["data"])))
            found.errors += [_text(error) for error in one.get("errors", ())]
        for one in part.get("completed", ()):
            waited.remove(one["id"])
            found.failed |= {_text(error) for error in one.get("errors", ())}
        more = part.get("hasNext", False)
        assert more == bool(waited)
    assert not waited
    found.errors.sort()
    return found


def _text(content: object) -> str:
    return json.dumps(content, sort_keys=True)


def whole_of(result: ExecutionResult | Any) -> Mapping[str, Any]:
    """An answer that is whole, or the first part without what makes it one."""
    return {"data": result.data, "errors": [told(error) for error in result.errors or ()]}


def parts_of(result: ExecutionResult) -> Sequence[Mapping[str, Any]]:
    """All parts of an answer; the one where it is whole."""
    if not isinstance(result, Begun):
        return [whole_of(result)]
    return [first_of(result), *map(part_of, result.rest)]
