"""People sign in with the identity provider, in the browser that began it; a session lasts no longer than it may."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2
import pytest
from joserfc.jwk import Key
from starlette.testclient import TestClient

from ewgraph.settings import Settings
from ewgraph.web.app import create_app
from ewgraph.web.identity.attempt import Attempt
from ewgraph.web.workspace import Workspace
from tests.security.identity.conftest import (
    AUDIENCE,
    CLIENT,
    HIDDEN,
    PAGE,
    PROTECTED,
    SECRET,
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


def reads_hidden(service: Service) -> bool:
    return service.browser.get(HIDDEN, headers=TURTLE).status_code == 200


def test_who_signs_in_reads_as_the_organisation_of_the_account(service: Service, canaille: Canaille) -> None:
    account = service.add("ada", UNI_A)
    assert not reads_hidden(service)
    back = service.sign_in(canaille, "ada", "/sign-in?next=/queries?x=%C3%A9")
    assert (back.status_code, back.headers["location"]) == (303, "/")
    back = service.sign_in(canaille, "ada", "/sign-in?next=/queries%3Fx%3D1")
    assert (back.status_code, back.headers["location"]) == (303, "/queries?x=1")
    assert reads_hidden(service)
    page = service.browser.get(HIDDEN, headers=PAGE)
    assert "Ada" in page.text
    assert "You read as <strong>University A</strong>" in page.text
    assert 'action="/sign-out"' in page.text
    assert service.events() == [("signed-in", f"account:{account}", UNI_A)] * 2


def test_what_is_asked_of_the_provider_is_bound_to_this_attempt(service: Service) -> None:
    asked = {name: values[0] for name, values in parse_qs(urlsplit(service.begin()).query).items()}
    again = {name: values[0] for name, values in parse_qs(urlsplit(service.begin()).query).items()}
    assert (asked["response_type"], asked["scope"], asked["code_challenge_method"]) == ("code", "openid", "S256")
    assert asked["redirect_uri"] == "http://localhost:8000/sign-in/return"
    for name in ("state", "nonce", "code_challenge"):
        assert len(asked[name]) == 43
        assert asked[name] != again[name]


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(
    service: Service, canaille: Canaille, tmp_path: Path
) -> None:
    service.add("ada", UNI_A)
    begun = service.browser.get("/sign-in", follow_redirects=False).headers["set-cookie"]
    assert begun.startswith("ewgraph-session-attempt=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Max-Age=600"} <= set(begun.split("; "))
    kept = service.sign_in(canaille).headers.get_list("set-cookie")
    assert kept[0].startswith("ewgraph-session=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Max-Age=28800"} <= set(kept[0].split("; "))
    assert kept[1].startswith('ewgraph-session-attempt=""')
    (folder := tmp_path / "protected").mkdir()
    with serving(folder, canaille.issuer, PROTECTED) as protected:
        protected.add("ada", UNI_A)
        begun = protected.browser.get("/sign-in", follow_redirects=False).headers["set-cookie"]
        kept = protected.sign_in(canaille).headers.get_list("set-cookie")
        assert begun.startswith("__Host-ewgraph-attempt=")
        assert kept[0].startswith("__Host-ewgraph=")
        for cookie in (begun, *kept):
            assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
            assert "Domain" not in cookie
        assert reads_hidden(protected)


def test_pages_for_somebody_are_not_kept_by_any_cache(service: Service, canaille: Canaille) -> None:
    public = service.browser.get("/", headers=PAGE)
    assert "cookie" in public.headers["vary"].lower()
    assert public.headers["cache-control"] == "private, no-cache"
    service.add("ada", UNI_A)
    back = service.sign_in(canaille)
    assert back.headers["cache-control"] == "no-store"
    for headers in (PAGE, TURTLE):
        assert service.browser.get(HIDDEN, headers=headers).headers["cache-control"] == "private, no-store"
    for path in ("/", "/sparql", "/queries", "/disclosures", "/no-such-page"):
        page = service.browser.get(path, headers=PAGE)
        assert "no-store" in page.headers["cache-control"], path
        assert "<span>Ada</span>" in page.text
    assert 'id="key"' not in service.browser.get("/disclosures", headers=PAGE).text


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "/\t/evil.example/",
        "/\n/evil.example/",
        " //evil.example/",
        "javascript:alert(1)",
        "/sign-out",
        "/sign-in/return?code=x",
        "queries",
        "/" + "a" * 3000,
        "/\u00e9",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(signing_in: tuple[Service, SmallIssuer, Key], path: str) -> None:
    service, issuer, key = signing_in
    back = returned(service, issuer, key, path=path)
    assert (back.status_code, back.headers["location"]) == (303, "/")


def test_a_session_is_always_a_new_one(service: Service, canaille: Canaille) -> None:
    service.add("ada", UNI_A)
    service.browser.cookies.set("ewgraph-session", "chosen-by-somebody-else", domain="localhost.local")
    service.sign_in(canaille)
    first = service.cookie()
    assert first is not None
    assert first != "chosen-by-somebody-else"
    service.sign_in(canaille)
    assert service.cookie() not in {first, None}
    assert service.workspace.sessions.of(first) is None, "the session before is over"


def test_an_answer_is_taken_once_and_in_the_browser_that_began(service: Service, canaille: Canaille) -> None:
    service.add("ada", UNI_A)
    address = service.begin()
    kept = dict(service.browser.cookies)
    answer = canaille.answer_to(address)
    service.browser.cookies.clear()
    elsewhere = service.browser.get(answer, follow_redirects=False, headers=PAGE)
    assert (elsewhere.status_code, "not begun in this browser" in elsewhere.text) == (400, True)
    service.begin()
    other = service.browser.get(answer, follow_redirects=False, headers=PAGE)
    assert (other.status_code, "not begun in this browser" in other.text) == (400, True)
    service.browser.cookies.clear()
    service.browser.cookies.update(kept)
    assert service.browser.get(answer, follow_redirects=False).status_code == 303
    again = service.browser.get(answer, follow_redirects=False, headers=PAGE)
    assert again.status_code == 400, "the attempt is over"
    service.browser.cookies.clear()
    service.browser.cookies.update(kept)
    replayed = service.browser.get(answer, follow_redirects=False, headers=PAGE)
    assert (replayed.status_code, "does not take this answer" in replayed.text) == (400, True)
    assert service.cookie() is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"state": "tampered"}, "not begun in this browser"),
        ({"state": None}, "not begun in this browser"),
        ({"code": "tampered"}, "does not take this answer"),
        ({"code": None}, "sent no code"),
        ({"iss": "https://login.example.org"}, "(RFC 9207)"),
        ({"iss": None}, "(RFC 9207)"),
        ({"error": "access_denied"}, "said no"),
        ({"error": "<script>alert(1)</script>"}, "the identity provider refused"),
    ],
)
def test_an_answer_that_was_changed_signs_nobody_in(
    at_canaille: Service, canaille: Canaille, changed: dict[str, str | None], said: str
) -> None:
    answer = urlsplit(canaille.answer_to(at_canaille.begin()))
    parameters = {name: values[0] for name, values in parse_qs(answer.query).items()} | changed
    query = urlencode({name: value for name, value in parameters.items() if value is not None})
    reply = at_canaille.browser.get(f"{answer.path}?{query}", follow_redirects=False, headers=PAGE)
    assert (reply.status_code, said in reply.text) == (400, True), reply.text
    assert at_canaille.cookie() is None
    assert "alert(1)" not in reply.text
    shown = [SECRET, *(value for name in ("code", "state") for value in parse_qs(answer.query)[name])]
    assert not any(text in reply.text for text in shown)


def test_an_answer_that_says_something_twice_signs_nobody_in(at_canaille: Service, canaille: Canaille) -> None:
    answer = canaille.answer_to(at_canaille.begin())
    reply = at_canaille.browser.get(f"{answer}&state=x", follow_redirects=False, headers=PAGE)
    assert (reply.status_code, "twice" in reply.text) == (400, True)


@pytest.fixture(scope="module")
def at_canaille(canaille: Canaille, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One service for the tests that sign nobody in."""
    with serving(tmp_path_factory.mktemp("canaille"), canaille.issuer) as service:
        service.add("ada", UNI_A)
        yield service


