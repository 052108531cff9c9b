"""Nobody learns from any answer that a hidden record exists: each equals that of a service which never had it.

Worlds, readers and requests are drawn. The whole service and the reduced one get the same request from the same reader,
and answer with the same status, headers and bytes. `make nightly` asks ten times as often as `make test`.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import accumulate
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ewgraph.catalogue import Catalogue
from ewgraph.ledger import OPERATOR
from ewgraph.model.rdf import Quad
from ewgraph.web.workspace import Workspace
from tests.conftest import PREFIXES, by_record
from tests.security.drawn_graphql import Known, graphql_request
from tests.security.drawn_rest import (
    entity_request,
    graph_request,
    page_request,
    question_request,
    reconciliation_request,
    search_request,
)
from tests.security.drawn_sparql import sparql_request
from tests.security.reduction import visible_part
from tests.security.replies import Asked, Reply
from tests.security.twins import READERS, Reader, Service, by_graph, empty, filled, serving
from tests.security.worlds import explicit_world, linked_world, names_in, words_in

pytestmark = pytest.mark.no_cover  # it takes two thirds longer to note which lines run, and others run them

HandedIn: TypeAlias = list[tuple[int, list[Quad]]]
"""Records in the order in which they came, each with the number of its hand-in."""

WANTED = int(os.environ.get("NON_INTERFERENCE_REQUESTS", "2000"))
"""How many requests are compared in all."""
REQUESTS = 40
"""How many of them in one world by one reader."""
ROUNDS = 10
EXAMPLES = 2 + -(-WANTED // (ROUNDS * REQUESTS))
"""So many worlds a round: the first is the simplest there is, and a request that was drawn before is not counted."""

_CURSORS = re.compile(r'"(?:cursor|endCursor)":"([^"]+)"')
ALSO_NAMED = (
    *("https://data.example.org/id/never", "https://w3id.org/ewgraph/ns#Site", "https://w3id.org/ewgraph/projection"),
    *("https://w3id.org/ewgraph/audience/public", "https://w3id.org/ewgraph/audience/staff"),
    *("https://w3id.org/ewgraph/kos/mineral/tin", OPERATOR.value),
)
COUNTING = frozenset({"ledgerSequence", "indexGeneration"})
"""What counts all records there are, and is told to staff alone: they know what testimonies there are by number."""
_GAUGES = re.compile(rb"(?<=^ewgraph_ledger_sequence )\d+|(?<=^ewgraph_graph_cursor )\d+", re.MULTILINE)
_SEQUENCE = re.compile(rb"(?<=[&;]sequence=)\d+")
_CITED = re.compile(rb"<dt>(?:Ledger-Sequence|Index-Generation)</dt><dd>\d+</dd>")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return empty(tmp_path_factory.mktemp("template") / "data")


def reduced_by_graph(whole: Workspace, template: Path, folder: Path, handed: HandedIn, reader: Reader) -> Workspace:
    del handed
    return by_graph(whole, template, folder, reader)


def reduced_by_record(whole: Workspace, template: Path, folder: Path, handed: HandedIn, reader: Reader) -> Workspace:
    del whole
    parts = [(place, visible_part(quads, reader)) for place, quads in handed]
    return filled(template, folder, [(place, quads) for place, quads in parts if quads])


ORACLES: dict[str, tuple[st.SearchStrategy[list[str]], Callable[..., Workspace]]] = {
    "graph": (linked_world(), reduced_by_graph),
    "record": (explicit_world(), reduced_by_record),
}


@pytest.mark.parametrize("number", range(ROUNDS))
def test_an_answer_is_that_of_a_service_without_what_is_hidden(
    number: int,
    template: Path,
    catalogue: Catalogue,
    record_property: Callable[[str, object], None],
) -> None:
    worlds, reduced = ORACLES["graph" if number % 2 else "record"]
    compared: Counter[str] = Counter()

    @settings(  # not shrunk: each try takes seconds, and the request that leaks is told as it is
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(worlds, st.sampled_from(READERS), st.data())
    def compare(texts: list[str], reader: Reader, data: st.DataObject) -> None:
        with tempfile.TemporaryDirectory() as folder, ExitStack() as services:
            handed = data.draw(handed_in(records_of(texts)))
            whole = filled(template, Path(folder) / "whole", handed)
            less = reduced(whole, template, Path(folder) / "less", handed, reader)
            here, there = services.enter_context(serving(whole)), services.enter_context(serving(less))
            assert whole.projector.members() == less.projector.members()
            known = Known([*names_in(texts), *ALSO_NAMED], words_in(texts))
            known.cursors = list(dict.fromkeys([*cursors_of_others(here, known, reader)]))
            known.untold = COUNTING if reader.name == "staff" else frozenset()
            deque(cursors_of_others(there, known, reader), maxlen=0)  # so that both were asked as often
            requests = request(known, catalogue)
            seen = set[str]()
            for _ in range(REQUESTS):
                asked = data.draw(requests)
                if repr(asked) in seen:
                    continue
                seen.add(repr(asked))
                one, other = here.ask(asked, reader.name), there.ask(asked, reader.name)
                if one.is_stopped or other.is_stopped:
                    compared["stopped"] += 1
                    continue
                assert one.status != 500
                assert b'"Internal error"' not in one.body
                assert told(one, reader) == told(other, reader), f"{reader.name} is told of what is hidden by {asked}"
                compared[f"{asked.kind} {one.status}"] += 1

    compare()
    record_property("non-interference", dict(compared))
    assert compared.total() - compared["stopped"] >= WANTED / ROUNDS


def request(known: Known, catalogue: Catalogue) -> st.SearchStrategy[Asked]:
    """A request of any kind, of the richest languages most often."""
    kinds = {
        sparql_request(known.names): 7,
        graphql_request(known): 6,
        question_request(known, catalogue): 4,
        entity_request(known): 2,
        graph_request(known): 1,
        page_request(known): 2,
        search_request(known): 2,
        reconciliation_request(known): 2,
    }
    drawn = [kind for kind, times in kinds.items() for _ in range(times)]
    return st.integers(0, len(drawn) - 1).flatmap(drawn.__getitem__)  # `one_of` takes each kind once


@st.composite
def handed_in(draw: st.DrawFn, records: list[list[Quad]]) -> HandedIn:
    """The records, each with the number of the hand-in that it came with: some come alone, and some together."""
    alone = draw(st.lists(st.booleans(), min_size=len(records), max_size=len(records)))
    return list(zip(accumulate(alone), records, strict=True))


def records_of(texts: list[str]) -> list[list[Quad]]:
    """The quads of each record, in order."""
    return [quads for text in texts for quads in by_record(PREFIXES + text)]


def cursors_of_others(service: Service, known: Known, reader: Reader) -> Iterator[str]:
    """Cursors that stand in answers to readers who see other things."""
    sites = [name for name in known.names if "factory" in name or "mine" in name][:4]
    asks = [
        f's{n}: contractsTouching(site: "{name}", first: 2) {{ edges {{ cursor }} }}' for n, name in enumerate(sites)
    ]
    text = f'{{ {" ".join(asks)} search(text: "a", first: 5) {{ edges {{ cursor }} pageInfo {{ endCursor }} }} }}'
    body = json.dumps({"query": text}).encode()
    for other in READERS:
        if other != reader:
            asked = Asked("cursors", "/graphql", "POST", headers={"Content-Type": "application/json"}, body=body)
            yield from _CURSORS.findall(service.ask(asked, other.name).body.decode())


def told(reply: Reply, reader: Reader) -> Reply:
    """All of an answer; for staff but for the ledger's sequence number and the graph's generation, which count all."""
    if reader.name != "staff":
        return reply
    kept = tuple(
        (name, _SEQUENCE.sub(b"-", value.encode()).decode())
        for name, value in reply.headers
        if name not in {"x-ledger-sequence", "x-index-generation"}
    )
    return Reply(reply.status, kept, _SEQUENCE.sub(b"-", _CITED.sub(b"", _GAUGES.sub(b"-", reply.body))))
