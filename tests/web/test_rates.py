"""Who comes too often has to wait, and nobody else."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from ewgraph.access import PUBLIC_READER, Principal
from ewgraph.errors import CredentialError
from ewgraph.web.pages import TemplatePages
from ewgraph.web.problems import Problems
from ewgraph.web.rates import Buckets, FoundGood, Rates, Turnstile

KEYS = {"Bearer of-a": "https://data.example.org/id/a", "Bearer of-b": "https://data.example.org/id/b"}
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"


@dataclass
class Now:
    """A clock that stands until it is set."""

    s: float = 1000.0

    def __call__(self) -> float:
        return self.s


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Now:
    now = Now()
    kept = Buckets.__init__.__kwdefaults__
    monkeypatch.setitem(kept, "tell_s", now)
    return now


class Service:
    """A service that knows two keys, behind the rates."""

    def __init__(self, **limits: float) -> None:
        self.revoked: set[str] = set()
        self.looked_at: list[str] = []
        problems = Problems(TemplatePages("https://data.example.org/"))
        set_limits = {"per_second": 0.0, "wrong_per_minute": 0.0} | limits
        turnstile = Turnstile(cookie="session", **set_limits)
        self._app = Starlette(
            routes=[
                Route("/", self._answer),
                Route("/health", self._answer),
                Route("/door", self._enter, methods=["POST"]),
            ],
            middleware=[Middleware(Rates, turnstile=turnstile, doors=("/door",), refuse=problems.expected)],
            exception_handlers=problems.handlers(),
        )

    def _answer(self, request: Request) -> Response:
        shown = request.headers.get("authorization")
        if shown is not None:
            self.looked_at.append(shown)
        if shown is not None and (shown not in KEYS or shown in self.revoked):
            raise CredentialError("unknown")
        request.state.principal = Principal(KEYS[shown]) if shown else PUBLIC_READER
        return PlainTextResponse("fine")

    async def _enter(self, request: Request) -> Response:
        key = (await request.body()).decode()
        return PlainTextResponse("in" if f"Bearer {key}" in KEYS else "out", 200 if f"Bearer {key}" in KEYS else 401)

    def enter(self, key: str, shown: str | None = None) -> int:
        headers = {"Authorization": shown} if shown else {}
        return TestClient(self._app, client=(HERE, 1)).post("/door", content=key, headers=headers).status_code

    def ask(self, shown: str | None = None, address: str = HERE, path: str = "/") -> Response:
        client = TestClient(self._app, client=(address, 1))
        return client.get(path, headers={"Authorization": shown} if shown else {})  # type: ignore[return-value]

    def statuses(self, times: int, shown: str | None = None, address: str = HERE) -> list[int]:
        return [self.ask(shown, address).status_code for _ in range(times)]


@pytest.fixture
def service(now: Now) -> Service:
    assert now() == 1000.0
    return Service(per_second=2, wrong_per_minute=3)


def test_a_burst_is_answered_and_what_is_more_has_to_wait(service: Service, now: Now) -> None:
    assert service.statuses(5) == [200, 200, 200, 200, 429]
    refused = service.ask()
    assert refused.headers["retry-after"] == "1"
    assert refused.json()["limit"] == "requests a second"  # type: ignore[attr-defined]
    assert refused.headers["content-type"] == "application/problem+json"
    now.s += 0.5
    assert service.statuses(2) == [200, 429]


def test_one_address_does_not_slow_another_down(service: Service) -> None:
    service.statuses(9)
    assert service.statuses(1, address=ELSEWHERE) == [200]


def test_a_host_of_ipv6_is_its_network(service: Service) -> None:
    assert [service.ask(address=f"2001:db8::{n}").status_code for n in range(1, 6)] == [200, 200, 200, 200, 429]
    assert service.statuses(1, address="2001:db8:0:1::1") == [200]
    service.statuses(4)
    assert service.statuses(1, address=f"::ffff:{HERE}") == [429]


def test_who_showed_a_good_key_is_one_reader_from_everywhere(service: Service) -> None:
    assert service.statuses(1, "Bearer of-a") == [200]
    assert service.statuses(2, "Bearer of-a") == [200, 200]
    assert service.statuses(3, "Bearer of-a", ELSEWHERE) == [200, 200, 429]
    assert service.statuses(1, "Bearer of-b", ELSEWHERE) == [200]


def test_the_public_of_an_address_does_not_slow_down_a_reader_there(service: Service) -> None:
    service.ask("Bearer of-a")
    assert 429 in service.statuses(9)
    assert service.statuses(1, "Bearer of-a") == [200]


def test_another_key_of_the_same_beginning_costs_the_reader_nothing(service: Service) -> None:
    service.ask("Bearer of-a")
    service.statuses(9, "Bearer of-a-and-more", ELSEWHERE)
    assert service.statuses(4, "Bearer of-a") == [200] * 4


def test_after_wrong_keys_the_next_is_not_even_looked_at(now: Now) -> None:
    service = Service(wrong_per_minute=3)
    assert service.statuses(4, "Bearer guess") == [401, 401, 401, 429]
    refused = service.ask("Bearer of-a")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "20")
    assert refused.json()["limit"] == "wrong credentials"  # type: ignore[attr-defined]
    assert service.looked_at == ["Bearer guess"] * 3
    now.s += 20
    assert service.statuses(1, "Bearer of-a") == [200]


def test_wrong_keys_lock_nobody_out_who_is_known_or_comes_without_or_from_elsewhere(service: Service) -> None:
    service.ask("Bearer of-a")
    service.statuses(3, "Bearer guess")
    assert service.statuses(1, "Bearer of-a") == [200]
    assert service.statuses(1, "Bearer of-b", ELSEWHERE) == [200]
    assert Service(wrong_per_minute=3).statuses(1) == [200]


def test_a_key_that_is_revoked_is_a_wrong_one_from_then_on(now: Now) -> None:
    service = Service(wrong_per_minute=1)
    service.ask("Bearer of-a")
    service.revoked.add("Bearer of-a")
    assert service.statuses(2, "Bearer of-a") == [401, 429]
    assert now() == 1000.0


def test_keys_cannot_be_guessed_at_the_door_either(now: Now) -> None:
    service = Service(wrong_per_minute=3)
    assert [service.enter("guess") for _ in range(4)] == [401, 401, 401, 429]
    assert service.enter("of-a") == 429
    assert service.statuses(1) == [200]
    now.s += 20
    assert service.enter("of-a") == 200


def test_who_is_in_does_not_guess_at_the_door_for_nothing_and_stays_in(now: Now) -> None:
    service = Service(wrong_per_minute=2)
    service.ask("Bearer of-a")
    assert [service.enter("guess", "Bearer of-a") for _ in range(3)] == [401, 401, 429]
    assert service.statuses(1, "Bearer of-a") == [200]
    assert now() == 1000.0


def test_nothing_is_limited_where_nothing_is_set() -> None:
    assert set(Service().statuses(50)) == {200}
    assert set(Service().statuses(50, "Bearer guess")) == {401}


def test_who_watches_the_service_is_always_answered(service: Service) -> None:
    service.statuses(9)
    assert service.ask(path="/health").status_code == 200


def test_memory_is_bounded() -> None:
    buckets, good = Buckets(1, 1, most=10), FoundGood("session", most=10)
    for number in range(100):
        buckets.take(f"address {number}")
        good.note(b"%d" % number, "reader")
    assert len(buckets) == 10
    assert good.whose(b"89") is None
    assert good.whose(b"99") == "reader"


def test_no_credential_is_kept() -> None:
    good = FoundGood("session")
    request = Request({"type": "http", "headers": [(b"authorization", b"Bearer secret")]})
    digest = good.digest(request)
    assert digest is not None
    assert b"secret" not in digest
    assert digest != FoundGood("session").digest(request)
    assert good.digest(Request({"type": "http", "headers": []})) is None


def test_of_cookies_only_that_of_the_session_is_a_credential() -> None:
    good = FoundGood("session")

    def digest(cookie: bytes) -> bytes | None:
        return good.digest(Request({"type": "http", "headers": [(b"cookie", cookie)]}))

    assert digest(b"theme=dark") is None
    assert digest(b"session=a") == digest(b"theme=dark; session=a")
    assert digest(b"session=a") != digest(b"session=b")
