"""The operations: one for each stored question, and two for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from ewgraph.catalogue import Column, Kind, Parameter, StoredQuery
from ewgraph.web.formats import FORMATS, SOLUTIONS
from ewgraph.web.openapi.components import REFUSALS, Object, headers, parameters, refused

_JSON: Final = "application/json"

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


def operation(query: StoredQuery) -> Object:
    """The operation that answers a question."""
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
            *({"$ref": f"#/components/parameters/{name}"} for name in parameters()),
        ],
        "responses": {
            "200": {
                "description": "The answer; no rows where nothing is recorded in what you may see.",
                "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in headers()},
                "content": {**_contents(query.columns), "text/html": {"schema": {"type": "string"}}},
            },
            **refused(*REFUSALS),
        },
    }


def _parameter(parameter: Parameter) -> Object:
    instant = parameter.name in {"validAt", "knownAt"}
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.text,
        "required": not parameter.optional and not instant,
        "schema": {**_TYPES[parameter.kind], "examples": [_EXAMPLES[parameter.kind]]},
    }


def _contents(columns: Sequence[Column]) -> Object:
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
    schemas: dict[str, Object] = {
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


def _column(column: Column) -> Object:
    kind = dict(_TYPES[column.kind])
    if column.optional:
        return {**kind, "type": [kind["type"], "null"], "description": column.text}
    return {**kind, "description": column.text}


def listing() -> Object:
    """The operation that lists the questions."""
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
            **refused("401", "403", "429"),
        },
    }


def describing() -> Object:
    """The operation that gives the description."""
    return {
        "operationId": "describe-questions",
        "summary": "This description",
        "tags": ["catalogue"],
        "responses": {
            "200": {"description": "OpenAPI 3.1.", "content": {_JSON: {"schema": {"type": "object"}}}},
            **refused("304", "401", "403", "429"),
        },
    }
