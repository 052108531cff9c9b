"""A server of its own for who listens: its ledger is written while it runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ewgraph.clock import SystemClock
from ewgraph.ledger import Keyring, Ledger
from tests.protocol.conftest import UNI_A, Server, append, serving
from tests.protocol.world import WORLD

UNI_B = "https://data.example.org/id/uni-b"


@pytest.fixture(scope="module")
def listened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose ledger the tests go on to write, each with findings of its own."""
    data = tmp_path_factory.mktemp("listened") / "data"
    ledger = Ledger(data / "ledger.sqlite", SystemClock())
    append(ledger, WORLD)
    keyring = Keyring(ledger, SystemClock())
    keys = {"staff": keyring.add("staff"), "uni-a": keyring.add(UNI_A), "uni-b": keyring.add(UNI_B)}
    ledger.close()
    with serving(data, keys, EWGRAPH_QUERY_WORKERS="1") as started:
        yield started


def append_later(server: Server, text: str) -> None:
    """Append records while the server runs, as another process does."""
    ledger = Ledger(server.data / "ledger.sqlite", SystemClock())
    append(ledger, text)
    ledger.close()


def finding(name: str, site: str = "F1", visibility: str = "affiliates") -> str:
    return f"""ex:R-{name} {{ ex:R-{name} a ew:MonitoringReport ; prov:wasAttributedTo ex:steward ;
      ew:visibility vis:{visibility} ; ew:receivedAt "2025-02-01T00:00:00Z"^^xsd:dateTime .
      ex:{name} a ew:Finding ; ew:assertedIn ex:R-{name} ; ew:site ex:{site} ;
        ew:provision <https://w3id.org/ewgraph/kos/provision/ilo/C029> ;
        ew:breachStatus <https://w3id.org/ewgraph/kos/breach-status/alleged> . }}"""
