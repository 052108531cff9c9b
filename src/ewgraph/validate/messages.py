"""What the readers of files say about a cell, a row or a file, in every language.

The sentences are those of shapes/reading, beside the shapes that judge statements: whoever words or translates a
message finds all of them in one place. What SHACL finds brings its own sentence with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ewgraph.errors import InputError
from ewgraph.validate.report import Severity
from ewgraph.validate.shapes import EWS, Shapes

LANGUAGES: Final = ("en", "de", "nb", "es")
_PLACEHOLDER: Final = re.compile(r"\{[$?](\w+)\}")


def placeholders(message: str) -> frozenset[str]:
    """The names of the placeholders in a message.

    >>> sorted(placeholders("Row {$other} says {$value}; {$value} again."))
    ['other', 'value']
    """
    return frozenset(_PLACEHOLDER.findall(message))


def with_params(message: str, params: Mapping[str, str]) -> str:
    """The message with its placeholders filled; one without a value is left out.

    >>> with_params("Row {$other} says the same.", {"other": "7"})
    'Row 7 says the same.'
    """
    return _PLACEHOLDER.sub(lambda match: params.get(match[1], ""), message)


class Messages:
    """The messages about reading, from shapes/reading.

    Args:
        shapes_dir: the folder of the shapes.

    Raises:
        ConfigurationError: the folder `reading` in it holds no readable shapes.
    """

    def __init__(self, shapes_dir: Path) -> None:
        shapes = Shapes(shapes_dir / "reading").by_iri
        self._shapes = {iri.value.removeprefix(EWS): shape for iri, shape in shapes.items()}

    @property
    def names(self) -> tuple[str, ...]:
        """The local names of all messages, sorted."""
        return tuple(sorted(self._shapes))

    def of(self, local_name: str, params: Mapping[str, str]) -> tuple[Severity, dict[str, str]]:
        """How grave it is, and the sentence by language tag.

        Args:
            local_name: the local name of a shape, such as `reading-cellError`.
            params: what the placeholders stand for: `value`, `expected`, `heading`, `other`.

        Raises:
            InputError: there is no message of that name.
        """
        shape = self._shapes.get(local_name)
        if shape is None:
            raise InputError(f"{local_name!r} is no message about reading. There are: {', '.join(self.names)}")
        return shape.severity, {tag: with_params(text, params) for tag, text in shape.messages.items()}
