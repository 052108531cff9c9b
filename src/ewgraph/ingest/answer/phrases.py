"""The fixed phrases of the report itself, in the languages that it speaks. Sentences on cells come from the shapes."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

_FILE: Final = Path(__file__).with_name("phrases.toml")


class Phrases:
    """The phrases in one language, English for a language that is not spoken.

    Args:
        language: a language tag; of `de-AT`, the `de` counts.
    """

    def __init__(self, language: str) -> None:
        tag = language.replace("_", "-").split("-")[0].lower()
        self.language = tag if tag in _catalogue()["file"] else "en"

    def say(self, key: str, **parts: str | int) -> str:
        """The phrase with its parts put in.

        Args:
            key: its name in `phrases.toml`.
            parts: what its placeholders stand for; numbers are written as the language groups them.
        """
        return self._filled(self._of(key), parts)

    def count(self, key: str, number: int) -> str:
        """The phrase for that many: `1 row`, `3 rows`."""
        one, many = self._of(key)
        return self._filled(one if number == 1 else many, {"n": number})

    def number(self, number: int) -> str:
        """The number, grouped by thousands."""
        return f"{number:,}".replace(",", self._of("thousands"))

    def has(self, key: str) -> bool:
        """Whether there is such a phrase."""
        return key in _catalogue()

    def _of(self, key: str) -> Any:
        return _catalogue()[key][self.language]

    def _filled(self, phrase: str, parts: dict[str, str | int]) -> str:
        written = {name: self.number(part) if isinstance(part, int) else part for name, part in parts.items()}
        return phrase.format(**written)


@cache
def _catalogue() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
