"""GraphQL execution: a connection of a thousand contracts, by compiled plans and by Strawberry as it comes.

Both answer the same document over the same store with the same resolvers, and give the same bytes. Executed alone: all
is read beforehand, so what is measured is how a document is executed and written. As a whole: the supply chain is
followed and the store is read, by plans level by level, by Strawberry thing by thing. Python's collector of circles is
set as the server sets it, for both.
"""

from __future__ import annotations

import gc
import json
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import orjson

from benchmarks.contracts import SITE, contracts
from benchmarks.measure import once_cpu_s, table
from ewgraph.access import PUBLIC_READER
from ewgraph.api.graphql import Allowance, schema
from ewgraph.api.graphql.answering import Answering
from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.preparing import Asked, Asker
from ewgraph.api.graphql.values import Context
from ewgraph.ingest.loading import draft_of
from ewgraph.ingest.reading import SourceFile, read_files
from ewgraph.ledger import OPERATOR
from ewgraph.settings import Settings
from ewgraph.web.server import calm_collector
from ewgraph.web.workspace import Workspace

CONTRACTS: Final = 1_000
_TIMES: Final = 9
_STEWARD: Final = "https://data.example.org/id/bench/steward"
_VARIABLES: Final[dict[str, Any]] = {"site": SITE}
DOCUMENTS: Final = {
    "labels": """query ($site: ID!) { contractsTouching(site: $site, first: 1000) { totalCount edges { cursor node {
      contract { id label buyers { id label } } site { id label } scope basis hops possible } } } }""",
    "evidence": """query ($site: ID!) { contractsTouching(site: $site, first: 1000) { totalCount edges { cursor node {
      contract { id label signedOn buyers { id label country { id label } } contractors { id label }
        lines { quantity model { id label modelNumber brand { label } } } }
      site { id label kind country { id } } scope basis hops possible lastConfirmed
      path { kind from { id __typename } to { id __typename } claim { id kind } record { id label receivedAt }
        scope validFrom validTo } } } provenance { querySha256 graphDigest } } }""",
}


def run() -> str:
    """The table."""
    calm_collector()
    with _world() as here:
        rows = [row for name, document in DOCUMENTS.items() for row in _rows(here, name, document)]
    title = f"GraphQL execution: a connection of {CONTRACTS:,} nodes, processor seconds (median of {_TIMES})"
    columns = ["document", "", "fields", "bytes", "plans ms", "Strawberry ms", "plans fields/s", "Strawberry", "ratio"]
    return table(title, columns, rows)


@contextmanager
def _world() -> Iterator[Workspace]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contracts.trig"
        path.write_text(contracts(CONTRACTS), encoding="utf-8")
        (file,) = (one for one in read_files([str(path)], megabytes=500) if isinstance(one, SourceFile))
        with Workspace(Settings(data=Path(folder) / "data", steward=_STEWARD)) as here:
            here.project()
            source = here.ledger.keep_source(file.name, file.content)
            here.ledger.append([draft_of(record, source, OPERATOR) for record in file.records])
            here.project()
            here.store.flush()
            yield here


def _rows(here: Workspace, name: str, document: str) -> Iterator[list[object]]:
    answering, asked, asker = Answering(schema), Asked(document, _VARIABLES, None), Asker("public")

    def loader() -> Loader:
        return Loader(here.gate.view(PUBLIC_READER), here.catalogue, Allowance(seconds=1000))

    def ours(read: Loader) -> bytes:
        return orjson.dumps(answering.answer(asked, asker, lambda: Context(read)).data)

    def theirs(read: Loader) -> bytes:
        result = schema.execute_sync(document, dict(_VARIABLES), Context(read))
        return json.dumps(result.data, ensure_ascii=False, separators=(",", ":")).encode()

    read = loader()
    answer = ours(read)
    if answer != theirs(read):
        raise RuntimeError("the answers differ")
    fields, size = _fields(orjson.loads(answer)), len(answer)
    for what, lent in (("executed alone", lambda: read), ("as a whole", loader)):
        mine, other = (_median_cpu_s(lambda by=by, lent=lent: by(lent())) for by in (ours, theirs))  # type: ignore[misc]
        rates = [f"{fields / mine:,.0f}", f"{fields / other:,.0f}", f"{other / mine:.1f}"]
        yield [name, what, f"{fields:,}", f"{size:,}", f"{mine * 1e3:.0f}", f"{other * 1e3:.0f}", *rates]


def _median_cpu_s(do: Callable[[], object]) -> float:
    do()
    taken = []
    for _ in range(_TIMES):
        gc.collect()
        taken.append(once_cpu_s(do))
    return statistics.median(taken)


def _fields(content: object) -> int:
    if isinstance(content, dict):
        return sum(1 + _fields(value) for value in content.values())
    return sum(map(_fields, content)) if isinstance(content, list) else 0
