"""The table of hunts: for each route of the application the requests that would bring a secret to light.

A new route without a line here fails `test_every_route_is_hunted`. To add one: write what asks it, in every format it
has, with `prey.names` where it takes an IRI and `prey.words` where it takes a text, and put it into `HUNTS`.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TypeAlias
from urllib.parse import urlencode

from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    parse,
)
from starlette.routing import BaseRoute, Mount, Route

from ewgraph.api.graphql.cost import MOST, Estimate
from ewgraph.api.graphql.execution import operation_of
from ewgraph.api.graphql.limits import TOKENS, offences
from ewgraph.catalogue import Catalogue, Kind, StoredQuery
from tests.conftest import PREFIXES
from tests.security.drawn_graphql import SCHEMA, Composite, fields_of
from tests.security.replies import Asked

QUADS = ("application/trig", "application/n-quads")
GRAPHS = ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml", "text/html")
TABLES = (
    *("application/json", "text/csv", "text/tab-separated-values", "application/sparql-results+json", "text/html"),
    *("application/vnd.apache.parquet", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)
RESULTS = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
PINS = {"recordedAt": "2026-01-01T00:00:00Z", "records": "3", "sequence": "2"}
REPORTS = ("json", "html", "ttl", "txt", "xlsx")
AUDIENCES = (
    *("https://w3id.org/ewgraph/audience/public", "https://w3id.org/ewgraph/audience/affiliates"),
    *("https://w3id.org/ewgraph/audience/staff", "https://w3id.org/ewgraph/projection"),
)
_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Prey:
    """What a hunt asks for.

    Attributes:
        names: IRIs to ask by: what everybody may see, or a secret's own.
        words: texts to search for.
        submissions: ids of submissions.
        files: hashes of uploaded files.
        catalogue: the stored queries.
        readers: the principals with whose eyes staff look.
        steps: how many fields deep GraphQL is walked from the first of the names or words.
    """

    names: Sequence[str]
    words: Sequence[str]
    submissions: Sequence[str]
    files: Sequence[str]
    catalogue: Catalogue
    readers: Sequence[str] = ()
    steps: int = 4


Hunt: TypeAlias = Callable[[Prey], Iterable[Asked]]


def _get(path: str, accepts: Iterable[str] = ("*/*", "text/html"), **query: str) -> Iterator[Asked]:
    for accept in accepts:
        yield Asked(path, path, "GET", tuple(query.items()), {"Accept": accept})


def _plain(path: str, *accepts: str) -> Hunt:
    return lambda _: _get(path, accepts or ("*/*", "text/html", "image/png"))


def _sparql(prey: Prey) -> Iterator[Asked]:
    solutions = [
        "SELECT * { ?s ?p ?o }",
        "SELECT * { GRAPH ?g { ?s ?p ?o } }",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { } } GROUP BY ?g",
        "SELECT (COUNT(*) AS ?n) (MIN(STR(?o)) AS ?m) (MAX(?o) AS ?x) { ?s ?p ?o }",
        *(f'SELECT * {{ ?s ?p ?o FILTER CONTAINS(STR(?o), "{word}") }}' for word in prey.words),
    ]
    graphs = ["CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"]
    for name in prey.names:
        solutions += [
            f"SELECT * {{ <{name}> ?p ?o }}",
            f"SELECT * {{ ?s ?p <{name}> }}",
            f"SELECT * {{ GRAPH <{name}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ {{ }} UNION {{ GRAPH <{name}> {{ }} }} }}",
            f"SELECT * FROM <{name}> {{ ?s ?p ?o }}",  # noqa: S608  # SPARQL, of the test's own names
            f"SELECT * FROM NAMED <{name}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",  # noqa: S608  # as above
            f"ASK {{ <{name}> ?p ?o }}",
            f"SELECT ?x {{ <{name}> (<urn:a>|!<urn:a>)* ?x }} LIMIT 50",
        ]
        graphs.append(f"DESCRIBE <{name}>")
        for key in ("default-graph-uri", "named-graph-uri"):
            query = (("query", "SELECT * { ?s ?p ?o }"), (key, name))
            yield Asked("sparql", "/sparql", "GET", query, {"Accept": RESULTS[0]})
    for text in solutions:
        yield Asked("sparql", "/sparql", "GET", (("query", text),), {"Accept": RESULTS[0]})
    for accept in (*RESULTS, "text/html"):
        yield Asked("sparql", "/sparql", "GET", (("query", solutions[0]),), {"Accept": accept})
    for text in graphs:
        for accept in GRAPHS:
            yield Asked("sparql", "/sparql", "GET", (("query", text),), {"Accept": accept})
    yield from _get("/sparql", GRAPHS)


def _posted_sparql(prey: Prey) -> Iterator[Asked]:
    kind = {"Content-Type": "application/sparql-query", "Accept": "text/csv"}
    for text in ("SELECT * { ?s ?p ?o }", *(f"DESCRIBE <{name}>" for name in prey.names)):
        yield Asked("sparql", "/sparql", "POST", (), kind, text.encode())
    update = {"Content-Type": "application/sparql-update"}
    yield Asked("sparql", "/sparql", "POST", (), update, b"DELETE WHERE { ?s ?p ?o }")


def _graph_store(prey: Prey) -> Iterator[Asked]:
    accepts = (*GRAPHS[:4], "application/n-quads", "application/trig")
    yield from _get("/graph-store?default", accepts)
    for name in (*prey.names, *AUDIENCES):
        yield from _get("/graph-store", accepts[:1], graph=name)


def _graphs_by_path(prey: Prey) -> Iterator[Asked]:
    for name in (*prey.names, *(name.removeprefix("https://w3id.org/ewgraph/audience/") for name in AUDIENCES)):
        yield from _get(f"/graph-store/{name}", GRAPHS[:2])


def _searched(path: str, *accepts: str) -> Hunt:
    def hunt(prey: Prey) -> Iterator[Asked]:
        for word in (*prey.words, *(name.rpartition("/")[2] for name in prey.names)):
            yield from _get(path, accepts, q=word)
            yield from _get(path, accepts[:1], q=word[:2], first="500")
            yield from _get(path, accepts[:1], q=f"{word}x", kind="Site")  # one letter too many
        yield from _get(path, accepts)

    return hunt


def _reconciled(method: str) -> Hunt:
    def hunt(prey: Prey) -> Iterator[Asked]:
        asked = []
        for place, word in enumerate((*prey.words, *prey.names)):
            given = [{"pid": "identifier", "v": word}, {"pid": "address", "v": word}]
            asked.append(("queries", {f"a{place}": {"query": word[:200], "properties": given, "limit": 50}}))
            asked.append(("queries", {f"b{place}": {"properties": given, "type": "Site", "type_strict": "should"}}))
        wanted = [{"id": name} for name in ("name", "type", "country", "address", "identifier", "brand", "buyer")]
        asked.append(("extend", {"ids": list(prey.names), "properties": wanted}))
        for name, value in asked:
            pairs = ((name, json.dumps(value)),)
            if method == "GET":
                yield Asked("reconcile", "/reconcile", "GET", pairs)
            else:
                kind = {"Content-Type": "application/x-www-form-urlencoded"}
                yield Asked("reconcile", "/reconcile", "POST", (), kind, urlencode(pairs).encode())
        yield Asked("reconcile", "/reconcile", method)

    return hunt


def _by_id(*paths: str) -> Hunt:
    def hunt(prey: Prey) -> Iterator[Asked]:
        for path in paths:
            for name in prey.names:
                yield from _get(path, id=name)

    return hunt


def _beginnings(prey: Prey) -> Iterator[Asked]:
    for what in ("entity", "type", "property", "else"):
        for word in (*prey.words, *(name.rpartition("/")[2] for name in prey.names)):
            yield from _get(f"/reconcile/suggest/{what}", ("*/*",), prefix=word)


def _entities(prey: Prey) -> Iterator[Asked]:
    for name in prey.names:
        yield from _get("/id", (*GRAPHS, *QUADS), iri=name)


def _entities_by_path(prey: Prey) -> Iterator[Asked]:
    for name in prey.names:
        yield from _get("/id/" + name.removeprefix("https://data.example.org/id/"), ("*/*", "text/html"))


def _documents(prey: Prey) -> Iterator[Asked]:
    for name in prey.names:
        yield from _get("/doc/" + name.removeprefix("https://data.example.org/id/"), (*GRAPHS, *QUADS))


def _code_lists(prey: Prey) -> Iterator[Asked]:
    for path in ("scope", "scope/brand", "provision/eti-base-code/1", *prey.words):
        yield from _get(f"/kos/{path}", ("text/turtle", "text/html"))


def _feeds(tail: str) -> Hunt:
    def hunt(_: Prey) -> Iterator[Asked]:
        for name in ("public", "affiliates", "staff", "own", "none"):
            for cursor in ({}, {"after": _EARLY, "before": _LATE}):
                yield from _get(f"/feed/{name}{tail}", (*GRAPHS, *QUADS, "application/atom+xml"), **cursor)

    return hunt


_EARLY, _LATE = (f"{place:014x}-{'0' * 16}" for place in (1, 1 << 54))


_BY_NAME = frozenset({"contracts-touching", "sites-touched-by", "sites-of-model"})
"""Questions about a site, a contract and a model: their pages say what may be meant by a name."""


def _questions(prey: Prey) -> Iterator[Asked]:
    """First over what is there now, then over the past: a worker that goes from one to the other opens it anew."""
    for query in prey.catalogue:
        path = f"/queries/{query.id}"
        yield from _get(path, ("text/html", "text/csv"))
        nodes, texts, others = _slots(query)
        for place, name in enumerate(prey.names if nodes else ()):
            yield from _get(path, TABLES[place % 2 :: 4] if place else TABLES, **others, **dict.fromkeys(nodes, name))
        for word in prey.words if query.id in _BY_NAME else ():
            yield from _get(path, ("text/html",), **others, **dict.fromkeys(nodes, word))
        for word in prey.words if texts else ():
            yield from _get(path, TABLES[:2], **(others | dict.fromkeys(texts, word)))
        if not nodes and not texts:
            yield from _get(path, TABLES, **others)
    for place, query in enumerate(prey.catalogue):
        nodes, _, others = _slots(query)
        for name in (prey.names[place % len(prey.names)],) if nodes and prey.names else ():
            given = others | dict.fromkeys(nodes, name)
            yield from _get(f"/queries/{query.id}", TABLES[place % 5 :: 5], **given, **PINS, limit="2")


def _slots(query: StoredQuery) -> tuple[list[str], list[str], dict[str, str]]:
    """The parameters that take a name, those that need a text, and examples for the others that are needed."""
    nodes = [slot.name for slot in query.parameters if slot.kind is Kind.IRI]
    texts = [slot.name for slot in query.parameters if slot.kind is Kind.STRING and not slot.optional]
    others = {
        slot.name: _EXAMPLES[slot.kind]
        for slot in query.parameters
        if slot.kind is not Kind.IRI and not slot.optional and slot.name not in {"validAt", "knownAt"}
    }
    return nodes, texts, others


_EXAMPLES = {
    Kind.DATE: "2026-10-01",
    Kind.DATETIME: "2021-01-01T00:00:00Z",
    Kind.INTEGER: "5",
    Kind.DECIMAL: "0.5",
    Kind.BOOLEAN: "true",
    Kind.STRING: "canary",
}


def graphql_documents(prey: Prey) -> Iterator[str]:
    """Documents that select every field of every type, within the limits on one document.

    What changes something is tried out only. Where it names nothing, it is tried once: each takes a process.
    """
    for root, word in ((SCHEMA.query_type, "query"), (SCHEMA.mutation_type, "mutation")):
        for name, one in root.fields.items() if root else ():
            needed = {key: get_named_type(arg.type) for key, arg in one.args.items() if is_required_argument(arg)}
            nodes = [key for key, kind in needed.items() if kind.name in {"ID", "_Any"}]
            texts = [key for key, kind in needed.items() if kind.name == "String"]
            rest = {key: _example(key, kind) for key, kind in needed.items() if key not in {*nodes, *texts}}
            rest |= {"dryRun": "true"} if "dryRun" in one.args else {}
            kind = get_named_type(one.type)
            assert isinstance(kind, Composite)
            values = prey.names if nodes else prey.words if texts else [""]
            for place, value in enumerate(values if nodes or word == "query" else values[:1]):
                given = rest | dict.fromkeys([*nodes, *texts], json.dumps(value))
                given |= {key: _represented(value) for key, kind in needed.items() if kind.name == "_Any"}
                arguments = "(" + ", ".join(f"{key}: {text}" for key, text in given.items()) + ")" if given else ""
                for selection in selections(f"{word} {{ {name}{arguments} ", kind, 1 if place else prey.steps):
                    document = f"{word} {{ {name}{arguments} {selection} }}"
                    yield document if is_within_limits(document) else document.replace(name, f"{name}(first: 20)", 1)


def _represented(name: str) -> str:
    """A thing as another subgraph would name it, as of each type that it may be of."""
    kinds = sorted(kind.name for kind in SCHEMA.get_possible_types(SCHEMA.type_map["_Entity"]))  # type: ignore[arg-type]
    return "[" + ", ".join(f'{{__typename: "{kind}", id: {json.dumps(name)}}}' for kind in kinds) + "]"


def _example(key: str, kind: GraphQLNamedType) -> str:
    if isinstance(kind, GraphQLEnumType):
        return min(kind.values)
    if isinstance(kind, GraphQLInputObjectType):
        return f'{{sha256: "{"0" * 64}"}}'
    return _INSTANTS.get(key, '"2026-01-01T00:00:00Z"')


_INSTANTS = {"from": '"2020-01-01T00:00:00Z"', "to": '"2026-09-30T00:00:00Z"'}


@cache
def selections(beginning: str, start: Composite, steps: int) -> tuple[str, ...]:
    """The leaves of every type that can be reached, each along the shortest way, and one step along every field.

    What is reached the same way is selected together as far as one document may: reading documents takes most of the
    time.

    Args:
        beginning: a document up to the selection of the start.
        start: the type that is selected from.
        steps: how many fields deep.
    """
    ways: deque[tuple[Composite, str, int]] = deque([(start, "%s", 0)])
    seen = {start.name}
    found: list[str] = []
    while ways:
        kind, way, taken = ways.popleft()
        together, alone = [_leaves(kind)], list[str]()
        for step, reached in _steps(kind) if taken < steps else ():
            if reached.name not in seen:
                seen.add(reached.name)
                ways.append((reached, way % f"{{ {step} }}", taken + 1))
            elif step.startswith("..."):  # two types can have fields of one name that do not go together
                alone.append(step % f"{{ {_leaves(reached)} }}")
            else:
                together.append(step % f"{{ {_leaves(reached)} }}")
        whole = beginning.replace("%", "%%") + way % "{ %s }" + " }"
        found += (way % f"{{ {text} }}" for text in (*_joined(together, whole), *alone))
    return tuple(found)


def _steps(kind: Composite) -> Iterator[tuple[str, Composite]]:
    """Where the fields of a type lead, and what it may be."""
    for name, one in fields_of(kind).items():
        if isinstance(reached := get_named_type(one.type), Composite):
            yield f"{_called(name, one)} %s", reached
    if isinstance(kind, GraphQLInterfaceType | GraphQLUnionType):
        for possible in sorted(SCHEMA.get_possible_types(kind), key=lambda one: one.name):
            yield f"... on {possible.name} %s", possible


def _joined(parts: Sequence[str], whole: str) -> Iterator[str]:
    """The parts, as many at once as the whole document has room for."""
    text = " ".join(parts)
    if len(parts) == 1 or is_within_limits(whole % text):
        yield text
    else:
        half = len(parts) // 2
        yield from _joined(parts[:half], whole)
        yield from _joined(parts[half:], whole)


def is_within_limits(text: str) -> bool:
    """Whether a document is not too large or dear to be run."""
    try:
        document = parse(text, max_tokens=TOKENS)
    except GraphQLError:
        return False
    operation = operation_of(document, None)
    assert operation
    return not offences(document) and Estimate(SCHEMA, document, {}).of(operation) <= MOST


def _leaves(kind: Composite) -> str:
    fields = fields_of(kind).items()
    names = [_called(name, one) for name, one in fields if is_leaf_type(get_named_type(one.type))]
    return " ".join(["__typename", *names])


def _called(name: str, one: GraphQLField) -> str:
    """A field with an example for each argument that it needs."""
    needed = [f"{key}: {json.dumps(_TOPIC)}" for key, arg in one.args.items() if is_required_argument(arg)]
    return f"{name}({', '.join(needed)})" if needed else name


_TOPIC = "https://w3id.org/ewgraph/kos/observation-topic/child-labour"


def _graphql(prey: Prey) -> Iterator[Asked]:
    for place, text in enumerate(graphql_documents(prey)):
        yield Asked("graphql", "/graphql", "POST", (), _JSON, json.dumps({"query": text}).encode())
        if place % 9 == 0 and text.startswith("query "):  # some again, in parts
            parted = json.dumps({"query": f"{{ ... @defer {text.removeprefix('query ')} }}"}).encode()
            yield Asked("graphql", "/graphql", "POST", (), {**_JSON, "Accept": "multipart/mixed"}, parted)
    yield from _get("/graphql", ("text/html", "application/json"))
    deliberate = {"Accept": "application/json", "GraphQL-Require-Preflight": "1"}
    for name in prey.names:
        query = f"{{ node(id: {json.dumps(name)}) {{ id __typename }} }}"
        yield Asked("graphql", "/graphql", "GET", (("query", query),), deliberate)


def event_documents(prey: Prey) -> Iterator[str]:
    """Subscriptions that end: to what is not there, or is done. What goes on, watches tell as well."""
    told = _leaves(SCHEMA.type_map["Submission"])  # type: ignore[arg-type]  # it is composite
    for one in prey.submissions:
        yield f"subscription {{ submissionProgress(submission: {json.dumps(one)}) {told} }}"
    for one in prey.words:
        yield f"subscription {{ newFindings(watch: {json.dumps(one)}) {{ finding {{ id }} }} }}"


def _graphql_events(prey: Prey) -> Iterator[Asked]:
    headers = _JSON | {"Accept": "text/event-stream"}
    queries = (f"{{ node(id: {json.dumps(name)}) {{ id __typename }} }}" for name in prey.names)
    for text in chain(event_documents(prey), queries):
        yield Asked("graphql", "/graphql", "POST", (), headers, json.dumps({"query": text}).encode())


def _graphql_files(_: Prey) -> Iterator[Asked]:
    for name in ("static/console.js", "static/console.css", "static/../http.py", "schema.graphql", "limits", "else"):
        yield from _get(f"/graphql/{name}")


def _submissions(tail: str, method: str = "GET", **query: str) -> Hunt:
    def hunt(prey: Prey) -> Iterator[Asked]:
        for name in prey.submissions:
            path = f"/disclosures/{name}{tail}"
            yield Asked(path, path, method, tuple(query.items()), {"Accept": "*/*"})
            yield Asked(path, path, method, tuple(query.items()), {"Accept": "text/html"})

    return hunt


def _reports(prey: Prey) -> Iterator[Asked]:
    return chain.from_iterable(_submissions(f"/report.{extension}")(prey) for extension in REPORTS)


def _files(method: str) -> Hunt:
    def hunt(prey: Prey) -> Iterator[Asked]:
        for sha256 in prey.files:
            path = f"/disclosures/files/{sha256}"
            more = {"Upload-Offset": "5"} if method == "PATCH" else {}
            yield Asked(path, path, method, (), more, b"x" if method in {"PUT", "PATCH"} else None)

    return hunt


def _handed_in(prey: Prey) -> Iterator[Asked]:
    for sha256 in prey.files:
        body = json.dumps({"sha256": sha256, "name": "mine.csv"}).encode()
        yield Asked("submit", "/disclosures", "POST", (("dryRun", "true"),), _JSON, body)
    for name in prey.names:
        body = json.dumps({"sha256": "0" * 64, "name": "mine.csv", "contract": name}).encode()
        yield Asked("submit", "/disclosures", "POST", (("dryRun", "true"),), _JSON, body)


def _listed(prey: Prey) -> Iterator[Asked]:
    yield from _get("/disclosures", ("application/json", "text/html"))
    yield from _get("/disclosures", ("application/json",), limit="1")
    for name in prey.submissions:
        yield from _get("/disclosures", ("application/json",), before=name)


def _forms(prey: Prey) -> Iterator[Asked]:
    for name in prey.names:
        yield from _get("/disclosures/template", ("*/*",), contract=name)


def _explained(prey: Prey) -> Iterator[Asked]:
    accepts = ("application/json", "text/html")
    for name in prey.names:
        yield from _get("/staff/explanation", accepts, subject=name)
        yield from _get("/staff/explanation", accepts[:1], subject=name, on="2026-09-30T00:00:00Z")
        for reader in prey.readers:
            yield from _get("/staff/explanation", accepts[:1], **{"subject": name, "as": reader})
    for reader in (*prey.names, *prey.readers):
        yield from _get("/staff/explanation", accepts, **{"as": reader})


def _posted(path: str, **fields: str) -> Hunt:
    def hunt(_: Prey) -> Iterator[Asked]:
        for accept in ("application/json", "text/html"):
            yield Asked(path, path, "POST", (), _JSON | {"Accept": accept}, json.dumps(fields).encode())

    return hunt


def _record_file(prey: Prey) -> Iterator[Asked]:
    """One file, so that one process is enough: each name is taken for a record, a claim, a site, what is revised."""
    head = "prov:wasAttributedTo ex:canary-brand ; ew:visibility vis:public"
    said = []
    for place, name in enumerate(prey.names):
        for role in ("record", "claim", "site", "revised", "retracted", "answered"):
            own = f"https://data.example.org/id/canary-brand/{place}-{role}"
            record, claim = name if role == "record" else own, name if role == "claim" else f"{own}-claim"
            site = f"<{name}> a ew:Factory ." if role == "site" else ""
            more = {"revised": "prov:wasRevisionOf", "retracted": "ew:retracts", "answered": "ew:repliesTo"}.get(role)
            said.append(
                f"<{record}> {{ <{record}> a ew:SupplierListEdition ; {head} ;"
                ' ew:receivedAt "2024-09-01T00:00:00Z"^^xsd:dateTime .'
                f" <{claim}> a ew:SupplyClaim ; ew:assertedIn <{record}> ; ew:site <{name}> . {site}"
                f" {f'<{record}> {more} <{name}> .' if more else ''} }}"
            )
    kind = {"Content-Type": "application/trig", "Accept": "application/json"}
    body = (PREFIXES + "\n".join(said)).encode()
    yield Asked("records", "/records", "POST", (("dryRun", "true"),), kind, body)


HUNTS: Mapping[str, Hunt] = {
    "GET /": _plain("/"),
    "GET /.well-known/void": _plain("/.well-known/void", *GRAPHS),
    "GET /catalog": _plain("/catalog", *GRAPHS),
    "GET /dumps": _plain("/dumps", *GRAPHS),
    "GET /dumps/{file}": _plain("/dumps/latest.nq.zst"),
    "GET /feed": _plain("/feed", *GRAPHS),
    "GET /feed/{audience}": _feeds(""),
    "GET /feed/{audience}/pages": _feeds("/pages"),
    "GET /robots.txt": _plain("/robots.txt"),
    "GET /sitemap.xml": _plain("/sitemap.xml"),
    "GET /favicon.ico": _plain("/favicon.ico"),
    "GET /sparql": _sparql,
    "POST /sparql": _posted_sparql,
    "GET /graph-store": _graph_store,
    "GET /graph-store/{path:path}": _graphs_by_path,
    "GET /id": _entities,
    "GET /id/{path:path}": _entities_by_path,
    "GET /queries": _plain("/queries", "application/json", "text/html"),
    "GET /queries/openapi.json": _plain("/queries/openapi.json"),
    "GET /queries/{name}": _questions,
    "GET /doc/{path:path}": _documents,
    "GET /search": _searched("/search", "application/json", "text/html"),
    "GET /suggest": _searched("/suggest", "application/json"),
    "GET /reconcile": _reconciled("GET"),
    "POST /reconcile": _reconciled("POST"),
    "GET /reconcile/suggest/{what}": _beginnings,
    "GET /reconcile/flyout/{what}": _by_id("/reconcile/flyout/entity", "/reconcile/flyout/type"),
    "GET /reconcile/properties": _plain("/reconcile/properties"),
    "GET /reconcile/preview": _by_id("/reconcile/preview"),
    "GET /ns": _plain("/ns", *GRAPHS),
    "GET /ns/{name}": _plain("/ns/claims", *GRAPHS),
    "GET /kos": _plain("/kos", *GRAPHS),
    "GET /kos/{path:path}": _code_lists,
    "GET /contexts/{name}": _plain("/contexts/ewgraph.jsonld"),
    "GET /health": _plain("/health"),
    "GET /ready": _plain("/ready"),
    "GET /metrics": _plain("/metrics"),
    "GET /checks": _plain("/checks", "application/json", "text/turtle"),
    "ANY /static": lambda _: _get("/static/ewgraph.css"),
    "ANY /graphql": _graphql,
    "ANY /graphql/{path:path}": _graphql_files,
    "WebSocketRoute /graphql": _graphql_events,
    "GET /disclosures": _listed,
    "POST /disclosures": _handed_in,
    "GET /disclosures/template": _forms,
    "GET /disclosures/files/{sha256}": _files("GET"),
    "PUT /disclosures/files/{sha256}": _files("PUT"),
    "PATCH /disclosures/files/{sha256}": _files("PATCH"),
    "GET /disclosures/{id}": _submissions(""),
    "GET /disclosures/{id}/events": _submissions("/events"),
    "GET /disclosures/{id}/report": _submissions("/report"),
    "GET /disclosures/{id}/report.{extension}": _reports,
    "POST /disclosures/{id}/retry": _submissions("/retry", "POST"),
    "POST /disclosures/{id}/withdraw": _submissions("/withdraw", "POST", reason="hunting"),
    "DELETE /disclosures/{id}": _submissions("", "DELETE"),
    "POST /records": _record_file,
    "GET /sign-in/key": _plain("/sign-in/key", "text/html"),
    "POST /sign-in/key": _posted("/sign-in/key", key="ewg_0123456789ab_guessed"),
    "POST /sign-out": _posted("/sign-out"),
    "GET /staff": _plain("/staff", "application/json", "text/html"),
    "GET /staff/keys": _plain("/staff/keys", "application/json", "text/html"),
    "POST /staff/keys": _posted("/staff/keys", principal="staff", days="0.001"),
    "POST /staff/keys/{id}/revoke": _posted("/staff/keys/none/revoke"),
    "GET /staff/accounts": _plain("/staff/accounts", "application/json", "text/html"),
    "POST /staff/accounts": _posted("/staff/accounts", principal="no IRI"),
    "POST /staff/accounts/{id}/revoke": _posted("/staff/accounts/none/revoke"),
    "GET /staff/explanation": _explained,
}
"""What hunts through each route, by method and path. HEAD goes with GET; a mounted application has one line."""


def routes_of(routes: Iterable[BaseRoute], below: str = "") -> Iterator[str]:
    """Every method and path of the routes, mounted ones too."""
    for route in routes:
        if isinstance(route, Mount):
            inner = list(routes_of(route.routes, below + route.path))
            yield from inner or [f"ANY {below}{route.path}"]
        elif isinstance(route, Route):
            for method in sorted((route.methods or {"ANY"}) - {"HEAD"}):
                yield f"{method} {below}{route.path}"
        else:
            yield f"{type(route).__name__} {below}{getattr(route, 'path', route)}"


def unhunted(routes: Iterable[BaseRoute]) -> set[str]:
    """The routes that no hunt goes through."""
    return set(routes_of(routes)) - HUNTS.keys()
