"""What is known of the identity provider is fetched beside the requests, follows it, and outlives its absence."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from joserfc.jwk import ECKey, Key, OctKey, OKPKey

from ewgraph.errors import ConfigurationError
from ewgraph.settings import Settings
from ewgraph.web.identity import Identity, fetching
from ewgraph.web.identity.fetching import ProviderError
from ewgraph.web.identity.provider import Provider
from ewgraph.web.workspace import Workspace
from tests.conftest import TickingClock
from tests.security.identity.conftest import (
    CLIENT,
    HIDDEN,
    PAGE,
    TURTLE,
    UNI_A,
    Canaille,
    Service,
    claims,
    new_key,
    serving,
    signed,
)
from tests.security.identity.small_issuer import SmallIssuer

Small = Callable[..., SmallIssuer]
DISCOVERY = "/.well-known/openid-configuration"


def token_of(issuer: SmallIssuer, service: Service, key: Key, **header: object) -> str:
    return signed(key, claims(issuer.issuer, service.clock), **header)


def test_a_key_that_the_provider_begins_to_use_is_known_at_once(service: Service, canaille: Canaille) -> None:
    service.add("ada", UNI_A)
    before = canaille.token(service.clock)
    assert service.reads(before).status_code == 200
    canaille.rotate()
    assert service.reads(canaille.token(service.clock)).status_code == 200
    assert service.reads(before).status_code == 401, "the provider took that key back"


def test_only_algorithms_that_are_allowed_are_taken(tmp_path: Path, small: Small) -> None:
    keys: dict[str, Key] = {
        "ES256": ECKey.generate_key("P-256", auto_kid=True),
        "ES512": ECKey.generate_key("P-521", auto_kid=True),
        "EdDSA": OKPKey.generate_key("Ed25519", auto_kid=True),
        "Ed25519": OKPKey.generate_key("Ed25519", auto_kid=True),
        "PS256": new_key(),
    }
    issuer = small(*keys.values())
    for allowed, status in ((" ".join(keys), 200), ("RS256 ES384", 401)):
        (folder := tmp_path / str(status)).mkdir()
        with serving(folder, issuer.issuer, oidc_algorithms=allowed) as service:
            service.add("ada", UNI_A)
            for algorithm, key in keys.items():
                assert service.reads(token_of(issuer, service, key, alg=algorithm)).status_code == status, algorithm


def test_a_key_for_another_purpose_verifies_nothing(tmp_path: Path, small: Small) -> None:
    good, shared, locking = new_key(), OctKey.generate_key(256, auto_kid=True), new_key()
    issuer = small(good)
    issuer.keys += [
        shared.as_dict(private=True),
        locking.as_dict(private=False, use="enc"),
        {"kty": "RSA", "kid": "broken", "n": "AQAB"},
        {"kty": "AKP", "kid": "of another age"},
        "no key",
    ]
    with serving(tmp_path, issuer.issuer) as service:
        service.add("ada", UNI_A)
        assert service.reads(token_of(issuer, service, good)).status_code == 200
        assert service.reads(token_of(issuer, service, shared, alg="HS256")).status_code == 401
        assert service.reads(token_of(issuer, service, locking)).status_code == 401


def test_a_token_may_leave_its_key_unsaid_where_there_is_one(tmp_path: Path, small: Small) -> None:
    first, second = new_key(), new_key()
    issuer = small(first)
    with serving(tmp_path, issuer.issuer) as service:
        service.add("ada", UNI_A)
        assert service.reads(token_of(issuer, service, first, kid=None)).status_code == 200
        issuer.keys.append(second.as_dict(private=False))
        assert service.reads(token_of(issuer, service, second)).status_code == 200
        assert service.reads(token_of(issuer, service, first, kid=None)).status_code == 401


def test_strangers_cannot_make_the_provider_be_asked_more_than_twice_a_minute(tmp_path: Path, small: Small) -> None:
    key = new_key()
    issuer = small(key)
    with serving(tmp_path, issuer.issuer) as service:
        service.add("ada", UNI_A)
        service.reads(token_of(issuer, service, key))
        before = issuer.counts["/keys"]
        for number in range(50):
            assert service.reads(token_of(issuer, service, key, kid=f"unheard-of-{number}")).status_code == 401
        assert issuer.counts["/keys"] == before + 1
        service.clock.time += dt.timedelta(seconds=31)
        for number in range(50):
            service.reads(token_of(issuer, service, key, kid=f"unheard-of-{number}"))
        assert issuer.counts["/keys"] == before + 2


def test_others_are_answered_while_the_keys_are_fetched(tmp_path: Path, small: Small) -> None:
    first, second = new_key(), new_key()
    issuer = small(first)
    with serving(tmp_path, issuer.issuer) as service:
        service.add("ada", UNI_A)
        assert service.reads(token_of(issuer, service, first)).status_code == 200
        issuer.keys.append(second.as_dict(private=False))
        issuer.gate.clear()
        replies: list[int] = []
        waiting = threading.Thread(
            target=lambda: replies.append(service.reads(token_of(issuer, service, second)).status_code)
        )
        waiting.start()
        assert service.reads(token_of(issuer, service, first)).status_code == 200
        assert service.browser.get("/health").status_code == 200
        assert replies == []
        issuer.gate.set()
        waiting.join(20)
        assert replies == [200]


def test_keys_are_kept_for_a_day_where_the_provider_is_down(tmp_path: Path, small: Small) -> None:
    key = new_key()
    issuer = small(key)
    with serving(tmp_path, issuer.issuer) as service:
        service.add("ada", UNI_A)
        assert service.reads(token_of(issuer, service, key)).status_code == 200
        issuer.stop()
        service.clock.time += dt.timedelta(hours=23)
        assert service.reads(token_of(issuer, service, key)).status_code == 200
        assert service.reads(token_of(issuer, service, key, kid="unheard-of")).status_code == 401
        service.clock.time += dt.timedelta(hours=2)
        assert service.reads(token_of(issuer, service, key)).status_code == 503


def test_a_service_whose_provider_is_down_serves_the_public_and_says_what_fails(tmp_path: Path, small: Small) -> None:
    key = new_key()
    issuer = small(key)
    issuer.stop()
    with serving(tmp_path, issuer.issuer) as service:
        service.add("ada", UNI_A)
        token = token_of(issuer, service, key)
        assert service.browser.get("/ready").status_code == 200
        assert service.browser.get("/", headers=PAGE).status_code == 200
        assert service.browser.get(HIDDEN, headers=TURTLE).status_code == 404
        assert service.reads(service.workspace.keyring.add(UNI_A, by="test")).status_code == 200
        refused = service.reads(token)
        assert (refused.status_code, "cannot be reached" in refused.text) == (503, True)
        page = service.browser.get("/sign-in", headers=PAGE)
        assert (page.status_code, "cannot be reached" in page.text) == (503, True)
        assert "of the identity provider" not in service.browser.post("/sign-out").text
        issuer.start()
        service.clock.time += dt.timedelta(seconds=31)
        assert service.reads(token).status_code == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"issuer": "https://login.example.org"},
        {"issuer": None},
        {"jwks_uri": "http://keys.example.org/"},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": 7},
        {"token_endpoint": "http://login.example.org/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"end_session_endpoint": "http://login.example.org/out"},
    ],
)
def test_a_provider_that_is_another_or_unprotected_is_not_used(
    clock: TickingClock, small: Small, changed: dict[str, object]
) -> None:
    issuer = small(new_key())
    assert known(issuer, clock)
    issuer.changed = changed
    assert not known(issuer, clock)


def known(issuer: SmallIssuer, clock: TickingClock) -> bool:
    """Whether a provider that is read now can be used."""

    async def read() -> bool:
        provider = Provider(issuer.issuer, clock)
        provider.start()
        try:
            await provider.ready_for()
            return bool(provider.keys)
        except ProviderError:
            return False
        finally:
            await provider.stop()

    return asyncio.run(read())


def test_a_provider_that_does_not_come_to_an_end_is_not_waited_for(
    clock: TickingClock, small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "_SECONDS", 0.05)
    issuer = small(new_key())
    issuer.gate.clear()
    assert not known(issuer, clock)
    issuer.gate.set()


@pytest.mark.parametrize("raw", [b"<html>", b"[]", b"\xff", b"[" * 100_000])
def test_what_is_no_json_object_is_not_read(clock: TickingClock, small: Small, raw: bytes) -> None:
    issuer = small(new_key())
    issuer.raw = raw
    assert not known(issuer, clock)


@pytest.mark.parametrize("padding", [300_000, 0])
def test_a_key_set_without_end_is_not_read(clock: TickingClock, small: Small, padding: int) -> None:
    issuer = small(new_key())
    issuer.padding = padding
    assert known(issuer, clock) == (padding == 0)


def test_where_no_audience_is_set_no_token_is_taken(tmp_path: Path, small: Small) -> None:
    key = new_key()
    issuer = small(key)
    with serving(tmp_path, issuer.issuer, oidc_audience="") as service:
        service.add("ada", UNI_A)
        reply = service.reads(signed(key, claims(issuer.issuer, service.clock, aud="")))
        assert (reply.status_code, "not taken here" in reply.text) == (401, True)


def test_where_no_client_is_set_nobody_signs_in_with_the_provider(tmp_path: Path, small: Small) -> None:
    key = new_key()
    issuer = small(key)
    with serving(tmp_path, issuer.issuer, oidc_client_id="", oidc_client_secret_file="") as service:
        service.add("ada", UNI_A)
        assert service.reads(token_of(issuer, service, key)).status_code == 200
        assert service.browser.get("/sign-in").status_code == 404
        assert 'href="/sign-in?' not in service.browser.get("/", headers=PAGE).text


@pytest.mark.parametrize(
    ("content", "said"), [(None, "cannot be read"), (b" \n", "is empty"), (b"\xff", "cannot be read")]
)
def test_a_client_secret_that_is_not_there_is_an_error_at_the_start(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    secret = tmp_path / "secret"
    if content is not None:
        secret.write_bytes(content)
    settings = Settings(
        data=tmp_path / "data",
        oidc_issuer="https://login.example.org",
        oidc_client_id=CLIENT,
        oidc_client_secret_file=str(secret),
    )
    with Workspace(settings) as workspace, pytest.raises(ConfigurationError, match=said):
        Identity.of(settings, workspace)


CLAIM = "https://example.org/organization"


@pytest.fixture(scope="module")
def claiming(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, Key]]:
    """A service that believes its issuer of which organisation somebody is."""
    key = new_key()
    issuer = SmallIssuer(key)
    with serving(tmp_path_factory.mktemp("claiming"), issuer.issuer, oidc_organization_claim=CLAIM) as service:
        yield service, key
    issuer.stop()


@pytest.mark.parametrize(
    ("named", "status"),
    [
        (UNI_A, 200),
        ("https://data.example.org/id/uni-b", 404),
        ("https://data.example.org/id/reseller", 200),
        ("https://data.example.org/id/brand-x", 403),
        ("https://data.example.org/id/nobody", 403),
        ("staff", 403),
        ("public", 403),
        ("no IRI", 403),
        (None, 403),
        ([UNI_A], 403),
    ],
)
def test_an_organisation_that_a_token_names_is_believed_where_records_know_it(
    claiming: tuple[Service, Key], named: object, status: int
) -> None:
    service, key = claiming
    token = signed(key, claims(service.issuer, service.clock, **{CLAIM: named}))
    assert service.reads(token).status_code == status


def test_an_organisation_that_a_token_names_is_no_way_around_the_accounts(claiming: tuple[Service, Key]) -> None:
    service, key = claiming
    account = service.add("ben", "https://data.example.org/id/uni-b")
    token = signed(key, claims(service.issuer, service.clock, sub="ben", **{CLAIM: UNI_A}))
    assert service.reads(token).status_code == 404, "the account says that he acts for another"
    service.workspace.accounts.revoke(account)
    assert service.reads(token).status_code == 403


def test_an_organisation_that_a_token_names_is_not_believed_unless_that_is_set(tmp_path: Path, small: Small) -> None:
    key = new_key()
    issuer = small(key)
    with serving(tmp_path, issuer.issuer) as service:
        token = signed(key, claims(issuer.issuer, service.clock, **{CLAIM: UNI_A}))
        assert service.reads(token).status_code == 403