@pytest.fixture(scope="module")
def signing_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, SmallIssuer, Key]]:
    """A service whose provider says whatever the test wants."""
    key = new_key()
    issuer = SmallIssuer(key)
    with serving(tmp_path_factory.mktemp("signing-in"), issuer.issuer) as service:
        service.add("ada", UNI_A)
        yield service, issuer, key
    issuer.stop()


def half_hash(token: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()[:16]).rstrip(b"=").decode()


def returned(
    service: Service, issuer: SmallIssuer, key: Key, path: str = "/", *, alg: str = "RS256", **changed: object
) -> httpx2.Response:
    """What comes of an answer whose proof is changed so."""
    service.browser.cookies.clear()
    asked = parse_qs(urlsplit(service.begin(f"/sign-in?{urlencode({'next': path})}")).query)
    given = {"aud": CLIENT, "nonce": asked["nonce"][0], "at_hash": half_hash("opaque")} | changed
    proof = signed(key, claims(issuer.issuer, service.clock, **given), typ="JWT", alg=alg)
    issuer.answer = {"id_token": proof, "access_token": "opaque", "token_type": "Bearer"}
    back = f"/sign-in/return?{urlencode({'code': 'c', 'state': asked['state'][0]})}"
    return service.browser.get(back, follow_redirects=False, headers=PAGE)


