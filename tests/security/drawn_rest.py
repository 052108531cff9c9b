"""Random calls of all else: linked data, stored queries, pages, descriptions, disclosures, and bad ones of each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import urlencode

from hypothesis import strategies as st

from ewgraph.catalogue import Catalogue, Kind, StoredQuery
from tests.security.drawn_graphql import Known
from tests.security.replies import Asked

_DAYS = ("2019-06-01", "2020-06-01", "2026-10-01", "yesterday")
_INSTANTS = ("2021-01-03T00:00:00Z", "2021-01-06T12:00:00Z", "2026-06-23T12:04:00Z", "2026-10-01T00:00:00Z", "")
_GRAPHS = (
    *("text/turtle", "text/html", "application/n-triples", "application/ld+json", "application/rdf+xml"),
    *("application/trig", "application/n-quads", "application/atom+xml"),
    'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"',
    *("*/*", "image/png", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"),
)
_TABLES = (
    *("application/json", "text/csv", "text/tab-separated-values", "application/sparql-results+json", "text/html"),
    *("application/vnd.apache.parquet", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)
_MORE: Sequence[Sequence[tuple[str, str]]] = (
    *([], [], [], [], [("limit", "1")], [("limit", "3")], [("after", "WyJ4Il0")], [("result", "0" * 64)]),
    *(
        [("recordedAt", at), ("records", "4"), ("limit", "2")]
        for at in ("2021-01-04T00:00:00Z", "2026-06-23T12:04:00Z")
    ),
    [("recordedAt", "2026-06-23T12:04:00Z"), ("sequence", "3")],
    [("recordedAt", "2026-06-23T12:04:00Z"), ("result", "0" * 64)],
)
_BASE = "https://data.example.org/id/"
_PLAIN = (
    *("/", "/queries", "/ns", "/kos/scope/brand", "/health", "/ready", "/metrics", "/checks", "/sparql", "/graphql"),
    *("/.well-known/void", "/catalog", "/dumps", "/sitemap.xml"),
    *("/feed", "/feed/public", "/feed/affiliates", "/feed/own", "/feed/own/pages", "/feed/public/pages"),
    *("/disclosures", "/disclosures/sub-00000000000000000000", "/disclosures/files/" + "0" * 64, "/no-such-page"),
    *(
        "/disclosures/sub-00000000000000000000/report",
        "/disclosures/sub-00000000000000000000/report.html",
        "/queries/none",
    ),
)
_AUDIENCES = (
    *("public", "affiliates", "staff", "org/https%3A%2F%2Fdata.example.org%2Fid%2Faff0"),
    *("https://w3id.org/ewgraph/audience/public", "https://w3id.org/ewgraph/audience/affiliates"),
    *("https://w3id.org/ewgraph/audience/staff", "https://w3id.org/ewgraph/projection"),
    *(
        f"https://w3id.org/ewgraph/audience/org/https%3A%2F%2Fdata.example.org%2Fid%2F{name}"
        for name in ("aff0", "res0")
    ),
)
_LATE = f"{1 << 54:014x}-{'0' * 16}"
_SEARCHED = {
    "kind": ("Site", "factory", "Organization", "Record", "Nothing"),
    "country": ("CN", "DEU", "Narnia"),
    "first": ("1", "2", "500", "-1"),
}
_PROPERTIES = ("name", "type", "country", "address", "identifier", "rmi-cid", "brand", "buyer", "signedOn", "none")
_METHODS = ("GET", "GET", "GET", "HEAD", "OPTIONS", "DELETE", "PUT", "PATCH", "TRACE")


@st.composite
def entity_request(draw: st.DrawFn, known: Known) -> Asked:
    """A dereferenced IRI, under our base or not."""
    name = draw(st.sampled_from(known.names))
    accept = {"Accept": draw(st.sampled_from(_GRAPHS))}
    more = draw(st.sampled_from([(), (), (("accept", "text/turtle"),)]))
    if name.startswith(_BASE) and draw(st.booleans()):
        place = draw(st.sampled_from(["/id/", "/doc/"]))
        return Asked("entity", place + name.removeprefix(_BASE), "GET", more, accept)
    return Asked("entity", "/id", "GET", (("iri", name), *more), accept)


@st.composite
def question_request(draw: st.DrawFn, known: Known, catalogue: Catalogue) -> Asked:
    """A stored query with its parameters drawn."""
    query: StoredQuery = draw(st.sampled_from(list(catalogue)))
    values = []
    for parameter in query.parameters:
        if parameter.optional and draw(st.integers(0, 2)):
            continue
        if parameter.name in {"validAt", "knownAt"} and draw(st.booleans()):
            continue
        if draw(st.integers(0, 40)) == 0:
            continue
        values.append((parameter.name, draw(_value(parameter.kind, known))))
    if draw(st.integers(0, 30)) == 0:
        values.append(("unknown", "x"))
    values += draw(st.sampled_from(_MORE))
    return Asked("question", f"/queries/{query.id}", "GET", tuple(values), {"Accept": draw(st.sampled_from(_TABLES))})


def _value(kind: Kind, known: Known) -> st.SearchStrategy[str]:
    choices: dict[Kind, Sequence[str]] = {
        Kind.IRI: [*known.names, "no IRI"],
        Kind.DATE: _DAYS,
        Kind.DATETIME: _INSTANTS,
        Kind.INTEGER: ("1", "3", "0", "-1", "x"),
        Kind.DECIMAL: ("0.5", "2"),
        Kind.BOOLEAN: ("true", "false"),
        Kind.STRING: [*known.words, "a", "by", "http"],
    }
    return st.sampled_from(choices[kind])


@st.composite
def search_request(draw: st.DrawFn, known: Known) -> Asked:
    """A search for a piece of what records hold, spelt as it is or with a letter left out."""
    word = draw(st.sampled_from([*known.words, *known.names]))
    start = draw(st.integers(0, max(0, len(word) - 2)))
    text = word[start : start + draw(st.sampled_from([1, 2, 4, 99]))]
    accept = {"Accept": draw(st.sampled_from(_TABLES))}
    path = draw(st.sampled_from(["/search", "/search", "/suggest", "/queries/search"]))
    if path == "/queries/search":
        return Asked("search", path, "GET", (("text", text),), accept)
    left_out = draw(st.integers(0, len(text)))
    more = [(name, draw(st.sampled_from(values))) for name, values in _SEARCHED.items() if draw(st.integers(0, 3)) == 0]
    if known.cursors and draw(st.integers(0, 4)) == 0:
        more.append(("after", draw(st.sampled_from(known.cursors))))
    return Asked("search", path, "GET", (("q", text[:left_out] + text[left_out + 1 :]), *more), accept)


@st.composite
def reconciliation_request(draw: st.DrawFn, known: Known) -> Asked:
    """A row of a table that is to be reconciled, a column that is to be added, a name that is being typed."""
    names, words = st.sampled_from(known.names), st.sampled_from([*known.words, *known.names])
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    kind = draw(st.sampled_from(["queries", "queries", "queries", "extend", "suggest", "flyout", "preview"]))
    if kind == "suggest":
        return Asked("suggest", "/reconcile/suggest/entity", "GET", (("prefix", draw(words)[:6]),))
    if kind in {"flyout", "preview"}:
        path = "/reconcile/preview" if kind == "preview" else "/reconcile/flyout/entity"
        return Asked(kind, path, "GET", (("id", draw(names)),))
    body: object = {
        "ids": draw(st.lists(names, min_size=1, max_size=4)),
        "properties": [{"id": one} for one in draw(st.lists(st.sampled_from(_PROPERTIES), max_size=4))],
    }
    if kind == "queries":
        properties = [
            {"pid": draw(st.sampled_from(_PROPERTIES)), "v": draw(words)} for _ in range(draw(st.integers(0, 2)))
        ]
        types = draw(st.sampled_from([[], ["Site"], ["Organization", "Site"]]))
        strict = draw(st.sampled_from(["any", "all", "should"]))
        one = {"query": draw(words)[:99], "properties": properties, "type": types, "type_strict": strict}
        body = {"q0": one | {"limit": draw(st.sampled_from([1, 3, 50]))}}
    return Asked(kind, "/reconcile", "POST", (), form, urlencode({kind: json.dumps(body)}).encode())


@st.composite
def graph_request(draw: st.DrawFn, known: Known) -> Asked:
    """A graph of the graph store: one's own, another's, or none, by its name or by its address."""
    name = draw(st.sampled_from([*_AUDIENCES, *known.names]))
    headers = {"Accept": draw(st.sampled_from([*_GRAPHS, "application/trig", "application/n-quads"]))}
    method = draw(st.sampled_from(_METHODS))
    ways = [("/graph-store", (("graph", name),)), ("/graph-store", (("default", ""),)), (f"/graph-store/{name}", ())]
    path, query = draw(st.sampled_from(ways))
    return Asked("graph", path, method, query, headers)


@st.composite
def page_request(draw: st.DrawFn, known: Known) -> Asked:
    """Any other path, by any method."""
    path = draw(st.sampled_from(_PLAIN))
    if draw(st.integers(0, 8)) == 0:
        path = "/disclosures/template"
        query: tuple[tuple[str, str], ...] = (("contract", draw(st.sampled_from(known.names))),)
    else:
        query = ((), (("limit", "1"),), (("before", "sub-0"),), (("before", _LATE),))[draw(st.integers(0, 3))]
    method = draw(st.sampled_from(_METHODS))
    return Asked("page", path, method, query, {"Accept": draw(st.sampled_from([*_GRAPHS, *_TABLES]))})
