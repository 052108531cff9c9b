"""The search as people and programs meet it: a page without a script, JSON, pages of what was found, suggestions."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ewgraph.settings import Settings
from ewgraph.web.app import create_app
from ewgraph.web.workspace import Workspace
from tests.conftest import TickingClock
from tests.names.test_search import THINGS
from tests.protocol.conftest import append

JSON = {"Accept": "application/json"}
HTML = {"Accept": "text/html"}
MANY = "ex:Z { ex:Z a ew:SupplierListEdition ; prov:wasAttributedTo ex:brand ; ew:visibility vis:public ;" + (
    ' ew:receivedAt "2023-01-01T00:00:00Z"^^xsd:dateTime . '
    + " ".join(f'ex:Z{number} a ew:Factory ; rdfs:label "Works {number} <b>" .' for number in range(25))
    + " }"
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    clock = TickingClock(dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC))
    settings = Settings(data=tmp_path_factory.mktemp("search") / "data", query_workers=1, requests_per_second=0)
    with Workspace(settings, clock) as workspace:
        append(workspace.ledger, THINGS + MANY)
        with TestClient(create_app(workspace.settings, workspace)) as made:
            yield made


def test_what_is_found_says_what_it_is_and_by_what_it_was_found(client: TestClient) -> None:
    answer = client.get("/search", params={"q": "foxcon zhengzou"}, headers=JSON).json()
    assert (answer["query"], answer["total"], answer["limited"], answer["next"]) == ("foxcon zhengzou", 1, False, None)
    (found,) = answer["results"]
    assert found.pop("cursor")
    assert found == {
        "id": "https://data.example.org/id/F1",
        "label": "Hongfujin Precision Electronics (Zhengzhou) Co., Ltd.",
        "kind": "Site",
        "classes": ["Site", "Factory"],
        "countries": ["CN"],
        "score": 91,
        "matched": {"text": "Foxconn Zhengzhou", "field": "alternativeLabel", "language": "en"},
    }


def test_a_page_marks_what_was_looked_for_and_escapes_the_rest(client: TestClient) -> None:
    page = client.get("/search", params={"q": "works 7"}, headers=HTML).text
    assert "<mark>Works</mark> <mark>7</mark> &lt;b&gt;" in page
    assert "<b>" not in page
    assert '<span lang="zh"><mark>' in client.get("/search", params={"q": "鸿富锦精密电子"}, headers=HTML).text


@pytest.mark.parametrize(
    "country", ["MY", "mys", "Malaysia", "Malaisia", "http://publications.europa.eu/resource/authority/country/MYS"]
)
def test_a_country_is_written_as_a_code_or_a_name(client: TestClient, country: str) -> None:
    answer = client.get("/search", params={"q": "malaysia", "country": country}, headers=JSON)
    if country == "Malaisia":
        assert (answer.status_code, "is no country" in answer.text) == (400, True)
    else:
        assert [found["countries"] for found in answer.json()["results"]] == [["MY"]]


def test_a_page_asks_for_no_script_but_our_own(client: TestClient) -> None:
    page = client.get("/search", params={"q": "works"}, headers=HTML)
    assert re.findall(r"<script[^>]*>[^<]*", page.text) == ['<script src="/static/suggest.js" defer>']
    assert not re.search(r"<style|\son\w+=|\sstyle=", page.text)
    assert page.headers["content-security-policy"].startswith("default-src 'self'")


def test_a_page_shows_what_is_wrong_and_keeps_what_was_typed(client: TestClient) -> None:
    page = client.get("/search", params={"q": "works", "country": "Narnia"}, headers=HTML)
    assert page.status_code == 400
    assert "is no country" in page.text
    assert 'value="works"' in page.text
    empty = client.get("/search", headers=HTML)
    assert (empty.status_code, "found" in empty.text.partition("<section")[2]) == (200, False)


def test_pages_make_the_whole(client: TestClient) -> None:
    whole = client.get("/search", params={"q": "works", "first": "100"}, headers=JSON).json()
    assert (whole["total"], len(whole["results"])) == (25, 25)
    found, after = [], None
    for _ in range(4):
        asked = {"q": "works", "first": "7"} | ({"after": after} if after else {})
        part = client.get("/search", params=asked, headers=JSON).json()
        found += part["results"]
        after = part["next"]
    assert (found, after) == (whole["results"], None)


def test_the_next_page_is_a_link(client: TestClient) -> None:
    page = client.get("/search", params={"q": "works", "kind": "Factory"}, headers=HTML).text
    link = page.partition('<a href="/search?')[2].partition('"')[0].replace("&amp;", "&")
    following = client.get(f"/search?{link}", headers=HTML).text
    assert (page.count('<td class="number">'), following.count('<td class="number">')) == (20, 5)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"q": "x" * 201}, "at most 200 characters"),
        ({"q": ["a", "b"]}, "given twice"),
        ({"text": "a"}, "no parameter 'text'"),
        ({"q": "a", "kind": "Gnome"}, "no kind of thing"),
        ({"q": "a", "country": "Narnia"}, "no country"),
        ({"q": "a", "first": "1001"}, "from 0 to 1000"),
        ({"q": "a", "first": "-1"}, "from 0 to 1000"),
        ({"q": "a", "first": "²"}, "from 0 to 1000"),
        ({"q": "a", "after": "nonsense"}, "cursor"),
    ],
)
@pytest.mark.parametrize("path", ["/search", "/suggest"])
def test_a_wrong_request_is_a_problem_that_says_why(
    client: TestClient, path: str, parameters: dict[str, str | list[str]], message: str
) -> None:
    answer = client.get(path, params=parameters, headers=JSON)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert message in answer.json()["detail"]


def test_another_format_is_not_to_be_had(client: TestClient) -> None:
    assert client.get("/search", params={"q": "a"}, headers={"Accept": "image/png"}).status_code == 406


def test_suggestions_come_while_somebody_types(client: TestClient) -> None:
    for typed in ("ho", "hong", "hongfujin pre"):
        first = client.get("/suggest", params={"q": typed}).json()["results"][0]
        assert first["label"].startswith("Hongfujin")
    assert client.get("/suggest", params={"q": "works"}).json()["results"][9:] != []
    assert client.get("/suggest", params={"q": ""}).json()["results"] == []
    assert client.get("/static/suggest.js").status_code == 200


def test_what_comes_in_is_found_at_once(client: TestClient, tmp_path: Path) -> None:
    del client
    clock = TickingClock(dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC))
    with Workspace(Settings(data=tmp_path / "data", query_workers=1), clock) as workspace:
        with TestClient(create_app(workspace.settings, workspace)) as made:
            assert made.get("/search", params={"q": "works"}, headers=JSON).json()["total"] == 0
            append(workspace.ledger, MANY)
            workspace.project()
            assert made.get("/search", params={"q": "works"}, headers=JSON).json()["total"] == 25
        assert list((tmp_path / "data" / "names").glob("*/meta.json"))