@pytest.mark.parametrize(
    "changed",
    [{}, {"at_hash": None}, {"aud": [CLIENT]}, {"aud": [CLIENT, "other"], "azp": CLIENT}, {"azp": CLIENT}],
)
def test_a_good_proof_signs_somebody_in(
    signing_in: tuple[Service, SmallIssuer, Key], changed: dict[str, object]
) -> None:
    service, issuer, key = signing_in
    assert returned(service, issuer, key, **changed).status_code == 303
    assert reads_hidden(service)
    assert issuer.form["grant_type"] == ["authorization_code"]
    assert len(issuer.form["code_verifier"][0]) == 43
    assert issuer.authorization is not None
    assert "client_secret" not in issuer.form


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"nonce": "another"}, "another sign-in"),
        ({"nonce": None}, "another sign-in"),
        ({"aud": AUDIENCE}, "&#39;aud&#39;"),
        ({"aud": [CLIENT, "other"]}, "another client"),
        ({"azp": "other"}, "another client"),
        ({"iss": "https://login.example.org"}, "&#39;iss&#39;"),
        ({"at_hash": half_hash("another")}, "access token beside it"),
        ({"sub": None}, "&#39;sub&#39;"),
        ({"exp": 1}, "expired"),
        ({"iat": 9_999_999_999}, "not valid yet"),
    ],
)
def test_a_bad_proof_signs_nobody_in(
    signing_in: tuple[Service, SmallIssuer, Key], changed: dict[str, object], said: str
) -> None:
    service, issuer, key = signing_in
    reply = returned(service, issuer, key, **changed)
    assert (reply.status_code, said in reply.text) == (400, True), reply.text
    assert service.cookie() is None


def test_a_proof_by_another_key_or_none_signs_nobody_in(signing_in: tuple[Service, SmallIssuer, Key]) -> None:
    service, issuer, _ = signing_in
    assert returned(service, issuer, new_key()).status_code == 400
    assert returned(service, issuer, new_key(), alg="none").status_code == 400


def test_a_provider_that_is_down_signs_nobody_in(signing_in: tuple[Service, SmallIssuer, Key]) -> None:
    service, issuer, _ = signing_in
    state = parse_qs(urlsplit(service.begin()).query)["state"][0]
    issuer.stop()
    reply = service.browser.get(f"/sign-in/return?code=c&state={state}", follow_redirects=False, headers=PAGE)
    issuer.start()
    assert (reply.status_code, "does not answer just now" in reply.text) == (503, True)
    assert issuer.issuer not in reply.text


@pytest.mark.parametrize("cookie", ["", "x", "a" * 43, "a" * 43 + ".%%%", "a" * 43 + "./w", "a" * 42 + "\u00e9.Lw=="])
def test_a_cookie_that_holds_no_attempt_is_none(cookie: str) -> None:
    assert Attempt.kept(cookie) in {None, Attempt("a" * 43, "/")}


def test_the_secret_is_shown_the_way_that_the_provider_takes(tmp_path: Path, small: Small) -> None:
    key = new_key()
    issuer = small(key)
    issuer.changed = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    with serving(tmp_path, issuer.issuer) as service:
        service.add("ada", UNI_A)
        assert returned(service, issuer, key).status_code == 303
        assert (issuer.form["client_id"], issuer.form["client_secret"]) == ([CLIENT], [SECRET])
        assert issuer.authorization is None


