"""JSON-LD made safe to read: nothing is fetched, and nothing that it says is dropped in silence.

The JSON-LD algorithms leave out what they do not understand: a key without a meaning, a relative IRI, an IRI with a
blank in it. So undefined words and relative IRIs are sent to marked namespaces, where they are found afterwards.

Source: JSON-LD 1.1 Processing Algorithms and API.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from ewgraph.errors import InputError, ParseError
from ewgraph.model.rdf import IRI, Literal, Quad, RdfFormat, iri, parse

_UNDEFINED: Final = "urn:x-ewgraph-undefined:"
_RELATIVE: Final = "x-ewgraph-relative://document/"


def quads_of(file: str, text: str) -> list[Quad]:
    """The quads of a JSON-LD document.

    Raises:
        ParseError: it is no JSON or no JSON-LD, names a remote context, or says what has no meaning.
    """
    try:
        document = json.loads(text)
        remote = next(_remote_contexts(document), None)
        if remote is not None:
            raise ParseError(
                f"{file}: its @context {remote!r} lies elsewhere; nothing is fetched. Write the context into the file",
            )
        content = json.dumps(_marked(document), ensure_ascii=False).encode()
        quads = list(parse(content, format=RdfFormat.JSON_LD, base_iri=_RELATIVE, lenient=True))
    except json.JSONDecodeError as error:
        raise ParseError(f"{file}:{error.lineno}:{error.colno}: this is not JSON: {error.msg}") from error
    except RecursionError as error:
        raise ParseError(f"{file}: its JSON is nested too deeply") from error
    except SyntaxError as error:
        raise ParseError(f"{file}: this is not JSON-LD: {error.msg}") from error
    except UnicodeEncodeError as error:
        raise ParseError(f"{file}: it has an escape such as \\ud800 that stands for no character") from error
    checked: set[str] = set()
    for quad in quads:
        for text_of_iri in _iris(quad):
            if text_of_iri not in checked:
                _check(file, text_of_iri)
                checked.add(text_of_iri)
    return quads


def _remote_contexts(value: object) -> Iterator[str]:
    """The addresses of contexts that lie outside the document."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "@context":
                for context in inner if isinstance(inner, list) else [inner]:
                    if isinstance(context, str):
                        yield context
            elif key == "@import" and isinstance(inner, str):
                yield inner
            yield from _remote_contexts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _remote_contexts(inner)


def _marked(document: object) -> object:
    """The document with a vocabulary for the words that its own context leaves undefined."""
    if isinstance(document, list):
        return [_marked(item) for item in document]
    if not isinstance(document, dict):
        return document
    own = document.get("@context", [])
    return {**document, "@context": [{"@vocab": _UNDEFINED}, *(own if isinstance(own, list) else [own])]}


def _iris(quad: Quad) -> Iterator[str]:
    for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
        if isinstance(term, IRI):
            yield term.value
        elif isinstance(term, Literal):
            yield term.datatype.value


def _check(file: str, text: str) -> None:
    if text.startswith(_UNDEFINED):
        raise ParseError(
            f"{file}: the context gives no meaning to {text.removeprefix(_UNDEFINED)!r}. Define it, or leave it out",
        )
    if text.startswith(_RELATIVE.split("document", maxsplit=1)[0]):
        relative = text.removeprefix(_RELATIVE)
        raise ParseError(f"{file}: {relative!r} is a relative IRI. Write a full one, such as https://…")
    try:
        iri(text)
    except InputError as error:
        raise ParseError(f"{file}: {error}") from error
