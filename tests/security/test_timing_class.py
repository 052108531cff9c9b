"""What is hidden takes the same way through the code as what is not there: the same reads, with the same outcome.

No time is measured. What is counted is how often the store is asked, in which way, and how much it gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import pytest
from pyoxigraph import Store

from ewgraph.catalogue import Catalogue
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.model.rdf import IRI, Quad, Term
from tests.conftest import PREFIXES, by_record
from tests.security.hunts import HUNTS, Prey
from tests.security.replies import Asked
from tests.security.secrets_world import ABSENT, OTHER_BUYER, RECORDS, SECRETS
from tests.security.twins import Reader, Service, empty, filled, serving

pytestmark = pytest.mark.no_cover  # it takes two thirds longer to note which lines run, and others run them

READERS = ("public", OTHER_BUYER)
EVERY = 24
"""GraphQL and stored queries have many requests for a name: each is asked with every so manieth secret."""
NAMED = tuple(secret for secret in SECRETS if secret.iri and OTHER_BUYER not in secret.seen_by)


Read: TypeAlias = tuple[str, int, int]
"""How it was read, over how many graphs, and how much came of it."""


@dataclass(slots=True)
class Reads:
    """What was read."""

    seen: list[Read] = field(default_factory=list)


class NotedStore(GraphStore):
    """A store that notes each read, and is otherwise the same."""

    def __init__(self, store: Store, reads: Reads) -> None:
        super().__init__(store)
        self._reads = reads

    def quads(
        self,
        subject: IRI | None = None,
        predicate: IRI | None = None,
        value: Term | None = None,
        graph: IRI | None = None,
    ) -> Iterator[Quad]:
        found = list(super().quads(subject, predicate, value, graph))
        self._reads.seen.append(("quads", int(graph is not None), len(found)))
        return iter(found)

    def select(
        self, text: str, graphs: Sequence[IRI], bindings: Mapping[str, Term]
    ) -> tuple[list[str], list[tuple[Term | None, ...]]]:
        names, rows = super().select(text, graphs, bindings)
        self._reads.seen.append(("select", len(graphs), len(rows)))
        return names, rows


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, Reads]]:
    folder: Path = tmp_path_factory.mktemp("timing")
    workspace = filled(empty(folder / "template"), folder / "data", list(enumerate(by_record(PREFIXES + RECORDS))))
    reads = Reads()
    with serving(workspace, [Reader(name) for name in READERS]) as made:
        workspace.store = NotedStore(workspace.store._store, reads)
        yield made, reads


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "route",
    [
        "GET /id",
        "GET /id/{path:path}",
        "GET /doc/{path:path}",
        "GET /queries/{name}",
        "ANY /graphql",
        "GET /disclosures/template",
    ],
)
def test_the_hidden_is_read_like_the_absent(
    service: tuple[Service, Reads], catalogue: Catalogue, route: str, reader: str
) -> None:
    many = EVERY if route in {"ANY /graphql", "GET /queries/{name}"} else 1
    read = 0
    for place, secret in enumerate(NAMED):
        found = []
        for name in (secret.iri, secret.iri.replace(secret.text, ABSENT)):
            requests = HUNTS[route](Prey((name,), ("zq",), (), (), catalogue, steps=1))
            found.append(reads_of(service, islice(requests, place % many, None, many), reader))
        assert found[0] == found[1], secret.kind
        read += sum(map(len, found[0]))
    assert read or (route, reader) == ("GET /disclosures/template", "public")


def reads_of(service: tuple[Service, Reads], requests: Iterable[Asked], reader: str) -> list[list[Read]]:
    """The reads of each request."""
    made, reads = service
    found = []
    for asked in requests:
        reads.seen.clear()
        made.ask(asked, reader)
        found.append(list(reads.seen))
    return found
