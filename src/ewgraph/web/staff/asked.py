"""What a request to the staff's pages says, and in which form its answer is wanted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from starlette.requests import Request

from ewgraph.api.bodies import body_of, fields_of, text_of
from ewgraph.api.negotiation import wants_page
from ewgraph.api.sparql.operation import MediaTypeError
from ewgraph.errors import InputError
from ewgraph.ledger import Right
from ewgraph.model.rdf import iri
from ewgraph.web.handed import members

NO_STORE: Final = {"Cache-Control": "no-store"}

_FORM: Final = "application/x-www-form-urlencoded"
_MOST_BYTES: Final = 64 * 1024
_MOST_FIELDS: Final = 50


def wants_html(request: Request) -> bool:
    """Whether a page is wanted, and not JSON."""
    return wants_page(request.headers.get("accept"), ("application/json",))


async def fields(request: Request, known: Collection[str]) -> dict[str, list[str]]:
    """The fields of a form, or the members of a JSON object; those left empty are left out.

    Raises:
        InputError: one is unknown, or the body is neither.
        LimitError: the body is too large.
        MediaTypeError: it is of another kind.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    given: dict[str, list[str]] = {}
    if kind == "application/json":
        given = {name: text.split() if name == "right" else [text] for name, text in (await members(request)).items()}
    elif kind == _FORM:
        for name, text in fields_of(await _body(request), _MOST_FIELDS):
            given.setdefault(name, []).append(text.strip())
    else:
        raise MediaTypeError(f"send a form as {_FORM}, or application/json, not {kind[:80]!r}")
    unknown = sorted(given.keys() - set(known))
    if unknown:
        raise InputError(f"there is no field {unknown[0]!r}. Known are {', '.join(known)}")
    return {name: kept for name, texts in given.items() if (kept := [text for text in texts if text])}


async def _body(request: Request) -> str:
    too_large = f"a form has at most {_MOST_BYTES} bytes here"
    return text_of(await body_of(request, _MOST_BYTES, too_large), InputError("the form is not in UTF-8"))


def one(given: Mapping[str, list[str]], name: str) -> str:
    """The field's text; empty where it is not given.

    Raises:
        InputError: it is given twice.
    """
    texts = given.get(name, [""])
    if len(texts) > 1:
        raise InputError(f"{name} is given twice: give it once")
    return texts[0]


def principal_of(given: Mapping[str, list[str]]) -> str:
    """Whom a key or an account is for: `staff`, or the IRI of an organisation.

    Raises:
        InputError: it is neither.
    """
    name = one(given, "principal")
    return name if name == "staff" else iri(name).value


def rights_of(given: Mapping[str, list[str]]) -> list[str] | None:
    """The rights that are given; None for all that the principal can have."""
    return given.get("right")


RIGHTS: Final = {
    Right.READ: "ask, and see what the holder may see",
    Right.SUBMIT: "hand in what the holder may say",
    Right.ADMINISTER: "do what staff alone do (staff only)",
}
