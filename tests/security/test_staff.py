"""The staff's pages: keys, accounts, the audit log, who sees what. For everybody else they are not there."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Final

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from ewgraph.ledger import Event
from ewgraph.settings import Settings
from ewgraph.web.app import create_app
from ewgraph.web.workspace import Workspace
from tests.conftest import named
from tests.protocol.conftest import append
from tests.security.conftest import Place

HTML, JSON = {"Accept": "text/html"}, {"Accept": "application/json"}
UNI_A, UNI_B = named("uni-a").value, named("uni-b").value
PAGES = ["/staff", "/staff/keys", "/staff/accounts", "/staff/explanation"]
ACTIONS = ["/staff/keys", "/staff/keys/x/revoke", "/staff/accounts", "/staff/accounts/x/revoke"]


@pytest.mark.parametrize("who", ["public", "organisation", "reader of the staff"])
@pytest.mark.parametrize(("method", "path"), [*(("GET", page) for page in PAGES), *(("POST", one) for one in ACTIONS)])
def test_for_others_there_is_no_such_page(place: Place, who: str, method: str, path: str) -> None:
    header = {"public": {}, "organisation": place.key(UNI_A), "reader of the staff": place.key("staff", "read")}[who]
    found = place.client.request(method, path, headers={**header, **JSON})
    nothing = place.client.request(method, "/stuff", headers={**header, **JSON})
    assert (found.status_code, found.content) == (nothing.status_code, nothing.content)
    assert found.status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_staff_see_them_as_a_page_and_as_json(place: Place, page: str) -> None:
    staff = place.key("staff")
    shown = place.client.get(page, headers={**staff, **HTML})
    assert shown.status_code == 200
    assert "<h1>" in shown.text
    assert "no-store" in shown.headers["cache-control"]
    assert place.client.get(page, headers={**staff, **JSON}).json() is not None


def test_a_key_made_on_the_page_works_and_is_shown_once(place: Place) -> None:
    staff = place.key("staff")
    made = place.client.post(
        "/staff/keys", data={"principal": UNI_A, "right": "read", "label": "<b>bot</b>"}, headers={**staff, **HTML}
    )
    assert made.status_code == 201
    token = re.findall(r"ewg_\w+", made.text)[0]
    assert place.client.get("/id", params={"iri": named("D1").value}, headers=_bearer(token)).status_code == 200
    listed = place.client.get("/staff/keys", headers={**staff, **HTML}).text
    assert token not in listed
    assert token.split("_")[1] in listed
    assert html.escape("<b>bot</b>") in listed
    line = place.workspace.audit.entries(event=Event.KEY_ADDED)[0]
    assert line.by.startswith("key:")
    assert line.details == {"key": token.split("_")[1], "of": UNI_A}


def test_a_key_without_the_right_does_not_do_it(place: Place) -> None:
    reading, handing_in = place.key(UNI_A, "read"), place.key(UNI_A, "submit")
    assert place.client.get("/disclosures", headers={**reading, **JSON}).status_code == 200
    refused = place.client.post("/disclosures", json={}, headers={**reading, **JSON})
    assert (refused.status_code, "does not let you hand in" in refused.json()["detail"]) == (403, True)
    assert place.client.get("/disclosures", headers={**handing_in, **JSON}).status_code == 200
    for path in ("/", "/queries", "/sparql?query=ASK{}", f"/id?iri={named('D1').value}", "/ns"):
        assert place.client.get(path, headers={**handing_in, **JSON}).status_code in {403, 406}, path
    asked = place.client.post("/graphql", json={"query": "{ __typename }"}, headers=handing_in)
    assert asked.status_code == 403


def test_a_revoked_key_is_refused_at_once(place: Place) -> None:
    staff, theirs = place.key("staff"), place.key(UNI_A)
    name = place.workspace.keyring.list()[-1].id
    assert place.client.get("/", headers=theirs).status_code == 200
    done = place.client.post(f"/staff/keys/{name}/revoke", headers={**staff, **JSON})
    assert (done.status_code, done.json()["works"]) == (200, False)
    assert place.client.get("/", headers=theirs).status_code == 401
    assert place.client.post("/staff/keys/nothing/revoke", headers={**staff, **JSON}).status_code == 404


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"principal": "uni a"}, "is not an IRI"),
        ({"principal": UNI_A, "right": "administer"}, "for staff only"),
        ({"principal": UNI_A, "right": "everything"}, "a right is one of"),
        ({"principal": UNI_A, "days": "many"}, "days is a number"),
        ({"principal": UNI_A, "days": "-1"}, "more than 0"),
        ({"principal": UNI_A, "colour": "red"}, "there is no field"),
    ],
)
def test_a_key_that_cannot_be_made_is_told(place: Place, fields: dict[str, str], reason: str) -> None:
    staff = place.key("staff")
    told = place.client.post("/staff/keys", json=fields, headers={**staff, **JSON})
    assert (told.status_code, reason in told.json()["detail"]) == (400, True)
    shown = place.client.post("/staff/keys", data=fields, headers={**staff, **HTML})
    assert (shown.status_code, html.escape(reason) in shown.text) == (400, True)
    assert len(place.workspace.keyring.list()) == 1


def test_an_account_is_added_once_and_revoked(place: Place) -> None:
    staff = place.key("staff")
    person = {"issuer": "https://login.example.org", "subject": "ada", "principal": UNI_A, "label": "Ada"}
    made = place.client.post("/staff/accounts", json=person, headers={**staff, **JSON})
    assert (made.status_code, made.json()["rights"]) == (201, ["read", "submit"])
    again = place.client.post("/staff/accounts", json=person, headers={**staff, **JSON})
    assert (again.status_code, "already" in again.json()["detail"]) == (409, True)
    nobody = place.client.post("/staff/accounts", json={"principal": UNI_A}, headers={**staff, **JSON})
    assert nobody.status_code == 400
    done = place.client.post(f"/staff/accounts/{made.json()['id']}/revoke", headers={**staff, **JSON})
    assert done.json()["revokedAt"]
    assert place.workspace.accounts.of("https://login.example.org", "ada") is None


def test_the_audit_log_is_paged_and_filtered(place: Place) -> None:
    staff = place.key("staff")
    for number in range(3):
        place.workspace.audit.note(Event.EXPORTED, "command line", "staff", number=number)
    lines = place.client.get("/staff?event=exported", headers={**staff, **JSON}).json()
    assert [line["details"]["number"] for line in lines] == [2, 1, 0]
    older = place.client.get(f"/staff?event=exported&before={lines[0]['number']}", headers={**staff, **JSON}).json()
    assert [line["details"]["number"] for line in older] == [1, 0]
    assert place.client.get("/staff?event=nothing", headers={**staff, **JSON}).status_code == 400
    assert place.client.get("/staff?before=x", headers={**staff, **JSON}).status_code == 400


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def explained(place: Place, **asked: str) -> dict[str, object]:
    found = place.client.get("/staff/explanation", params=asked, headers={**place.key("staff"), **JSON})
    assert found.status_code == 200, found.text
    as_page = place.client.get("/staff/explanation", params=asked, headers={**place.key("staff"), **HTML})
    assert as_page.status_code == 200, as_page.text
    told: dict[str, object] = found.json()
    return told


def test_staff_learn_who_sees_a_record_and_why(place: Place) -> None:
    found = explained(place, subject=named("D1").value)
    assert found["now"] == {
        "public": False,
        "members": False,
        "staff": True,
        "organizations": sorted([named("reseller").value, UNI_A]),
    }
    assert found["reasons"] == {
        named("reseller").value: {"how": "AUTHOR", "meantFor": "CONTRACT_PARTY", "contracts": [], "releases": []},
        UNI_A: {"how": "CONTRACT", "meantFor": "CONTRACT_PARTY", "contracts": [named("K1").value], "releases": []},
    }
    assert found["history"] == []


def test_staff_learn_who_could_see_it_on_a_day(place: Place) -> None:
    release = """
