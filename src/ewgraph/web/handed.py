"""What a request that hands a file in asks for: from the fields of a form or the members of a JSON object."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Final

from starlette.requests import Request

from ewgraph.access import Principal
from ewgraph.api.bodies import body_of
from ewgraph.errors import InputError
from ewgraph.ingest.disclosing.recognition import offered_to
from ewgraph.ingest.disclosing.request import Request as Asked
from ewgraph.ingest.mapping import mapping_ids
from ewgraph.ledger import OPERATOR
from ewgraph.model.rdf import IRI, iri
from ewgraph.validate.messages import LANGUAGES

FIELDS: Final = ("format", "contract", "onBehalfOf", "language", "receivedAt", "assigned")
LONGEST_WAIT: Final = 60.0
_JSON_BYTES: Final = 64 * 1024
_TRUTHS: Final = {"true": True, "1": True, "": True, "false": False, "0": False}


class NotAllowedError(InputError):
    """Who asks may not ask this for somebody else."""


def asked_of(owner: Principal, fields: Mapping[str, str], *, dry_run: bool) -> Asked:
    """What the fields ask for; an empty field counts as not given.

    Raises:
        InputError: a field is unknown or wrong.
        NotAllowedError: it is not for the owner to say.
    """
    given = {name: text for name, text in fields.items() if text}
    unknown = sorted(set(given) - set(FIELDS))
    if unknown:
        raise InputError(f"there is no field {unknown[0]!r}. Known are {', '.join(FIELDS)}, and `file`")
    _check_format(owner, given.get("format"))
    language = given.get("language", "en")
    if language not in LANGUAGES:
        raise InputError(f"language is one of {', '.join(LANGUAGES)}, not {language!r}")
    asked = Asked(
        submitter=owner.organization or OPERATOR,
        on_behalf_of=on_behalf_of(owner, given.get("onBehalfOf")),
        mapping=given.get("format"),
        contract=iri(given["contract"]) if "contract" in given else None,
        dry_run=dry_run,
        received_at=_instant(owner, given.get("receivedAt")),
        assigned=_assigned(given.get("assigned")),
        language=language,
    )
    if owner.organization is None and asked.on_behalf_of is None:
        raise InputError("onBehalfOf: say whose disclosure this is, by the IRI of the organisation")
    return asked


def _check_format(owner: Principal, text: str | None) -> None:
    offered = offered_to(owner.organization or OPERATOR)
    if text is None or text in offered:
        return
    if text in mapping_ids():
        raise NotAllowedError(f"format: {text!r} is for the staff to hand in. Send them the file")
    raise InputError(f"format is one of {', '.join(offered)}, or left out to be found out: not {text!r}")


def on_behalf_of(owner: Principal, text: str | None) -> IRI | None:
    """The organisation whose word it is, where that is said.

    Raises:
        InputError: it is no IRI.
        NotAllowedError: the owner may not speak for that one.
    """
    other = iri(text) if text else None
    if owner.organization is not None and other not in {None, owner.organization}:
        raise NotAllowedError(
            f"onBehalfOf: an organisation hands in for itself ({owner.name!r}), not for {text!r}. "
            "Leave the field out, or send the file to the staff",
        )
    return other


def _instant(owner: Principal, text: str | None) -> dt.datetime | None:
    if text is None:
        return None
    if owner.organization is not None:
        raise NotAllowedError("receivedAt is for the staff to say: leave it out, and it is now")
    try:
        instant = dt.datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise InputError(f"receivedAt is an instant with its time zone, such as 2026-03-01T10:00:00Z, not {text!r}")
    return instant


def _assigned(text: str | None) -> dict[str, str] | None:
    if text is None:
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not all(isinstance(heading, str) for heading in found.values()):
        raise InputError('assigned is a JSON object from column to heading, such as {"site": "Factory name"}')
    return {str(column): heading for column, heading in found.items()}


def dry_run_of(request: Request) -> bool:
    """Whether the request says `?dryRun=true`.

    Raises:
        InputError: it says something else.
    """
    return truth_of(request, "dryRun")


def refuse_unknown(request: Request, *known: str) -> None:
    """Refuse a parameter that is not known: who misspells `dryRun` does not want to have handed in.

    Raises:
        InputError: there is one.
    """
    if unknown := sorted(request.query_params.keys() - set(known)):
        raise InputError(f"there is no parameter {unknown[0][:80]!r}. Known are {', '.join(known)}. Nothing was stored")


def truth_of(request: Request, name: str) -> bool:
    """Whether a parameter of the request is true; it is false where it is absent.

    Raises:
        InputError: it is neither true nor false.
    """
    text = request.query_params.get(name, "false")
    if text.lower() not in _TRUTHS:
        raise InputError(f"{name} is true or false, not {text!r}")
    return _TRUTHS[text.lower()]


def wait_of(request: Request) -> float:
    """How many seconds the request waits for the end.

    Raises:
        InputError: it says no number from 0 to 60.
    """
    text = request.query_params.get("wait", "0")
    seconds = float(text) if text.isascii() and text.replace(".", "", 1).isdigit() else -1.0
    if not 0 <= seconds <= LONGEST_WAIT:
        raise InputError(f"wait is a number of seconds from 0 to {LONGEST_WAIT:g}, not {text!r}")
    return seconds


async def members(request: Request) -> dict[str, str]:
    """The members of the JSON object in the request's body; nested ones as JSON text.

    Raises:
        InputError: the body is no such object.
        LimitError: it is too large.
    """
    body = await body_of(request, _JSON_BYTES, f"a request in JSON has at most {_JSON_BYTES} bytes")
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InputError("the body is no JSON in UTF-8") from error
    if not isinstance(found, dict):
        raise InputError('the body is a JSON object, such as {"sha256": "…", "name": "sites.xlsx"}')
    return {
        name: value.strip() if isinstance(value, str) else json.dumps(value)
        for name, value in found.items()
        if value is not None
    }
