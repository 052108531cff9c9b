"""An access token lets in whom the ledger knows, and only where the provider signed it for this service, for now."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator, Mapping

import pytest
from joserfc.jwk import ECKey, RSAKey

from tests.security.identity.conftest import (
    CLIENT,
    HIDDEN,
    TOOL,
    TURTLE,
    UNI_A,
    Canaille,
    Service,
    claims,
    new_key,
    segment,
    serving,
    signed,
)

PLAIN = {"typ": "JWT"}

Given = Mapping[str, object]


@pytest.fixture(scope="module")
def at_home(canaille: Canaille, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One service for the tests that leave it as it was: Ada acts for University A, Ben is one of the staff."""
    with serving(tmp_path_factory.mktemp("tokens"), canaille.issuer) as started:
        started.add("ada", UNI_A)
        started.add("ben", "staff")
        started.add("cleo", UNI_A, rights=["read"])
        yield started


def test_a_token_of_the_provider_reads_as_the_account_says(at_home: Service, canaille: Canaille) -> None:
    assert at_home.browser.get(HIDDEN, headers=TURTLE).status_code == 404
    assert at_home.reads(canaille.token(at_home.clock)).status_code == 200
    staff = at_home.reads(canaille.token(at_home.clock, sub="ben"), "/metrics")
    assert "ewgraph_ledger_sequence" in staff.text
    assert "ewgraph_ledger_sequence" not in at_home.reads(canaille.token(at_home.clock), "/metrics").text


