"""What the form says beside its headings, in the languages it is written in."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Final

from ewgraph.errors import NotFoundError

LANGUAGES: Final = ("en", "de", "nb", "es")
_FILE: Final = resources.files("ewgraph.ingest") / "template" / "words.toml"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    Attributes:
        said: single words and sentences by name.
        steps: how to fill in the form.
    """

    language: str
    said: dict[str, str]
    steps: tuple[str, ...]

    def __getitem__(self, name: str) -> str:
        return self.said[name]


def words_in(language: str) -> Words:
    """The words of a language.

    Raises:
        NotFoundError: the form is not written in it.
    """
    if language not in LANGUAGES:
        raise NotFoundError(f"the form is not written in {language!r}. It is in {', '.join(LANGUAGES)}")
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))[language]
    return Words(language, {name: text for name, text in table.items() if name != "steps"}, tuple(table["steps"]))
