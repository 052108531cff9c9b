"""The events of a JSON text as its bytes come, and what no text may do: nest too deeply, say a name twice, bloat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final, NamedTuple, TypeAlias

import ijson  # type: ignore[import-untyped]  # it has no stubs

from ewgraph.ingest.sheets.limits import Limits

_DIGITS: Final = 40
_LONG: Final = 600
_TOO_MANY: Final = f"a number has more than {_DIGITS} digits. Is it right?"
_MANY_DIGITS: Final = re.compile(rb"[0-9]{%d}" % _LONG)
_LAST_DIGITS: Final = re.compile(rb"[0-9]*\Z")
_TECHNICAL: Final = re.compile(r"^(?:lexical|parse) error:?\s*|\s*\n.*", re.DOTALL)


Event: TypeAlias = tuple[str, Any]


class Refusal(NamedTuple):
    """Why a text is refused, and where.

    Attributes:
        seen: how many bytes had been read.
        chunk: how many of these came last; what is wrong is among them.
        limit: the name of the limit that was reached; empty where the text is wrong.
        at_end: whether the text breaks off.
    """

    reason: str
    seen: int
    chunk: int
    limit: str = ""
    at_end: bool = False


class Refused(Exception):  # noqa: N818  # it says what happened; it does not leave the package
    """A text is refused."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


class Events:
    """The events of a text: start_map, end_map, map_key, start_array, end_array, string, number, boolean, null.

    Args:
        chunks: the bytes of the text.
        limits: how much it may hold.

    Attributes:
        seen: how many bytes have been read.
        chunk: how many of these came last.
    """

    def __init__(self, chunks: Iterable[bytes], limits: Limits) -> None:
        self._chunks = chunks
        self._limits = limits
        self._names: list[set[str] | None] = []
        self._count = 0
        self.seen = self.chunk = 0

    def __iter__(self) -> Iterator[Event]:
        """It yields the events, each with its name, text, decimal number or truth value.

        Raises:
            Refused: the text is not JSON, says a name of an object twice, or holds too much.
        """
        checks = {"string": self._check_length, "start_map": self._enter_object, "start_array": self._enter_list}
        checks |= {"map_key": self._check_name, "end_map": self._leave, "end_array": self._leave}
        for found in self._found():
            self._count += len(found)
            if self._count > self._limits.cells:
                raise self.refused(f"it holds more than {self._limits.cells:,} values. Split the file", "values")
            for event in found:
                kind, value = event
                check = checks.get(kind)
                if check is not None:
                    check(value)
                elif kind == "number":
                    yield kind, self._decimal(value)
                    continue
                yield event

    def refused(self, reason: str, limit: str = "", *, at_end: bool = False) -> Refused:
        """The error that refuses the text at this place."""
        return Refused(Refusal(reason, self.seen, self.chunk, limit, at_end))

    def _found(self) -> Iterator[list[Event]]:
        """It yields the events of each chunk."""
        found: Any = ijson.sendable_list()
        parser = ijson.basic_parse_coro(found)
        digits = b""
        for chunk in self._chunks:
            self.chunk = len(chunk)
            self.seen += len(chunk)
            digits += chunk
            if _MANY_DIGITS.search(digits):  # the parser would not survive a whole number that Python refuses to hold
                raise self.refused(_TOO_MANY, "digits")
            digits = digits[_last_digits(digits) :]
            error = _sent(parser, chunk)
            yield found
            if error:
                raise self.refused(error)
            del found[:]
        try:
            parser.close()
        except ijson.JSONError as error:
            reason = "this is not JSON: the file breaks off before it is complete. Send all of it"
            raise self.refused(reason, at_end=True) from error
        yield found

    def _enter_object(self, _: object) -> None:
        self._enter(set())

    def _enter_list(self, _: object) -> None:
        self._enter(None)

    def _enter(self, names: set[str] | None) -> None:
        self._names.append(names)
        depth = self._limits.depth
        if len(self._names) > depth:
            raise self.refused(f"objects and lists lie more than {depth} deep. Send a flatter file", "depth")

    def _leave(self, _: object) -> None:
        self._names.pop()

    def _check_name(self, name: str) -> None:
        self._check_length(name)
        names = self._names[-1]
        if names is not None:
            if name in names:
                raise self.refused(f"an object has the name {name[:100]!r} twice. Leave out one of the two")
            names.add(name)

    def _check_length(self, text: str) -> None:
        longest = self._limits.token_bytes
        if len(text) > longest:
            raise self.refused(f"a text is longer than {longest:,} characters. Shorten it", "characters")

    def _decimal(self, value: int | Decimal) -> Decimal:
        number = Decimal(value)
        if abs(number.adjusted()) > _DIGITS or len(number.as_tuple().digits) > _DIGITS:
            raise self.refused(_TOO_MANY, "digits")
        return number


def _sent(parser: Any, chunk: bytes) -> str:  # a coroutine of a package without types
    """What is wrong with the text up to here; nothing where it is right so far."""
    try:
        parser.send(chunk)
    except ijson.JSONError as error:
        said = error.args[0] if error.args else ""
        plain = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return f"this is not JSON: {_TECHNICAL.sub('', plain).rstrip('.')}. Correct it there, or export the file anew"
    except ArithmeticError:
        return "this number cannot be held. Correct it there, or export the file anew"
    return ""


def _last_digits(content: bytes) -> int:
    """Where the digits begin with which it ends."""
    found = _LAST_DIGITS.search(content, max(0, len(content) - _LONG))
    return found.start() if found else len(content)