def test_whom_nobody_has_said_anything_of_is_not_signed_in(
    service: Service, canaille: Canaille, caplog: pytest.LogCaptureFixture
) -> None:
    reply = service.sign_in(canaille, "cleo")
    assert (reply.status_code, "&#39;cleo&#39;" in reply.text) == (403, True)
    assert service.cookie() is None
    assert service.events() == [("sign-in-failed", "", "public")]
    assert service.workspace.audit.entries()[0].details == {"issuer": canaille.issuer, "subject": "cleo"}
    lines = "".join(str(vars(record)) for record in caplog.records if record.name.startswith("ewgraph"))
    assert "cleo" not in lines
    assert SECRET not in lines


def test_strangers_cannot_fill_the_audit_log(at_canaille: Service) -> None:
    before = at_canaille.events()
    for _ in range(3):
        at_canaille.begin()
        at_canaille.browser.get("/sign-in/return?code=x&state=y", follow_redirects=False)
    assert at_canaille.events() == before


def test_a_session_ends_when_its_time_is_over(service: Service, canaille: Canaille) -> None:
    service.add("ada", UNI_A)
    service.sign_in(canaille)
    service.clock.time += dt.timedelta(hours=7, minutes=59)
    assert reads_hidden(service)
    service.clock.time += dt.timedelta(minutes=2)
    assert not reads_hidden(service)


def test_a_session_ends_with_its_account(service: Service, canaille: Canaille) -> None:
    account = service.add("ada", UNI_A)
    service.sign_in(canaille)
    assert reads_hidden(service)
    service.workspace.accounts.revoke(account)
    assert not reads_hidden(service)
    assert service.sign_in(canaille).status_code == 403


def test_who_signs_out_is_out_also_with_a_copy_of_the_cookie(service: Service, canaille: Canaille) -> None:
    account = service.add("ada", UNI_A)
    service.sign_in(canaille)
    copy = dict(service.browser.cookies)
    own = {"Sec-Fetch-Site": "same-origin", **PAGE}
    page = service.browser.post("/sign-out", headers=own)
    assert "You are signed out" in page.text
    assert service.cookie() is None
    assert f"{canaille.issuer}/oauth/end_session?client_id={CLIENT}&amp;post_logout_redirect_uri=http" in page.text
    service.browser.cookies.update(copy)
    assert not reads_hidden(service)
    assert service.events()[0] == ("signed-out", f"account:{account}", UNI_A)
    assert service.browser.post("/sign-out", headers=own).status_code == 200
    assert len(service.events()) == 2


def test_another_site_can_read_nothing_of_a_session(service: Service, canaille: Canaille) -> None:
    service.add("ada", UNI_A)
    service.sign_in(canaille)
    reply = service.browser.get(HIDDEN, headers={**TURTLE, "Origin": "https://evil.example"})
    assert "access-control-allow-credentials" not in reply.headers
    written = service.browser.post("/disclosures", headers={"Origin": "https://evil.example"})
    assert (written.status_code, "another site" in written.text) == (403, True)


def test_another_site_can_sign_nobody_out(service: Service, canaille: Canaille) -> None:
    service.add("ada", UNI_A)
    service.sign_in(canaille)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}):
        assert service.browser.post("/sign-out", headers=headers).status_code == 403
    assert service.browser.get("/sign-out").status_code == 405
    assert reads_hidden(service)


def test_the_page_for_signing_out_at_the_provider_is_the_provider_s_own(service: Service, canaille: Canaille) -> None:
    service.begin()  # by now the provider is read
    page = service.browser.post("/sign-out", headers=PAGE).text
    assert "sign out of the identity provider" in page
    leaving = page.partition(f'href="{canaille.issuer}')[2].partition('"')[0].replace("&amp;", "&")
    assert httpx2.get(canaille.issuer + leaving, follow_redirects=True).status_code == 200


def test_without_a_provider_nothing_tells_of_one_and_people_sign_in_with_a_key(tmp_path: Path) -> None:
    with (
        Workspace(Settings(data=tmp_path / "data", query_workers=1)) as workspace,
        TestClient(create_app(workspace.settings, workspace)) as browser,
    ):
        for path in ("/sign-in", "/sign-in/return"):
            reply, unknown = browser.get(path), browser.get("/no-such-page")
            assert (reply.status_code, reply.content) == (404, unknown.content)
        page = browser.get("/", headers=PAGE).text
        assert 'href="/sign-in/key' in page
        assert 'href="/sign-in?' not in page
