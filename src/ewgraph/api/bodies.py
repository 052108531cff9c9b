"""What a request holds besides its address, within limits."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request

from ewgraph.errors import InputError, LimitError


async def body_of(request: Request, most_bytes: int, too_large: str) -> bytes:
    """The body, read no further than it may be long.

    Raises:
        LimitError: it is longer; the sentence says so.
    """
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most_bytes:
            raise LimitError(too_large, limit="request bytes")
    return bytes(body)


def text_of(body: bytes, wrong: InputError) -> str:
    """The body as text in UTF-8.

    Raises:
        InputError: it is none; the one that is given.
    """
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise wrong from error


def fields_of(body: str, most: int, kind: type[InputError] = InputError) -> list[tuple[str, str]]:
    """The fields of a form, with those left empty.

    Raises:
        InputError: there are too many; of the kind that is given.
    """
    try:
        return parse_qsl(body, keep_blank_values=True, max_num_fields=most)
    except ValueError as error:
        raise kind(f"a form has at most {most} fields here") from error
