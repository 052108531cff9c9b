"""What every exit of a server as it is really started does: rates, addresses, headers, and what its log never holds."""

from __future__ import annotations

import contextlib
import json
import secrets
import socket
import time
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ewgraph.clock import SystemClock
from ewgraph.ledger import Ledger
from tests.protocol.conftest import Server, serving

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PAGES = ("/", "/sparql", "/queries", "/queries/contracts-touching", "/ns", "/graphql", "/disclosures", "/no-such-page")
FORM = "application/x-www-form-urlencoded"


def copied(server: Server, folder: Path) -> Path:
    ledger = Ledger(server.data / "ledger.sqlite", SystemClock())
    ledger.backup(folder / "ledger.sqlite")
    ledger.close()
    return folder


@pytest.fixture(scope="module")
def strict(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own with low rates, behind a proxy that is this machine, reached by HTTPS."""
    settings = {
        "EWGRAPH_REQUESTS_PER_SECOND": "2",
        "EWGRAPH_WRONG_CREDENTIALS_PER_MINUTE": "3",
        "EWGRAPH_TRUSTED_PROXIES": "127.0.0.0/8, ::1",
        "EWGRAPH_BASE": "https://data.example.org/",
        "EWGRAPH_QUERY_WORKERS": "1",
    }
    with serving(copied(server, tmp_path_factory.mktemp("strict")), server.keys, **settings) as started:
        yield started


def statuses(server: Server, times: int, address: str, reader: str | None = None) -> list[int]:
    return [server.request("/queries", reader=reader, X_Forwarded_For=address).status for _ in range(times)]


def test_too_many_requests_are_told_when_to_come_again(strict: Server) -> None:
    assert 429 in statuses(strict, 12, "192.0.2.1")
    refused = strict.request("/queries", X_Forwarded_For="192.0.2.1", Origin="https://elsewhere.example")
    assert (refused.status, refused.media_type) == (429, "application/problem+json")
    assert refused.json["limit"] == "requests a second"  # type: ignore[index]
    assert int(refused.headers["retry-after"]) >= 1
    assert "Retry-After" in refused.headers["access-control-expose-headers"]
    assert strict.request("/health", X_Forwarded_For="192.0.2.1").status == 200
    assert statuses(strict, 1, "192.0.2.2") == [200]


def test_an_address_that_the_client_makes_up_counts_for_nothing(strict: Server) -> None:
    forged = [f"203.0.113.{n}, 192.0.2.3" for n in range(12)]
    assert 429 in [statuses(strict, 1, address)[0] for address in forged]


def test_only_a_trusted_proxy_tells_addresses(server: Server, tmp_path: Path) -> None:
    settings = {"EWGRAPH_REQUESTS_PER_SECOND": "2", "EWGRAPH_QUERY_WORKERS": "1"}
    with serving(copied(server, tmp_path), server.keys, **settings) as alone:
        assert 429 in [statuses(alone, 1, f"192.0.2.{n}")[0] for n in range(12)]


def test_keys_cannot_be_guessed_and_nobody_is_locked_out(strict: Server) -> None:
    time.sleep(1)
    assert statuses(strict, 1, "192.0.2.9", "uni-a") == [200]
    guesses = [strict.request("/queries", reader=f"ewg_1_{n}", X_Forwarded_For="192.0.2.9") for n in range(4)]
    assert [guess.status for guess in guesses] == [401, 401, 401, 429]
    assert guesses[-1].json["limit"] == "wrong credentials"  # type: ignore[index]
    assert guesses[-1].headers["retry-after"]
    assert statuses(strict, 1, "192.0.2.9", "uni-a") == [200]
    assert statuses(strict, 1, "192.0.2.10", "staff") == [200]
    time.sleep(1)
    assert statuses(strict, 1, "192.0.2.9") == [200]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_protected(strict: Server, path: str) -> None:
    page = strict.request(path, accept=BROWSER, X_Forwarded_For=f"198.51.100.{PAGES.index(path)}")
    headers = page.headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert (policy["base-uri"], policy["form-action"], policy["frame-ancestors"]) == ("'none'", "'self'", "'none'")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "geolocation=()" in headers["permissions-policy"]
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["strict-transport-security"].startswith("max-age=")
    assert "server" not in headers


def test_without_https_browsers_are_not_told_to_use_it(server: Server, tmp_path: Path) -> None:
    settings = {"EWGRAPH_BASE": "http://localhost:8000/", "EWGRAPH_QUERY_WORKERS": "1"}
    with serving(copied(server, tmp_path), server.keys, **settings) as plain:
        assert "strict-transport-security" not in plain.request("/").headers


def raw(server: Server, content: bytes) -> bytes:
    """What comes back for bytes that no client of HTTP would send."""
    host, _, port = server.address.split("/")[2].partition(":")
    received = b""
    with socket.create_connection((host, int(port)), 20) as client, contextlib.suppress(OSError):
        client.sendall(content)
        client.shutdown(socket.SHUT_WR)
        while piece := client.recv(65536):
            received += piece
    return received


SECRETS: dict[str, Callable[[Server, str], object]] = {
    "a key in the header": lambda s, x: s.request("/queries", reader=f"ewg_0123456789ab_{x}"),
    "another scheme": lambda s, x: s.request("/queries", Authorization=f"Basic {x}"),
    "a token in the address": lambda s, x: s.request(f"/sparql?query=ASK%7B%7D&access_token={x}"),
    "a key in the path": lambda s, x: s.request(f"/id/{x}"),
    "a path that is no page": lambda s, x: s.request(f"/{x}/{x}"),
    "a cookie": lambda s, x: s.request("/", Cookie=f"session={x}", accept=BROWSER),
    "a query": lambda s, x: s.sparql(f"SELECT * {{ ?s ?p '{x}' }}"),
    "a query with a mistake": lambda s, x: s.sparql(f"SELEC '{x}'"),
    "a query that is killed": lambda s, x: s.sparql(
        f"SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?d && ?c != '{x}') }}"
    ),
    "a question's parameter": lambda s, x: s.request(f"/queries/contracts-touching?site={x}", accept="text/csv"),
    "a body of JSON": lambda s, x: s.request(
        "/graphql",
        body=json.dumps({"query": f'{{ node(id: "{x}") {{ id }} }}'}).encode(),
        Content_Type="application/json",
    ),
    "a body that is none": lambda s, x: s.request("/graphql", body=x.encode(), Content_Type="application/json"),
    "a body without end": lambda s, x: raw(
        s, f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\nContent-Length: 999\r\n\r\nquery={x}".encode()
    ),
    "a chunk that is none": lambda s, x: raw(
        s, f"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{x}\r\n".encode()
    ),
    "a sign-in": lambda s, x: s.request(
        "/sign-in", body=urllib.parse.urlencode({"key": x, "name": x}).encode(), Content_Type=FORM
    ),
    "a form of another kind": lambda s, x: s.request("/sparql", body=x.encode(), Content_Type=f"text/{x}"),
    "a disclosure": lambda s, x: s.request(
        "/disclosures", body=json.dumps({"sha256": x, "name": x}).encode(), Content_Type="application/json", reader=x
    ),
    "a method": lambda s, x: raw(s, f"{x} / HTTP/1.1\r\nHost: x\r\n\r\n".encode()),
    "a line that is no HTTP": lambda s, x: raw(s, f"{x}\r\n\r\n".encode()),
    "a header that is none": lambda s, x: raw(s, f"GET / HTTP/1.1\r\nHost: x\r\nAuthorization {x}\r\n\r\n".encode()),
    "a header too large": lambda s, x: raw(s, f"GET / HTTP/1.1\r\nHost: x\r\nCookie: {x * 9000}\r\n\r\n".encode()),
    "a head without end": lambda s, x: raw(s, f"GET / HTTP/1.1\r\nAuthorization: Bearer {x}\r\n".encode()),
    "an upgrade": lambda s, x: raw(
        s, f"GET /{x} HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\nCookie: {x}\r\n\r\n".encode()
    ),
    "a proxy's word": lambda s, x: s.request("/", X_Forwarded_For=x, X_Forwarded_Proto=x, Forwarded=f"for={x}"),
    "who asks from where": lambda s, x: s.request("/", User_Agent=x, Referer=f"https://{x}.example/", Origin=x),
}


def test_the_log_holds_no_secret_and_nothing_of_what_is_asked(server: Server, tmp_path: Path) -> None:
    log = tmp_path / "log"
    data = copied(server, tmp_path)
    settings = {"EWGRAPH_LOG_LEVEL": "debug", "EWGRAPH_QUERY_SECONDS": "1", "EWGRAPH_QUERY_WORKERS": "1"}
    sent = {name: "s" + secrets.token_hex(16) for name in SECRETS}
    with log.open("w") as file, serving(data, server.keys, file, **settings) as watched:
        for name, send in SECRETS.items():
            send(watched, sent[name])
        assert watched.request("/queries", reader="staff").status == 200
    written = log.read_text()
    assert written.count('"event": "request"') > len(SECRETS) / 2
    assert [name for name, secret in sent.items() if secret in written] == []
    assert [name for name, key in server.keys.items() if key.rpartition("_")[2] in written] == []
    assert all(line.startswith("{") for line in written.splitlines())
