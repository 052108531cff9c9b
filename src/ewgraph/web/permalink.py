"""Permalinks of answers: an address that pins what an answer rests on, so that it can be asked again and compared."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ewgraph.catalogue import StoredQuery
from ewgraph.errors import ConflictError, InputError
from ewgraph.graph.past import Moment
from ewgraph.model.instants import zoned
from ewgraph.trace import Answer
from ewgraph.web.asked import Asked
from ewgraph.web.table import Table

_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_NUMBER: Final = re.compile(r"[0-9]{1,12}")
DIFFERS: Final = (
    "The answer is not the one that was cited. Something that it rests on was erased since, or is released, withheld "
    "or called otherwise now; or it was cited by a reader who sees other things than you do; or the service answers "
    "otherwise since it was renewed. Leave `result` out of the address to read the answer as it is now."
)


class DiffersError(ConflictError):
    """An answer is not the one that was cited."""


@dataclass(frozen=True, slots=True)
class Pins:
    """What an address pins besides the parameters; None for what it leaves open.

    Attributes:
        definition: the SHA-256 of the text that defines the answer.
        result: the SHA-256 of the whole answer.
        moment: when it was made.
    """

    definition: str | None = None
    result: str | None = None
    moment: Moment | None = None

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Pins:
        """The pins as they are written.

        Raises:
            InputError: one is not as it is written.
        """
        for name in ("definition", "result"):
            if name in given and not _SHA256.fullmatch(given[name]):
                raise InputError(f"`{name}` is a SHA-256: 64 hexadecimal digits, not {given[name]!r}")
        numbers = {name: given[name] for name in ("records", "sequence") if name in given}
        for name, text in numbers.items():
            if not _NUMBER.fullmatch(text):
                raise InputError(f"`{name}` is a whole number, not {text!r}")
        if "recordedAt" not in given:
            if numbers:
                raise InputError(f"`{next(iter(numbers))}` says nothing without `recordedAt`")
            return cls(given.get("definition"), given.get("result"))
        try:
            instant = zoned(dt.datetime.fromisoformat(given["recordedAt"].strip())).astimezone(dt.UTC)
        except (ValueError, OverflowError) as error:
            raise InputError(
                f"`recordedAt` is an instant such as 2024-02-01T12:00:00Z, not {given['recordedAt']!r}"
            ) from error
        moment = Moment(instant, **{name: int(text) for name, text in numbers.items()})
        return cls(given.get("definition"), given.get("result"), moment)

    def parameters(self) -> dict[str, str | None]:
        """The pins as they are written in an address."""
        moment = self.moment
        return {
            "definition": self.definition,
            "recordedAt": written(moment.recorded_at) if moment else None,
            "records": str(moment.records) if moment and moment.records is not None else None,
            "sequence": str(moment.sequence) if moment and moment.sequence is not None else None,
            "result": self.result,
        }


def pins_of(found: Answer[Any], table: Table, now: dt.datetime) -> Pins:
    """What pins an answer that was just made."""
    told = found.provenance
    return Pins(told.query_sha256, table.digest, Moment(now, told.records, told.ledger_sequence))


def permalink(wanted: Asked, found: Answer[Any], pins: Pins) -> str:
    """The address at which an answer can be asked again as it is."""
    return wanted.address(**instants(wanted.query, found), limit=None, after=None, **pins.parameters())


def instants(query: StoredQuery, found: Answer[Any]) -> dict[str, str | None]:
    """The two instants of an answer, as far as they are parameters of its question."""
    told = found.provenance
    names = {parameter.name for parameter in query.parameters}
    pair = {"validAt": told.valid_at.isoformat(), "knownAt": written(told.known_at)}
    return {name: text for name, text in pair.items() if name in names}


def check(pins: Pins, table: Table) -> None:
    """Hold an answer against the one that was cited.

    Raises:
        DiffersError: it is another.
    """
    if pins.result is not None and pins.result != table.digest:
        raise DiffersError(DIFFERS)


def written(instant: dt.datetime) -> str:
    """An instant in UTC."""
    return instant.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def reference(wanted: Asked, address: str, pins: Pins, named: Callable[[str], str]) -> str:
    """The answer as a reference in a text, in the manner of the APA.

    Args:
        wanted: what was asked.
        address: the permalink, in full.
        pins: what it pins.
        named: what people call a value of a parameter.
    """
    asked = ", ".join(f"{name}: {named(value)}" for name, value in sorted(wanted.values.items()) if value.strip())
    made = pins.moment.recorded_at if pins.moment else None
    year = f" ({made.year}, {made:%B} {made.day})." if made else "."
    what = f"{wanted.query.summary}{f' [{asked}]' if asked else ''}"
    return f"ewgraph{year} {what} [Data set]. SHA-256 {(pins.result or '')[:16]}. {address}"


def bibtex(wanted: Asked, address: str, pins: Pins) -> str:
    """The answer as an entry of BibTeX."""
    made = pins.moment.recorded_at if pins.moment else None
    title = re.sub(r"([\\{}%&#_$~^])", r"\\\1", wanted.query.summary)
    lines = [
        f"  title = {{{title}}},",
        "  author = {{ewgraph}},",
        *([f"  year = {{{made.year}}},", f"  urldate = {{{made.date().isoformat()}}},"] if made else []),
        f"  note = {{SHA-256 {pins.result}}},",
        f"  url = {{{address}}},",
    ]
    return "@misc{ewgraph-" + f"{wanted.query.id}-{(pins.result or '')[:8]},\n" + "\n".join(lines) + "\n}"
