"""The stored questions as an API: described, in many formats, in parts, and sent once to who has them already."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import openpyxl
import polars as pl
import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from tests.protocol.conftest import Reply, Server

QUESTION = "/queries/contracts-touching?site=https://data.example.org/id/F2"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARQUET = "application/vnd.apache.parquet"


@pytest.fixture(scope="module")
def description(server: Server) -> dict[str, Any]:
    found = server.request("/queries/openapi.json").json
    assert isinstance(found, dict)
    return found


def test_the_description_is_valid_and_the_list_points_to_it(server: Server, description: dict[str, Any]) -> None:
    validate(description)
    listed = server.request("/queries", accept="application/json")
    assert '</queries/openapi.json>; rel="service-desc"' in listed.headers["link"]
    assert {f"/queries/{question['id']}" for question in listed.json} <= set(description["paths"])  # type: ignore[attr-defined]


def schema_of(description: Mapping[str, Any], found: Mapping[str, Any]) -> OAS31Validator:
    return OAS31Validator({**found["schema"], "components": description["components"]})


def arguments(operation: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A value for each parameter that has to be given, of its kind."""
    given = [each for each in operation.get("parameters", ()) if each.get("required")]
    known = {
        "site": "F2",
        "contract": "K0",
        "model": "L1",
        "buyer": "uni-b",
        "affiliate": "uni-a",
        "start": "K0",
        "from": "K0",
    }
    values = []
    for each in given:
        kind = each["schema"].get("format")
        if kind == "iri":
            values.append((each["name"], f"https://data.example.org/id/{known.get(each['name'], 'F2')}"))
        else:
            values.append((each["name"], str(each["schema"]["examples"][0])))
    if {"from", "to"} <= {name for name, _ in values} and ("from", "2026-01-31T12:00:00Z") in values:
        values = [(name, "2020-01-01T00:00:00Z" if name == "from" else value) for name, value in values]
    return values


def test_every_operation_answers_as_it_is_described(server: Server, description: dict[str, Any]) -> None:
    asked = 0
    for path, item in description["paths"].items():
        operation = item["get"]
        address = path + "?" + urlencode(arguments(operation))
        for media_type, content in operation["responses"]["200"]["content"].items():
            reply = server.request(address, accept=media_type, reader="staff")
            assert (reply.status, reply.media_type) == (200, media_type), (address, reply.content[:300])
            if media_type.endswith("json"):
                schema_of(description, content).validate(reply.json)
            asked += 1
        check_headings(server, address, operation)
    assert asked > 100


def check_headings(server: Server, address: str, operation: Mapping[str, Any]) -> None:
    """Whether a table has the columns that are described."""
    content = operation["responses"]["200"]["content"].get("text/csv")
    if content:
        heading = server.request(address, accept="text/csv", reader="staff").text.splitlines()[0]
        assert content["schema"]["description"] == f"Columns: {heading.replace(',', ', ')}."


def test_every_refusal_is_a_problem_as_it_is_described(server: Server, description: dict[str, Any]) -> None:
    problem = description["components"]["schemas"]["Problem"]
    refused = {
        400: server.request("/queries/contracts-touching"),
        401: server.request(QUESTION, reader="ewg_000000000000_wrong"),
        406: server.request(QUESTION, accept="image/png"),
    }
    refused |= {400: server.request(f"{QUESTION}&limit=0"), 406: server.request(f"{QUESTION}&format=docx")}
    for status, reply in refused.items():
        assert (reply.status, reply.media_type) == (status, "application/problem+json")
        assert str(status) in description["paths"]["/queries/contracts-touching"]["get"]["responses"]
        OAS31Validator(problem).validate(reply.json)


def following(reply: Reply) -> str | None:
    """Where an answer goes on."""
    found = re.search(r'<(/queries/[^>]+)>; rel="next"', reply.headers["link"])
    return found[1] if found else None


def names(reply: Reply, form: str) -> list[str]:
    """The contracts that an answer names, in its order."""
    if form == "xlsx":
        rows = openpyxl.load_workbook(io.BytesIO(reply.content))["Answer"].iter_rows(min_row=2, values_only=True)
        return [str(row[0]) for row in rows]
    if form == "parquet":
        return pl.read_parquet(io.BytesIO(reply.content))["contract"].to_list()
    if form in {"csv", "tsv"}:
        table = csv.DictReader(io.StringIO(reply.text), dialect="excel-tab" if form == "tsv" else "excel")
        return [row["contract"] for row in table]
    found: Any = reply.json
    if form == "srj":
        return [binding["contract"]["value"] for binding in found["results"]["bindings"]]
    return [row["contract"] for row in found]


FORMS = ["csv", "tsv", "json", "srj", "xlsx", "parquet"]


@pytest.mark.parametrize("form", FORMS)
def test_every_format_has_the_same_rows_and_is_chosen_by_its_name(server: Server, form: str) -> None:
    reply = server.request(f"{QUESTION}&format={form}", reader="uni-a", accept="text/html")
    assert names(reply, form) == ["https://data.example.org/id/K0", "https://data.example.org/id/K1"]
    assert reply.headers["x-query"] == "contracts-touching"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (f"{XLSX};q=0.4, text/csv;q=0.5, */*;q=0.1", "text/csv"),
        (f"text/csv;q=0.4, {PARQUET}", PARQUET),
        (f"text/csv;q=0, text/*;q=0.3, {XLSX};q=0.2", "text/tab-separated-values"),
        ("*/*", "application/json"),
    ],
)
def test_the_format_that_is_accepted_most_is_sent(server: Server, accept: str, media_type: str) -> None:
    assert server.request(QUESTION, accept=accept).media_type == media_type


