"""Requests: what a caller sends, by POST of JSON or by GET, as a GraphQL request.

Source: the GraphQL over HTTP specification, draft of the GraphQL Foundation, sections 4 to 6 and appendix A.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request

from ewgraph.api.graphql.preparing import Asked

RESPONSE_JSON: Final = "application/graphql-response+json"
JSON: Final = "application/json"
EVENT_STREAM: Final = "text/event-stream"
MULTIPART: Final = "multipart/mixed"
LARGEST_BODY: Final = 1_000_000
SAFE: Final = frozenset({"GET", "HEAD"})
UNFORGED: Final = ("authorization", "x-requested-with", "apollo-require-preflight", "graphql-require-preflight")
"""Headers that a page of another site cannot make a browser send without being allowed to first."""

_FORMAT: Final = ("incrementalspec", "v0.2")
"""What Apollo's clients call the format in which parts are given."""
_DOCUMENT_ID: Final = re.compile(r"sha256:([0-9a-f]{64})")


class RefusedError(Exception):
    """The request is refused before any GraphQL is read.

    Attributes:
        status: of the answer.
        headers: of the answer.
    """

    def __init__(self, status: int, sentence: str, **headers: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.headers = headers


def media_type(request: Request) -> str:
    """The best of the two media types that the caller accepts; JSON where the caller leaves it open.

    A stream of events where the caller accepts nothing else.

    Raises:
        RefusedError: the caller accepts none.
    """
    accepted = _accepted(request)
    anything = max(accepted.get("application/*", 0.0), accepted.get("*/*", 0.0))
    plain = accepted.get(JSON, anything)
    if accepted.get(RESPONSE_JSON, 0.0) >= max(plain, 0.001):
        return RESPONSE_JSON
    if plain > 0:
        return JSON
    if accepts_parts(request):  # what is not in parts is what one of them holds
        return RESPONSE_JSON
    if accepts_events(request):
        return EVENT_STREAM
    raise RefusedError(406, f"Answers are given as {RESPONSE_JSON} or {JSON}. Accept one of them.")


def accepts_events(request: Request) -> bool:
    """Whether the caller says that it accepts a stream of events."""
    return _accepted(request).get(EVENT_STREAM, 0.0) > 0


def _accepted(request: Request) -> dict[str, float]:
    header = (request.headers.get("accept") or "*/*").lower()
    return dict(_preference(part) for part in header.split(",") if part.strip())


def _preference(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip() for piece in part.split(";"))
    weight = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
    try:
        return kind, float(weight)
    except ValueError:
        return kind, 0.0


def accepts_parts(request: Request) -> bool:
    """Whether the caller reads answers in parts as they are given here; other formats have other parameters."""
    return any(_is_ours(part) for part in request.headers.get("accept", "").lower().split(","))


def _is_ours(part: str) -> bool:
    kind, *parameters = (piece.strip() for piece in part.split(";"))
    given = {name.strip(): value.strip().strip('"') for name, _, value in (one.partition("=") for one in parameters)}
    refused = given.pop("q", "1").rstrip("0") in {"", "0."}
    given.pop("boundary", None)
    return kind == MULTIPART and not refused and given.items() <= {_FORMAT}


async def asked_of(request: Request, registered: Mapping[str, str]) -> Asked:
    """The GraphQL request.

    Args:
        request: a POST of JSON, or a GET.
        registered: documents by the SHA-256 of their text.

    Raises:
        RefusedError: it is something else, too large, lacks a part, or could have been sent by a page of another site.
    """
    if request.method in SAFE:
        return parts_of(_of_address(request), registered)
    if request.method != "POST":
        raise RefusedError(405, "Send a POST with a body of JSON, or a GET.", Allow="GET, POST")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise RefusedError(415, f"The body has to be {JSON}.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise RefusedError(413, f"The body is larger than {LARGEST_BODY} bytes.")
    return parts_of(_json(bytes(body), "The body"), registered)


def _of_address(request: Request) -> Mapping[str, object]:
    if not is_deliberate(request):
        raise RefusedError(
            403,
            "A page of another site could have sent this GET. Send the header `GraphQL-Require-Preflight: 1` or a key "
            "with it, or a POST of JSON.",
        )
    given: dict[str, Any] = {}
    for name, text in request.query_params.multi_items():
        if name in given:
            raise RefusedError(400, f"The address has the parameter `{name}` more than once.")
        given[name] = text
    for name in ("variables", "extensions"):
        if name in given:
            given[name] = _json(given[name].encode("utf-8", "surrogatepass"), f"The parameter `{name}`")
    return given


def is_deliberate(request: Request) -> bool:
    """Whether no page of another site can have sent a GET: by an image, a form, a link or a script.

    A browser says in which mode it asks. What a script asks in the mode `cors` is kept from pages of other sites, as
    far as a cookie goes with it; any other mode has an answer that the page can use, or needs no answer.
    """
    headers = request.headers
    if any(name in headers for name in UNFORGED):
        return True
    site, mode = headers.get("sec-fetch-site"), headers.get("sec-fetch-mode")
    return site == "same-origin" or (mode == "cors" and "cookie" not in headers)


def _json(text: bytes, what: str) -> object:
    try:
        content = json.loads(text, parse_constant=_no_number)
        json.dumps(content, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:  # ValueError also for half of a surrogate pair, which is no character
        raise RefusedError(400, f"{what} is no JSON in UTF-8.") from error
    return content


def _no_number(text: str) -> object:
    raise ValueError(f"{text} is no number of JSON")


def parts_of(content: object, registered: Mapping[str, str]) -> Asked:
    """The GraphQL request that a JSON value is.

    Raises:
        RefusedError: it is none.
    """
    if not isinstance(content, dict):
        raise RefusedError(400, "The body has to be one JSON object with the member `query`.")
    variables, name, extensions = content.get("variables"), content.get("operationName"), content.get("extensions")
    if not isinstance(variables, dict | None):
        raise RefusedError(400, "The member `variables` has to be a JSON object.")
    if not isinstance(name, str | None):
        raise RefusedError(400, "The member `operationName` has to be a string.")
    if not isinstance(extensions, dict | None):
        raise RefusedError(400, "The member `extensions` has to be a JSON object.")
    return Asked(_document(content, extensions or {}, registered), variables, name or None)


def _document(content: Mapping[str, object], extensions: Mapping[str, object], registered: Mapping[str, str]) -> str:
    """The document that is sent, or the registered one that is named."""
    query, number = content.get("query"), content.get("documentId")
    persisted = extensions.get("persistedQuery")
    if query is None and number is None and isinstance(persisted, dict):
        found = registered.get(str(persisted.get("sha256Hash")))
        if found is None:  # the word by which Apollo's clients know that they have to send the document itself
            raise RefusedError(400, "PersistedQueryNotFound")
        return found
    if number is not None:
        if query is not None:
            raise RefusedError(400, "Send the member `query` or the member `documentId`, not both.")
        matched = _DOCUMENT_ID.fullmatch(number) if isinstance(number, str) else None
        found = registered.get(matched[1]) if matched else None
        if found is None:
            raise RefusedError(
                400, "The member `documentId` names no registered document. Write sha256: and 64 digits."
            )
        return found
    if not isinstance(query, str) or not query.strip():
        raise RefusedError(400, "The member `query` has to be a GraphQL document, as a string.")
    return query
