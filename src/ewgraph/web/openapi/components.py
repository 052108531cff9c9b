"""What the operations share: parameters, headers, refusals and schemas."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final, TypeAlias

from ewgraph.catalogue import Kind
from ewgraph.web.ask import CITED
from ewgraph.web.formats import BY_NAME
from ewgraph.web.keyset import MOST
from ewgraph.web.workbook import MOST_ROWS

Object: TypeAlias = dict[str, Any]

_PROBLEM: Final = "application/problem+json"
REFUSALS: Final = MappingProxyType(
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
"""What each status means."""

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


def components(session: str) -> Object:
    """All of it.

    Args:
        session: the name of the cookie of a session.
    """
    return {
        "securitySchemes": {
            "key": {
                "type": "http",
                "scheme": "bearer",
                "description": "An API key, or a token of the identity provider. Without one you are the public.",
            },
            "session": {
                "type": "apiKey",
                "in": "cookie",
                "name": session,
                "description": "The session of a person who signed in with a browser.",
            },
        },
        "parameters": parameters(),
        "headers": headers(),
        "responses": _problems(),
        "schemas": _schemas(),
    }


def refused(*statuses: str) -> Object:
    """The refusals of an operation."""
    return {status: {"$ref": f"#/components/responses/{status}"} for status in statuses}


def _problems() -> Object:
    problem = {_PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": text} | ({} if status == "304" else {"content": problem})
        for status, text in REFUSALS.items()
    }


def parameters() -> Object:
    """The parameters of every question, besides its own."""
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


def headers() -> Object:
    """The headers of every answer."""
    told = {f"X-{name}": {"description": _CITATION[name], "schema": {"type": "string"}} for name in CITED}
    return {
        "ETag": {"description": "Tells this content from any other.", "schema": {"type": "string"}},
        "Link": {"description": "The permalink, `cite-as`; where it goes on, `next`.", "schema": {"type": "string"}},
        "X-Rows": {"description": "How many rows these are.", "schema": {"type": "integer"}},
        **told,
    }


def _schemas() -> Object:
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
