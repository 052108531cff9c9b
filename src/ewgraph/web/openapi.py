"""The stored questions as an API description (OpenAPI 3.1), made from the headers of the query files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from ewgraph.catalogue import Catalogue, Column, Kind, Parameter, StoredQuery
from ewgraph.web.ask import CITED
from ewgraph.web.cookies import Cookies
from ewgraph.web.formats import BY_NAME, FORMATS, SOLUTIONS
from ewgraph.web.keyset import MOST
from ewgraph.web.workbook import MOST_ROWS

DESCRIPTION: Final = "/queries/openapi.json"
"""Where it is served."""

_Object: TypeAlias = dict[str, Any]
_JSON: Final = "application/json"
_PROBLEM: Final = "application/problem+json"

_TYPES: Final[Mapping[Kind, Mapping[str, str]]] = MappingProxyType(
    {
        Kind.IRI: {"type": "string", "format": "iri"},
        Kind.DATE: {"type": "string", "format": "date"},
        Kind.DATETIME: {"type": "string", "format": "date-time"},
        Kind.INTEGER: {"type": "integer"},
        Kind.DECIMAL: {"type": "number"},
        Kind.BOOLEAN: {"type": "boolean"},
        Kind.STRING: {"type": "string"},
    }
)
_EXAMPLES: Final[Mapping[Kind, object]] = MappingProxyType(
    {
        Kind.IRI: "https://data.example.org/id/site/northbridge-assembly",
        Kind.DATE: "2026-01-31",
        Kind.DATETIME: "2026-01-31T12:00:00Z",
        Kind.INTEGER: 3,
        Kind.DECIMAL: 2.5,
        Kind.BOOLEAN: True,
        Kind.STRING: "laptop",
    }
)
_REFUSALS: Final = MappingProxyType(
    {
        "304": "You have this answer already: its tag is among those that `If-None-Match` names.",
        "400": "A parameter is unknown, missing, given twice or not of its kind; the cursor is none of this question.",
        "401": "The key or token is unknown, over or revoked.",
        "403": "The key or token does not let its bearer read.",
        "404": "There is no such question, or no text of it with that SHA-256 was served here.",
        "406": "None of the formats that are accepted is offered.",
        "409": "The answer is not the one whose `result` is pinned, or its text cannot be asked any more.",
        "413": "The answer is larger than an answer may be. Ask for less, or in parts.",
        "422": "The answer has more rows than a workbook may have. Ask for it in parts, or in another format.",
        "429": "Too many requests. `Retry-After` says when to come again.",
        "503": "The answer took too long or too much memory, or no worker was free. `limit` says which limit it was.",
    }
)
_CITATION: Final = MappingProxyType(
    {
        "Query": "The id of the question.",
        "Query-SHA256": "The SHA-256 of the text that defines the answer.",
        "Parameters": "The parameters but for the instants, as form-urlencoded.",
        "Valid-At": "The day on which the claims hold.",
        "Known-At": "The instant by which their records were received.",
        "Graph-Digest": "Of all that you may see; missing where it changed while the answer was made.",
        "Graph-Records": "How many records you may see.",
        "Ledger-Sequence": "The number of the newest record in the ledger; told to staff.",
        "Index-Generation": "How often the graph had changed; told to staff.",
        "Limits-Reached": "The limits that were reached: there may be more than the answer tells.",
        "Recorded-At": "The instant at which the answer was made.",
        "Result-SHA256": "Of the whole answer, whichever part of it this is.",
        "Cite-As": 'The permalink: the same as `Link: <…>; rel="cite-as"`, in full.',
    }
)
_ABOUT: Final = (
    "Questions to the graph of disclosures, each defined by a SPARQL text that is part of the service. "
    "An answer holds what the bearer of the key may see, and is the same whatever else there is; without a key it is "
    "what is public. What is not in an answer was not recorded, or is not yours to see: that is never a no.\n\n"
    "`validAt` is the day on which the claims hold, `knownAt` the instant by which their records were received; both "
    'are now where they are not given. Without `limit` an answer comes whole. With it, `Link: <…>; rel="next"` leads '
    "to the next part, as of the same instants, until there is none: a cursor is what the last row is sorted by, so "
    "nothing is missed or told twice when records come in meanwhile.\n\n"
    '`Link: <…>; rel="cite-as"` is the permalink of an answer. It pins the text of the question, both instants, what '
    "had been recorded and what came out; what comes out otherwise there is refused with 409."
)


def description(catalogue: Catalogue, base: str) -> _Object:
    """The description of all stored questions.

    Args:
        catalogue: the questions.
        base: the address of the service.
    """
    tags = sorted({tag for query in catalogue for tag in query.tags})
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "ewgraph: stored questions",
            "summary": "Which of my contracts touch this factory, and on whose word?",
            "description": _ABOUT,
            "version": version("ewgraph"),
            "license": {"name": "Apache 2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": base.rstrip("/")}],
        "security": [{}, {"key": []}, {"session": []}],
        "tags": [{"name": "catalogue"}, *({"name": tag} for tag in tags)],
        "paths": {
            "/queries": {"get": _listing()},
            DESCRIPTION: {"get": _describing()},
            **{f"/queries/{query.id}": {"get": _operation(query)} for query in catalogue},
        },
        "components": {
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "An API key, or a token of the identity provider. Without one you are the public.",
                },
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": Cookies.of(base).session,
                    "description": "The session of a person who signed in with a browser.",
                },
            },
            "parameters": _common_parameters(),
            "headers": _headers(),
            "responses": _problems(),
            "schemas": _schemas(),
        },
    }


def _operation(query: StoredQuery) -> _Object:
    notes = [f"Rows come in the order of {query.order}."] if query.order else []
    if query.question:
        notes.append(f"Competency questions: {', '.join(query.question)}.")
    return {
        "operationId": query.id,
        "summary": query.summary,
        "description": " ".join(notes) or query.summary,
        "tags": list(query.tags),
        "parameters": [
            *map(_parameter, query.parameters),
            *({"$ref": f"#/components/parameters/{name}"} for name in _common_parameters()),
        ],
        "responses": {
            "200": {
                "description": "The answer; no rows where nothing is recorded in what you may see.",
                "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in _headers()},
                "content": {**_contents(query.columns), "text/html": {"schema": {"type": "string"}}},
            },
            **_refused(*_REFUSALS),
        },
    }


def _parameter(parameter: Parameter) -> _Object:
    instant = parameter.name in {"validAt", "knownAt"}
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.text,
        "required": not parameter.optional and not instant,
        "schema": {**_TYPES[parameter.kind], "examples": [_EXAMPLES[parameter.kind]]},
    }


def _contents(columns: Sequence[Column]) -> _Object:
    """What each format holds."""
    names = [column.name for column in columns]
    bindings = {column.name: {"$ref": "#/components/schemas/Term", "description": column.text} for column in columns}
    row = {
        "type": "object",
        "properties": {column.name: _column(column) for column in columns},
        "required": names,
        "additionalProperties": False,
    }
    solution = {
        "type": "object",
        "properties": bindings,
        "required": [column.name for column in columns if not column.optional],
        "additionalProperties": False,
    }
    schemas: dict[str, _Object] = {
        _JSON: {"type": "array", "items": row},
        SOLUTIONS: {
            "type": "object",
            "properties": {
                "head": {
                    "type": "object",
                    "properties": {
                        "vars": {"const": names},
                        "link": {"type": "array", "items": {"type": "string", "format": "uri-reference"}},
                    },
                    "required": ["vars"],
                },
                "results": {
                    "type": "object",
                    "properties": {"bindings": {"type": "array", "items": solution}},
                    "required": ["bindings"],
                },
            },
            "required": ["head", "results"],
        },
    }
    heading = ", ".join(names)
    return {
        media_type: {
            "schema": schemas.get(media_type)
            or {"type": "string", "contentMediaType": media_type, "description": f"Columns: {heading}."}
        }
        for media_type in FORMATS
    }


def _column(column: Column) -> _Object:
    kind = dict(_TYPES[column.kind])
    if column.optional:
        return {**kind, "type": [kind["type"], "null"], "description": column.text}
    return {**kind, "description": column.text}


def _listing() -> _Object:
    return {
        "operationId": "list-questions",
        "summary": "The stored questions",
        "tags": ["catalogue"],
        "responses": {
            "200": {
                "description": "All of them, with their parameters, columns and the SHA-256 of their texts.",
                "content": {
                    _JSON: {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Question"}}},
                    "text/html": {"schema": {"type": "string"}},
                },
            },
            **_refused("401", "403", "429"),
        },
    }


def _describing() -> _Object:
    return {
        "operationId": "describe-questions",
        "summary": "This description",
        "tags": ["catalogue"],
        "responses": {
            "200": {"description": "OpenAPI 3.1.", "content": {_JSON: {"schema": {"type": "object"}}}},
            **_refused("304", "401", "403", "429"),
        },
    }


def _refused(*statuses: str) -> _Object:
    return {status: {"$ref": f"#/components/responses/{status}"} for status in statuses}


def _problems() -> _Object:
    problem = {_PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": text} | ({} if status == "304" else {"content": problem})
        for status, text in _REFUSALS.items()
    }


def _common_parameters() -> _Object:
    sha256 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
    return {
        "limit": {
            "name": "limit",
            "in": "query",
            "description": "At most so many rows; without it the answer comes whole.",
            "schema": {"type": "integer", "minimum": 1, "maximum": MOST},
        },
        "after": {
            "name": "after",
            "in": "query",
            "description": "The cursor of the last row before those that are asked for: take it from a `next` link.",
            "schema": {"type": "string"},
        },
        "format": {
            "name": "format",
            "in": "query",
            "description": f"The format, where `Accept` cannot be set. A workbook has at most {MOST_ROWS} rows.",
            "schema": {"type": "string", "enum": [*BY_NAME, "html"]},
        },
        "definition": {
            "name": "definition",
            "in": "query",
            "description": "The SHA-256 of a text of the question that was served: that one is asked.",
            "schema": sha256,
        },
        "recordedAt": {
            "name": "recordedAt",
            "in": "query",
            "description": "Only what had been recorded by that instant counts, whenever it was received.",
            "schema": {"type": "string", "format": "date-time"},
        },
        "records": {
            "name": "records",
            "in": "query",
            "description": "How many records you saw then. It goes with `recordedAt`.",
            "schema": {"type": "integer", "minimum": 0},
        },
        "sequence": {
            "name": "sequence",
            "in": "query",
            "description": "The number of the newest record in the ledger then; for staff. It goes with `recordedAt`.",
            "schema": {"type": "integer", "minimum": 0},
        },
        "result": {
            "name": "result",
            "in": "query",
            "description": "The SHA-256 of the whole answer that was cited: another answer is refused.",
            "schema": sha256,
        },
        "If-None-Match": {
            "name": "If-None-Match",
            "in": "header",
            "description": "The tags of answers that you have.",
            "schema": {"type": "string"},
        },
    }


def _headers() -> _Object:
    told = {f"X-{name}": {"description": _CITATION[name], "schema": {"type": "string"}} for name in CITED}
    return {
        "ETag": {"description": "Tells this content from any other.", "schema": {"type": "string"}},
        "Link": {"description": "The permalink, `cite-as`; where it goes on, `next`.", "schema": {"type": "string"}},
        "X-Rows": {"description": "How many rows these are.", "schema": {"type": "integer"}},
        **told,
    }


def _schemas() -> _Object:
    slot = {
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "kind": {"enum": [kind.value for kind in Kind]},
            "optional": {"type": "boolean"},
            "text": {"type": "string"},
        },
        "required": ["name", "kind", "optional", "text"],
    }
    return {
        "Problem": {
            "type": "object",
            "description": "A problem document (RFC 9457).",
            "properties": {
                "type": {"type": "string", "format": "uri-reference"},
                "title": {"type": "string"},
                "status": {"type": "integer"},
                "detail": {"type": "string", "description": "What was wrong, and what to do."},
                "limit": {"type": "string", "description": "The limit that was reached."},
                "instance": {"type": "string", "format": "uri-reference"},
            },
            "required": ["type", "title", "status", "detail"],
        },
        "Question": {
            "type": "object",
            "properties": {
                "id": {"type": "string"},
                "summary": {"type": "string"},
                "questions": {"type": "array", "items": {"type": "string"}},
                "tags": {"type": "array", "items": {"type": "string"}},
                "parameters": {"type": "array", "items": slot},
                "columns": {"type": "array", "items": slot},
                "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            },
            "required": ["id", "summary", "questions", "tags", "parameters", "columns", "digest"],
        },
        "Term": {
            "type": "object",
            "description": "An RDF term (SPARQL 1.1 Query Results JSON Format).",
            "properties": {
                "type": {"enum": ["uri", "literal", "bnode"]},
                "value": {"type": "string"},
                "xml:lang": {"type": "string"},
                "datatype": {"type": "string", "format": "iri"},
            },
            "required": ["type", "value"],
            "additionalProperties": False,
        },
    }
