"""A real identity provider, and the service beside it."""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urljoin, urlsplit

import httpx2
import pytest
from joserfc.jwk import Key, RSAKey
from joserfc.jws import JWSRegistry
from starlette.testclient import TestClient

from ewgraph.settings import Settings
from ewgraph.web.app import create_app
from ewgraph.web.identity.attempt import Attempt
from ewgraph.web.workspace import Workspace
from tests.conftest import PREFIXES, ROOT, TickingClock, by_record, draft
from tests.protocol.world import WORLD
from tests.security.identity.small_issuer import SmallIssuer

UNI_A = "https://data.example.org/id/uni-a"
HIDDEN = "/id?iri=https://data.example.org/id/K1"
"""A contract of University A, which the public does not see."""
AUDIENCE, CLIENT, TOOL = "ewgraph-api", "ewgraph", "reporting-tool"
SECRET, PASSWORD = "a secret: of ours & Canaille's", "correct horse"
BASE, PROTECTED = "http://localhost:8000/", "https://data.example.org/"
TURTLE = {"Accept": "text/turtle"}
PAGE = {"Accept": "text/html"}


@dataclass
class Canaille:
    """Canaille as it is really run: over HTTP, in a process of its own."""

    keys: list[RSAKey]
    process: subprocess.Popen[str] | None = None
    issuer: str = ""

    def start(self) -> None:
        self.process = subprocess.Popen(
            [
                python_of_canaille(),
                str(Path(__file__).with_name("canaille_server.py")),
                self.issuer.rpartition(":")[2] or "0",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        asked = {
            "keys": [key.as_dict(private=True) for key in self.keys],
            "users": ["ada", "ben", "cleo"],
            "password": PASSWORD,
            "audiences": {AUDIENCE: AUDIENCE, CLIENT: CLIENT, TOOL: AUDIENCE},
            "client_secret": SECRET,
            "redirect_uris": [f"{base}sign-in/return" for base in (BASE, PROTECTED)],
            "post_logout_redirect_uris": [BASE, PROTECTED],
        }
        self.process.stdin.write(json.dumps(asked))
        self.process.stdin.close()
        self.issuer = self.process.stdout.readline().strip()
        assert self.issuer.startswith("http://localhost:"), self.issuer

    def stop(self) -> None:
        assert self.process is not None
        assert self.process.stdout is not None
        self.process.terminate()
        self.process.wait(20)
        self.process.stdout.close()

    def rotate(self) -> None:
        """Sign with another key from now on, at the same address."""
        self.stop()
        self.keys = [new_key()]
        self.start()

    def token(self, clock: TickingClock, **changed: object) -> str:
        """An access token signed with the provider's own key."""
        return signed(self.keys[0], claims(self.issuer, clock, **changed))

    def given(self, client: str) -> dict[str, str]:
        """What the provider gives a client with which Ada signs in: `id_token` and `access_token`."""
        attempt = Attempt.begun("/")
        parameters = {
            "response_type": "code",
            "client_id": client,
            "redirect_uri": f"{BASE}sign-in/return",
            "scope": "openid",
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": attempt.code_challenge,
            "code_challenge_method": "S256",
        }
        back = self.answer_to(f"{self.issuer}/oauth/authorize?{urlencode(parameters)}")
        form = {
            "grant_type": "authorization_code",
            "code": parse_qs(urlsplit(back).query)["code"][0],
            "redirect_uri": f"{BASE}sign-in/return",
            "code_verifier": attempt.code_verifier,
        }
        reply = httpx2.post(f"{self.issuer}/oauth/token", data=form, auth=(client, quote(SECRET, safe="")))
        assert reply.status_code == 200, reply.text
        return dict(reply.json())

    def answer_to(self, address: str, user: str = "ada") -> str:
        """Sign in with the provider's own forms, as a browser would, and give the address that it sends back to."""
        with httpx2.Client(follow_redirects=False) as browser:
            reply = browser.get(address)
            for _ in range(10):
                if reply.is_redirect:
                    address = urljoin(str(reply.url), reply.headers["location"])
                    if not address.startswith(self.issuer):
                        return address
                    reply = browser.get(address)
                else:
                    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', reply.text)
                    assert token, reply.text
                    form = {"csrf_token": token[1], "login": user, "password": PASSWORD}
                    reply = browser.post(str(reply.url), data=form)
        raise AssertionError(reply.text)


def python_of_canaille() -> str:
    """The Python that has Canaille: its package would hide our tests in ours. `make test` has made it by now."""
    python = ROOT / ".venv" / "provider" / "bin" / "python"
    if not python.exists():
        subprocess.run(["make", "-s", ".venv/provider/.synced"], cwd=ROOT, check=True)
    return str(python)


def new_key() -> RSAKey:
    return RSAKey.generate_key(2048, auto_kid=True)


def claims(issuer: str, clock: TickingClock, **changed: object) -> dict[str, object]:
    now = int(clock.now().timestamp())
    given = {"iss": issuer, "sub": "ada", "aud": AUDIENCE, "iat": now, "exp": now + 300} | changed
    return {name: value for name, value in given.items() if value is not None}


def signed(key: Key, given: Mapping[str, object], **header: object) -> str:
    """A token with whatever header and claims; a library would refuse to sign some of those that are refused here."""
    head = {"alg": "RS256", "kid": key.kid, "typ": "at+jwt"} | header
    text = f"{segment({name: value for name, value in head.items() if value is not None})}.{segment(given)}"
    return f"{text}.{segment(JWSRegistry.algorithms[str(head['alg'])].sign(text.encode(), key))}"


def segment(value: object) -> str:
    """Bytes, or JSON, as a part of a token."""
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@dataclass
class Service:
    """The service in this process, with a clock that can be set."""

    workspace: Workspace
    clock: TickingClock
    browser: TestClient
    issuer: str
    base: str
    accounts: dict[str, str] = field(default_factory=dict)

    def add(self, subject: str, principal: str, **more: Any) -> str:
        return self.workspace.accounts.add(self.issuer, subject, principal, by="test", label=subject.title(), **more).id

    def reads(self, token: str, path: str = HIDDEN) -> httpx2.Response:
        return self.browser.get(path, headers={"Authorization": f"Bearer {token}", "Accept": "text/turtle"})

    def begin(self, path: str = "/sign-in") -> str:
        reply = self.browser.get(path, follow_redirects=False, headers=PAGE)
        assert reply.status_code == 303, reply.text
        return reply.headers["location"]

    def sign_in(self, canaille: Canaille, user: str = "ada", path: str = "/sign-in") -> httpx2.Response:
        return self.browser.get(canaille.answer_to(self.begin(path), user), follow_redirects=False, headers=PAGE)

    def cookie(self) -> str | None:
        return self.browser.cookies.get("__Host-ewgraph" if self.base == PROTECTED else "ewgraph-session")

    def events(self) -> list[tuple[str, str, str]]:
        return [(entry.event.value, entry.by, entry.principal) for entry in self.workspace.audit.entries()]


@contextmanager
def serving(folder: Path, issuer: str, base: str = BASE, **settings: Any) -> Iterator[Service]:
    secret = folder / "secret"
    secret.write_text(SECRET + "\n", encoding="utf-8")
    given = {
        "oidc_issuer": issuer,
        "oidc_audience": AUDIENCE,
        "oidc_client_id": CLIENT,
        "oidc_client_secret_file": str(secret),
        "requests_per_second": 0.0,
        "wrong_credentials_per_minute": 0.0,
        **settings,
    }
    clock = TickingClock(dt.datetime.now(dt.UTC))
    with Workspace(Settings(data=folder / "data", base=base, query_workers=1, **given), clock) as workspace:
        source = workspace.ledger.keep_source("world", WORLD.encode())
        workspace.ledger.append([draft(quads, source) for quads in by_record(PREFIXES + WORLD)])
        workspace.project()
        with TestClient(create_app(workspace.settings, workspace), base_url=base) as browser:
            yield Service(workspace, clock, browser, issuer, base)


@pytest.fixture(scope="session")
def canaille() -> Iterator[Canaille]:
    provider = Canaille([new_key()])
    provider.start()
    yield provider
    provider.stop()


@pytest.fixture
def service(canaille: Canaille, tmp_path: Path) -> Iterator[Service]:
    with serving(tmp_path, canaille.issuer) as started:
        yield started


@pytest.fixture
def small() -> Iterator[Callable[..., SmallIssuer]]:
    """Makes issuers of which the test decides what they say."""
    made: list[SmallIssuer] = []

    def making(*keys: Key) -> SmallIssuer:
        made.append(SmallIssuer(*keys))
        return made[-1]

    yield making
    for issuer in made:
        issuer.stop()