def test_an_account_gives_the_rights_that_it_has(at_home: Service, canaille: Canaille) -> None:
    token = canaille.token(at_home.clock, sub="cleo")
    assert at_home.reads(token).status_code == 200
    handed_in = at_home.browser.post("/disclosures", headers={"Authorization": f"Bearer {token}"})
    assert handed_in.status_code == 403
    assert "hand in" in handed_in.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"aud": "another-api"}, "its 'aud'"),
        ({"aud": CLIENT}, "its 'aud'"),
        ({"aud": ["another-api", CLIENT]}, "its 'aud'"),
        ({"aud": None}, "its 'aud'"),
        ({"aud": "EWGRAPH-API"}, "its 'aud'"),
        ({"iss": "https://login.example.org"}, "its 'iss'"),
        ({"iss": None}, "its 'iss'"),
        ({"exp": None}, "its 'exp'"),
        ({"exp": "tomorrow"}, "its 'exp'"),
        ({"iat": None}, "its 'iat'"),
        ({"sub": None}, "its 'sub'"),
        ({"sub": ""}, "its 'sub'"),
        ({"sub": 7}, "its 'sub'"),
        ({"sub": "a" * 300}, "its subject"),
        ({"cnf": {"jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}}, "bound to a key"),
    ],
)
def test_a_token_that_is_not_for_here_is_refused(
    at_home: Service, canaille: Canaille, changed: dict[str, object], said: str
) -> None:
    token = canaille.token(at_home.clock, **changed)
    reply = at_home.reads(token)
    assert reply.status_code == 401
    assert said in reply.json()["detail"]
    assert not any(part in reply.text for part in token.split("."))
    assert 'error="invalid_token"' in reply.headers["www-authenticate"]


@pytest.mark.parametrize(
    ("header", "changed", "said"),
    [
        (PLAIN, {"nonce": "n"}, "proof of a sign-in"),
        (PLAIN, {"at_hash": "h"}, "proof of a sign-in"),
        (PLAIN, {"events": {}}, "event"),
        (PLAIN, {"typ": "ID"}, "another kind"),
        (PLAIN, {"typ": "Refresh"}, "another kind"),
        (PLAIN, {"aud": ["ewgraph-api", CLIENT]}, "meant for the client"),
        ({"typ": "logout+jwt"}, {}, "another kind"),
        ({"typ": "dpop+jwt"}, {}, "another kind"),
        ({"crit": ["b64"], "b64": False}, {}, "no token that can be read"),
        ({"crit": ["unheard-of"], "unheard-of": 1}, {}, "no token that can be read"),
    ],
)
def test_a_token_of_another_kind_is_refused(
    at_home: Service, canaille: Canaille, header: dict[str, object], changed: dict[str, object], said: str
) -> None:
    token = signed(canaille.keys[0], claims(canaille.issuer, at_home.clock, **changed), **header)
    reply = at_home.reads(token)
    assert (reply.status_code, said in reply.json()["detail"]) == (401, True), reply.text


def test_a_token_that_only_calls_itself_a_jwt_is_taken_where_nothing_tells_against_it(
    at_home: Service, canaille: Canaille
) -> None:
    for header, more in ((PLAIN, {}), ({"typ": None}, {}), (PLAIN, {"typ": "Bearer", "azp": CLIENT})):
        given = claims(canaille.issuer, at_home.clock, **more)
        assert at_home.reads(signed(canaille.keys[0], given, **header)).status_code == 200


@pytest.mark.parametrize(
    ("changed", "taken"),
    [
        ({"exp": -59}, True),
        ({"exp": -60}, False),
        ({"nbf": 60}, True),
        ({"nbf": 61}, False),
        ({"iat": 60}, True),
        ({"iat": 61}, False),
    ],
)
def test_clocks_may_differ_by_a_minute(
    at_home: Service, canaille: Canaille, changed: dict[str, int], taken: bool
) -> None:
    now = int(at_home.clock.now().timestamp())
    token = canaille.token(at_home.clock, **{name: now + seconds for name, seconds in changed.items()})
    assert at_home.reads(token).status_code == (200 if taken else 401)


def by_a_stranger(key: RSAKey, given: Given) -> str:
    return signed(new_key(), given, kid=key.kid)


def by_the_public_key_as_a_secret(key: RSAKey, given: Given) -> str:
    text = f"{segment({'alg': 'HS256', 'kid': key.kid, 'typ': 'at+jwt'})}.{segment(given)}"
    return f"{text}.{segment(hmac.digest(key.as_pem(private=False), text.encode(), 'sha256'))}"


def by_nobody(key: RSAKey, given: Given) -> str:
    return f"{segment({'alg': 'none', 'kid': key.kid, 'typ': 'at+jwt'})}.{segment(given)}."


def by_a_curve_with_the_name_of_the_key(key: RSAKey, given: Given) -> str:
    return signed(ECKey.generate_key("P-256"), given, alg="ES256", kid=key.kid)


def with_its_own_key(key: RSAKey, given: Given) -> str:
    own = new_key()
    return signed(own, given, kid=key.kid, jwk=own.as_dict(private=False))


def with_the_address_of_its_own_key(key: RSAKey, given: Given) -> str:
    return signed(new_key(), given, kid=key.kid, jku="http://127.0.0.1:9/keys", x5u="http://127.0.0.1:9/certificate")


def changed_afterwards(key: RSAKey, given: Given) -> str:
    head, _, signature = signed(key, given).split(".")
    return f"{head}.{segment({**given, 'sub': 'ben'})}.{signature}"


def with_half_a_signature(key: RSAKey, given: Given) -> str:
    return signed(key, given)[:-100]


@pytest.mark.parametrize(
    "forged",
    [
        by_a_stranger,
        by_the_public_key_as_a_secret,
        by_nobody,
        by_a_curve_with_the_name_of_the_key,
        with_its_own_key,
        with_the_address_of_its_own_key,
        changed_afterwards,
        with_half_a_signature,
    ],
)
def test_a_forged_token_is_refused(
    at_home: Service, canaille: Canaille, forged: Callable[[RSAKey, Given], str]
) -> None:
    reply = at_home.reads(forged(canaille.keys[0], claims(canaille.issuer, at_home.clock)))
    assert reply.status_code == 401, reply.text


@pytest.mark.parametrize("token", ["x", "a.b.c", "..", "e30.e30.", "a" * 13_000, "[1]", "\u00e9.e30.e30"])
def test_what_is_no_token_is_refused(at_home: Service, token: str) -> None:
    header = {"Authorization": f"Bearer {token}".encode("latin-1")}
    assert at_home.browser.get("/", headers=header).status_code == 401


def test_a_token_that_the_provider_gives_another_client_for_here_is_taken(at_home: Service, canaille: Canaille) -> None:
    assert at_home.reads(canaille.given(TOOL)["access_token"]).status_code == 200


def test_the_proof_of_a_real_sign_in_is_no_access_token(at_home: Service, canaille: Canaille) -> None:
    own, other = at_home.reads(canaille.given(CLIENT)["id_token"]), at_home.reads(canaille.given(TOOL)["id_token"])
    assert (own.status_code, "its 'aud'" in own.text) == (401, True)
    assert (other.status_code, "proof of a sign-in" in other.text) == (401, True)


def test_whom_nobody_has_said_anything_of_is_refused_and_told_their_name(at_home: Service, canaille: Canaille) -> None:
    reply = at_home.reads(canaille.token(at_home.clock, sub="dora"), "/")
    assert reply.status_code == 403
    assert "'dora'" in reply.json()["detail"]


def test_an_account_that_is_revoked_lets_nobody_in(service: Service, canaille: Canaille) -> None:
    account = service.add("ada", UNI_A)
    token = canaille.token(service.clock)
    assert service.reads(token).status_code == 200
    service.workspace.accounts.revoke(account)
    assert service.reads(token).status_code == 403


def test_the_first_use_of_a_token_is_noted(service: Service, canaille: Canaille) -> None:
    account = service.add("ada", UNI_A)
    token = canaille.token(service.clock)
    service.reads(token)
    service.reads(token)
    assert service.events() == [("signed-in", f"account:{account}", UNI_A)]


def test_an_api_key_works_beside_the_provider(at_home: Service) -> None:
    assert at_home.reads(at_home.workspace.keyring.add(UNI_A, by="test")).status_code == 200
    assert at_home.reads("ewg_abc_def").status_code == 401