ex:Rel {
  ex:Rel a ew:Release ; prov:wasAttributedTo ex:steward ; ew:visibility vis:staff ; ew:releases ex:D1 ;
    ew:toVisibility vis:affiliates ; ew:receivedAt "2024-06-01T00:00:00Z"^^xsd:dateTime ;
    ew:releasedAt "2024-06-01T00:00:00Z"^^xsd:dateTime .
}
"""
    before = place.workspace.clock.now()
    append(place.workspace.ledger, release)
    place.workspace.project()
    found = explained(place, subject=named("D1").value, on=before.isoformat())
    assert found["now"]["members"] is True  # type: ignore[index]
    assert found["then"]["members"] is False  # type: ignore[index]
    assert UNI_A in found["then"]["organizations"]  # type: ignore[index]
    assert {(change["change"], change["audience"]) for change in found["history"]} == {  # type: ignore[attr-defined]
        ("added", "affiliates"),
        ("removed", UNI_A),
        ("removed", "staff"),
    }
    earlier = explained(place, subject=named("D1").value, on="2019-12-31")
    assert earlier["then"] == {"public": False, "members": False, "staff": False, "organizations": []}
    assert earlier["members"] == {}


def test_staff_learn_what_another_would_see(place: Place) -> None:
    assert explained(place, subject=named("D1").value, **{"as": UNI_A})["sees"] is True
    assert explained(place, subject=named("D1").value, **{"as": UNI_B})["sees"] is False
    assert explained(place, **{"as": UNI_A})["beyond"] == [named("D1").value, named("N1").value]
    assert explained(place, **{"as": UNI_B})["beyond"] == []
    assert explained(place, **{"as": "public"})["beyond"] == []


def test_what_workers_told_a_partner_is_not_explained_to_staff(place: Place) -> None:
    append(
        place.workspace.ledger,
        """