@pytest.mark.parametrize("form", FORMS)
def test_an_answer_comes_in_parts_that_follow_each_other(server: Server, form: str) -> None:
    address: str | None = f"{QUESTION}&limit=1&format={form}"
    found: list[str] = []
    while address:
        reply = server.request(address, reader="uni-a")
        assert reply.headers["x-rows"] == "1"
        found += names(reply, form)
        after = following(reply)
        if form == "srj":
            head: Any = reply.json
            assert head["head"].get("link", []) == ([after] if after else [])
        address = after
        if address:
            assert "knownAt=" in address
            assert "validAt=" in address
    assert found == ["https://data.example.org/id/K0", "https://data.example.org/id/K1"]


def test_a_part_belongs_to_its_reader(server: Server) -> None:
    address = following(server.request(f"{QUESTION}&limit=1", reader="uni-a"))
    assert address
    assert server.request(address).json == []
    assert following(server.request(f"{QUESTION}&limit=1")) is None


@pytest.mark.parametrize("after", ["x", "WyJvdGhlciIsMV0", "a" * 20_000, "%00", "=cmd"])
def test_a_forged_cursor_is_refused_alike(server: Server, after: str) -> None:
    reply = server.request(f"{QUESTION}&after={after}")
    assert reply.status == 400
    assert reply.content == server.request(f"{QUESTION}&after=y").content


@pytest.mark.parametrize("form", FORMS)
def test_who_has_the_answer_is_not_sent_it_again(server: Server, form: str) -> None:
    address = f"{QUESTION}&knownAt=2026-01-01T00:00:00Z&validAt=2026-01-01&format={form}"
    first = server.request(address)
    again = server.request(address, If_None_Match=f'"other", W/{first.headers["etag"].removeprefix("W/")}')
    assert (again.status, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert "authorization" in again.headers["vary"].lower()
    assert server.request(address, If_None_Match='"other"').status == 200


def test_a_tag_is_of_what_the_reader_is_sent(server: Server) -> None:
    def tag(reader: str | None, more: str = "") -> str:
        return server.request(f"{QUESTION}&format=csv{more}", reader=reader).headers["etag"]

    assert tag(None) == tag(None)
    assert tag("uni-a") == tag("staff") != tag(None)
    assert tag(None, "&limit=1") == tag(None)


def test_an_answer_of_somebody_is_kept_by_nobody(server: Server) -> None:
    assert server.request(QUESTION).headers["cache-control"] == "private, no-cache"
    assert server.request(QUESTION, reader="uni-a").headers["cache-control"] == "private, no-store"


def test_files_tell_what_to_cite(server: Server) -> None:
    told = server.request(f"{QUESTION}&format=parquet")
    kept = pl.read_parquet_metadata(io.BytesIO(told.content))
    assert kept["ewgraph.Query-SHA256"] == told.headers["x-query-sha256"]
    book = openpyxl.load_workbook(io.BytesIO(server.request(f"{QUESTION}&format=xlsx").content))
    about: Sequence[Any] = list(book["About"].iter_rows(values_only=True))
    assert dict(about)["Query"] == "contracts-touching"
    assert json.dumps(dict(about)["Graph-Digest"]) == json.dumps(kept["ewgraph.Graph-Digest"])


def test_a_page_calls_its_reader_by_name(server: Server) -> None:
    def foot(reader: str | None) -> str:
        page = server.request("/queries/search", accept="text/html", reader=reader).text
        return page.partition("You read as <strong>")[2].partition("</strong>")[0]

    assert [foot(reader) for reader in (None, "uni-a", "staff")] == ["public", "University A", "staff"]


def test_a_form_offers_what_its_reader_may_choose(server: Server) -> None:
    def form(reader: str | None) -> str:
        return server.request("/queries/observations-of-site", accept="text/html", reader=reader).text

    assert '<option value="https://data.example.org/id/F2">' in form(None)
    assert '<option value="https://data.example.org/id/F1">Factory 1</option>' in form("uni-a")
    assert "data.example.org/id/F1" not in form(None)
    assert '<select id="p-topic"' in form(None)


def test_a_name_in_the_place_of_an_iri_leads_to_what_its_reader_may_mean_by_it(server: Server) -> None:
    def told(reader: str | None) -> str:
        return server.request("/queries/contracts-touching?site=Factroy+2", accept="text/html", reader=reader).text

    def of_hidden(reader: str | None) -> str:
        page = server.request("/queries/contracts-touching?site=Factory+1", accept="text/html", reader=reader)
        assert page.status == 400
        return page.text

    assert '<a href="/queries/contracts-touching?site=https://data.example.org/id/F2">' in told(None)
    assert '<a href="/queries/contracts-touching?site=https://data.example.org/id/F1">' in of_hidden("uni-a")
    assert "id/F1" not in of_hidden(None)


def test_questions_stand_below_what_they_are_about_each_once(server: Server) -> None:
    page = server.request("/queries", accept="text/html").text
    listed: Any = server.request("/queries", accept="application/json").json
    assert sorted(re.findall(r'<a href="/queries/([a-z-]+)">', page)) == sorted(query["id"] for query in listed)
    assert (
        page.index('<h2 id="traceability">') < page.index("/queries/contracts-touching") < page.index('<h2 id="risk">')
    )


def test_a_page_writes_names_in_words(server: Server) -> None:
    page = server.request("/queries/contracts-touching?site=https://data.example.org/id/F2", accept="text/html").text
    assert re.search(r'<th scope="col" title="[^"]+">Last confirmed</th>', page)
    assert '<label for="p-validAt">Valid at <small>(optional)</small></label>' in page
