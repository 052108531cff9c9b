"""A table of a mapping file, read key by key: what is missing, of the wrong kind or unknown is told with its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NoReturn, TypeVar

from ewgraph.errors import ConfigurationError

_T = TypeVar("_T")
_KINDS: Final[Mapping[type, str]] = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
}


class Written:
    """One table of a mapping file.

    Args:
        file: what messages call the file.
        place: where in the file the table stands, such as `[[table]] sites`.
        table: what it says.
    """

    def __init__(self, file: str, place: str, table: Mapping[str, object]) -> None:
        self._file = file
        self._place = place
        self._table = table
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._table

    def refuse(self, key: str, why: str) -> NoReturn:
        """Say what is wrong with a key.

        Raises:
            ConfigurationError: always.
        """
        raise ConfigurationError(f"{self._file}: {self._place}, key {key!r}: {why}. See docs/mappings.md")

    def text(self, key: str, default: str | None = None) -> str:
        """The text of a key; without a default, the key must be there."""
        return self._of(key, str, default)

    def number(self, key: str, default: int) -> int:
        """The whole number of a key, at least 1."""
        value = self._of(key, int, default)
        if isinstance(value, bool) or value < 1:
            self.refuse(key, f"it is a whole number from 1, not {value!r}")
        return value

    def flag(self, key: str) -> bool:
        """Whether a key says true."""
        return self._of(key, bool, default=False)

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a key: one, or a list of them; none where it is not there."""
        value = self._value(key, ())
        listed = value if isinstance(value, list | tuple) else [value]
        if not all(isinstance(each, str) for each in listed):
            self.refuse(key, f"it is a text, or a list of texts, not {value!r}")
        return tuple(str(each) for each in listed)

    def texts_or_flag(self, key: str, *, default: bool = False) -> tuple[str, ...] | bool:
        """The texts of a key, or whether it says true."""
        value = self._value(key, default)
        return value if isinstance(value, bool) else self.texts(key)

    def words(self, key: str) -> dict[str, str]:
        """The texts of a key by name; none where it is not there."""
        value = self._of(key, dict, {})
        if not all(isinstance(each, str) for each in value.values()):
            self.refuse(key, f"each of it is a text, not {value!r}")
        return {str(name): str(each) for name, each in value.items()}

    def lists(self, key: str) -> dict[str, tuple[str, ...]]:
        """The lists of texts of a key by name."""
        inner = Written(self._file, f"{self._place}, {key!r}", self._of(key, dict, {}))
        return {name: inner.texts(name) for name in inner.names()}

    def names(self) -> tuple[str, ...]:
        """All keys."""
        return tuple(self._table)

    def tables(self, key: str, kind: str) -> list[Written]:
        """The tables of a key, each with its place: a list of them, or the one that stands there alone."""
        value = self._value(key, [])
        listed = value if isinstance(value, list) else [value]
        found = []
        for number, each in enumerate(listed, start=1):
            if not isinstance(each, dict):
                self.refuse(key, f"it is made of tables, not of {each!r}")
            name = each.get("name", number)
            place = f"{kind} {name}" if self._place == "the file" else f"{self._place}, {kind} {name}"
            found.append(Written(self._file, place, each))
        return found

    def table(self, key: str) -> Written:
        """The table of a key; an empty one where it is not there."""
        return Written(self._file, f"{self._place}, {key!r}", self._of(key, dict, {}))

    def done(self) -> None:
        """Refuse keys that nobody asked for.

        Raises:
            ConfigurationError: there is one.
        """
        for key in self._table:
            if key not in self._asked:
                self.refuse(key, f"it is unknown here; known are {', '.join(sorted(self._asked))}")

    def _value(self, key: str, default: object) -> object:
        self._asked.add(key)
        if key not in self._table and default is None:
            self.refuse(key, "it is missing")
        return self._table.get(key, default)

    def _of(self, key: str, kind: type[_T], default: _T | None) -> _T:
        value = self._value(key, default)
        if not isinstance(value, kind):
            self.refuse(key, f"it is {_KINDS[kind]}, not {value!r}")
        return value
