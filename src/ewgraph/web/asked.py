"""What a request asks of a stored question: its parameters, which part of the answer, in which format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request

from ewgraph.api.negotiation import HTML, preferred
from ewgraph.catalogue import RESERVED, StoredQuery
from ewgraph.errors import FormatError, InputError
from ewgraph.web.formats import BY_NAME, FORMATS
from ewgraph.web.keyset import Window, window_of

_PAGE: Final = "html"
_MEDIA_TYPES: Final = (*FORMATS, HTML)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a question.

    Attributes:
        query: the question.
        values: its parameters as they were written.
        window: the part of the answer.
        more: what else the address says, for whoever answers.
    """

    query: StoredQuery
    values: Mapping[str, str]
    window: Window
    more: Mapping[str, str]

    @classmethod
    def of(cls, query: StoredQuery, request: Request) -> Asked:
        """What the address asks.

        Raises:
            InputError: a parameter is given twice, or the part is none.
        """
        given = _once(request.query_params.multi_items())
        values = {name: value for name, value in given.items() if name not in RESERVED}
        more = {name: value.strip() for name, value in given.items() if name in RESERVED and value.strip()}
        return cls(query, values, window_of(given.get("limit"), given.get("after")), more)

    def address(self, **more: str | None) -> str:
        """The address that asks the same, with other values of some parameters; None for none."""
        window = {"limit": str(self.window.limit) if self.window.limit else None, "after": self.window.after}
        parameters = {name: value.strip() for name, value in self.values.items()} | window | more
        written = {name: value for name, value in parameters.items() if value}
        return f"/queries/{self.query.id}" + (f"?{urlencode(written, safe=':/')}" if written else "")


def media_type_of(request: Request) -> str:
    """The format that is asked for: by `format`, by `accept`, or by the header `Accept`.

    Raises:
        FormatError: it is none of ours.
    """
    name = request.query_params.get("format")
    if name is not None:
        if name == _PAGE:
            return HTML
        if name not in BY_NAME:
            raise FormatError(f"`format` is {', '.join((*BY_NAME, _PAGE))}, not {name!r}")
        return BY_NAME[name].media_type
    wanted = preferred(request.query_params.get("accept") or request.headers.get("accept"), _MEDIA_TYPES)
    if wanted is None:
        raise FormatError(f"an answer is written as {', '.join(_MEDIA_TYPES)}")
    return wanted


def _once(given: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The parameters, each of which may be given once.

    Raises:
        InputError: one is given twice.
    """
    values: dict[str, str] = {}
    for name, value in given:
        if name in values:
            raise InputError(f"the parameter {name!r} is given twice: give it once")
        values[name] = value
    return values