ex:Aff2 {
  ex:Aff2 a ew:DatasetImport ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ;
    ew:receivedAt "2020-01-01T00:00:00Z"^^xsd:dateTime .
  ex:m-p a ew:Affiliation ; org:member ex:partner ; org:role part:monitoring-partner ; org:organization ex:steward ;
    ew:validFrom "2020-01-01"^^xsd:date ; ew:assertedIn ex:Aff2 .
}
ex:T {
  ex:T a ew:Testimony ; prov:wasAttributedTo ex:partner ; ew:visibility vis:monitor-only ;
    ew:receivedAt "2024-06-01T00:00:00Z"^^xsd:dateTime ; ew:aboutSite ex:F1 .
}
""",
    )
    place.workspace.project()
    partner = place.key(named("partner").value)
    assert place.client.get("/id", params={"iri": named("T").value}, headers=partner).status_code == 200
    staff = {**place.key("staff"), **JSON}
    hidden = place.client.get("/staff/explanation", params={"subject": named("T").value}, headers=staff)
    absent = place.client.get("/staff/explanation", params={"subject": named("T9").value}, headers=staff)
    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)
    assert hidden.status_code == 404
    assert explained(place, **{"as": named("partner").value})["beyond"] == []


@pytest.mark.parametrize("asked", [{"subject": "x"}, {"subject": named("D1").value, "on": "soon"}, {"as": "x y"}])
def test_what_cannot_be_explained_is_told(place: Place, asked: dict[str, str]) -> None:
    staff = place.key("staff")
    assert place.client.get("/staff/explanation", params=asked, headers={**staff, **JSON}).status_code == 400
    assert place.client.get("/staff/explanation", params=asked, headers={**staff, **HTML}).status_code == 400


def test_that_it_was_explained_is_noted(place: Place) -> None:
    explained(place, subject=named("D1").value)
    assert place.workspace.audit.entries(event=Event.EXPLAINED)[0].details == {"subject": named("D1").value}


class TestSessions:
    """The cookie of somebody who signed in."""

    def token(self, place: Place, principal: str = "staff") -> str:
        account = place.workspace.accounts.add("https://login.example.org", "ada", principal, by="command line")
        return place.workspace.sessions.open(f"account:{account.id}", 8)

    def test_a_session_reads_as_its_account(self, place: Place) -> None:
        place.client.cookies.set("ewgraph-session", self.token(place))
        shown = place.client.get("/staff/keys", headers=HTML)
        assert shown.status_code == 200
        assert "You read as <strong>staff</strong>" in shown.text

    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ({"Sec-Fetch-Site": "same-origin"}, 201),
            ({"Origin": "http://localhost"}, 201),
            ({"Sec-Fetch-Site": "cross-site"}, 403),
            ({"Sec-Fetch-Site": "same-site"}, 403),
            ({"Sec-Fetch-Site": "none"}, 403),
            ({"Origin": "http://localhost.evil.example"}, 403),
            ({"Origin": "null"}, 403),
            ({}, 403),
        ],
    )
    def test_another_site_cannot_act_with_it(self, place: Place, headers: dict[str, str], status: int) -> None:
        place.client.cookies.set("ewgraph-session", self.token(place))
        made = place.client.post("/staff/keys", data={"principal": "staff"}, headers={**HTML, **headers})
        assert made.status_code == status
        assert len(place.workspace.keyring.list()) == (status == 201)

    def test_a_header_goes_before_the_cookie(self, place: Place) -> None:
        place.client.cookies.set("ewgraph-session", self.token(place))
        header = place.key(UNI_A)
        assert place.client.get("/staff/keys", headers={**HTML, **header}).status_code == 404

    def test_one_that_is_over_is_the_public(self, place: Place) -> None:
        token = self.token(place)
        place.client.cookies.set("ewgraph-session", token)
        place.workspace.sessions.close(token)
        assert "You read as <strong>public</strong>" in place.client.get("/", headers=HTML).text


class TestSigningInWithAKey:
    """For whoever has no identity provider."""

    OWN: Final = {"Sec-Fetch-Site": "same-origin", **HTML}

    def enter(self, place: Place, key: str, path: str = "/", **headers: str) -> Response:
        form = {"key": key, "next": path}
        sent = {**self.OWN, **{name.replace("_", "-"): text for name, text in headers.items()}}
        return place.client.post("/sign-in/key", data=form, headers=sent, follow_redirects=False)

    def test_its_bearer_reads_the_pages_until_signing_out(self, place: Place) -> None:
        key = place.workspace.keyring.add(UNI_A, label="Ms Adeyemi")
        start = place.client.get("/", headers=HTML).text
        assert 'href="/sign-in/key?next=/"' in start
        entered = self.enter(place, key, "/queries?x=1")
        assert (entered.status_code, entered.headers["location"]) == (303, "/queries?x=1")
        cookie = entered.headers["set-cookie"].lower()
        assert key not in cookie
        assert all(flag in cookie for flag in ("httponly", "samesite=lax", "path=/"))
        page = place.client.get("/id", params={"iri": named("D1").value}, headers=HTML)
        assert (page.status_code, "Ms Adeyemi" in page.text) == (200, True)
        assert "no-store" in page.headers["cache-control"]
        left = place.client.post("/sign-out", headers=self.OWN)
        assert "You are signed out" in left.text
        assert place.client.get("/id", params={"iri": named("D1").value}, headers=HTML).status_code == 404
        events = [line.event for line in place.workspace.audit.entries()]
        assert events[:2] == [Event.SIGNED_OUT, Event.SIGNED_IN]

    def test_the_session_ends_with_its_key(self, place: Place) -> None:
        key = place.workspace.keyring.add("staff")
        assert self.enter(place, key).status_code == 303
        assert place.client.get("/staff", headers=HTML).status_code == 200
        place.workspace.keyring.revoke(place.workspace.keyring.list()[0].id)
        assert place.client.get("/staff", headers=HTML).status_code == 404

    def test_a_wrong_key_is_told_and_not_shown_again(self, place: Place) -> None:
        refused = self.enter(place, "ewg_0123456789ab_wrong")
        assert refused.status_code == 401
        assert "unknown, over or revoked" in refused.text
        assert "ewg_0123456789ab" not in refused.text
        assert "set-cookie" not in refused.headers

    def test_another_site_cannot_sign_anybody_in(self, place: Place) -> None:
        key = place.workspace.keyring.add(UNI_A)
        assert self.enter(place, key, Sec_Fetch_Site="cross-site").status_code == 403

    @pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example", "/\\evil.example", "/sign-out"])
    def test_nobody_is_sent_elsewhere(self, place: Place, path: str) -> None:
        assert self.enter(place, place.workspace.keyring.add(UNI_A), path).headers["location"] == "/"


def test_where_others_could_read_a_key_nobody_types_one(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", base="http://ewgraph.example/", query_workers=1, log_level="error")
    with Workspace(settings) as workspace, TestClient(create_app(settings, workspace)) as client:
        assert client.get("/sign-in/key", headers=HTML).status_code == 404
        assert "Sign in" not in client.get("/", headers=HTML).text
