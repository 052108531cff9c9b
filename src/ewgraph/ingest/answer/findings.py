"""Collects results one by one, in bounded memory: the first of them, their counts, and the kinds they fall into."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Final

from ewgraph.ingest.answer.outside import shortened
from ewgraph.ingest.answer.result import CellResult, Group
from ewgraph.validate.report import Severity

MOST_RESULTS: Final = 10_000
FIRST_OF_GROUP: Final = 3
_VALUE_LENGTH: Final = 500
_MESSAGE_LENGTH: Final = 2_000
_ORDER: Final = tuple(Severity)


class Findings:
    """The results of a file as they come. Results beyond the first 10,000 are counted and grouped, not kept."""

    def __init__(self, most: int = MOST_RESULTS) -> None:
        self._most = most
        self._kept: list[CellResult] = []
        self._kinds: dict[tuple[Severity, str], _Kind] = {}
        self.counts: Counter[Severity] = Counter()

    def add(self, result: CellResult) -> None:
        """Note a result. A very long value is cut, so that no file can blow up its report."""
        result = _cut(result)
        self.counts[result.severity] += 1
        self._kinds.setdefault((result.severity, result.shape), _Kind()).add(result)
        if len(self._kept) < self._most:
            self._kept.append(result)

    @property
    def results(self) -> tuple[CellResult, ...]:
        """The first results, in the order in which they came."""
        return tuple(self._kept)

    @property
    def more(self) -> int:
        """How many results came besides."""
        return self.counts.total() - len(self._kept)

    def groups(self) -> tuple[Group, ...]:
        """The kinds of results, the gravest first, then the most frequent."""
        groups = [kind.as_group() for kind in self._kinds.values()]
        return tuple(sorted(groups, key=lambda group: (_ORDER.index(group.severity), -group.count, group.shape)))


@dataclass(slots=True)
class _Kind:
    first: list[CellResult] = field(default_factory=list)
    count: int = 0
    sentences: dict[str, _Sentence] = field(default_factory=dict)

    def add(self, result: CellResult) -> None:
        self.count += 1
        if len(self.first) < FIRST_OF_GROUP:
            self.first.append(result)
        for language, text in {**result.messages, "": result.message}.items():
            if language in self.sentences:
                self.sentences[language].meet(text)
            else:
                self.sentences[language] = _Sentence(text)

    def as_group(self) -> Group:
        texts = {language: sentence.text for language, sentence in self.sentences.items()}
        message = texts.pop("")
        one = self.first[0]
        return Group(one.shape, one.severity, message, self.count, tuple(self.first), texts)


class _Sentence:
    """What sentences of one kind have in common: their first words and their last ones."""

    def __init__(self, text: str) -> None:
        self._whole = text
        self._head = self._tail = text.split(" ")
        self._shortest = len(self._head)
        self._differ = False

    def meet(self, text: str) -> None:
        """Take another sentence into account."""
        if text == self._whole and not self._differ:
            return
        words = text.split(" ")
        self._shortest = min(self._shortest, len(words))
        self._head = self._head[: _alike(self._head, words)]
        alike = min(_alike(self._tail[::-1], words[::-1]), self._shortest - len(self._head))
        self._tail = self._tail[len(self._tail) - alike :]
        self._differ = True

    @property
    def text(self) -> str:
        """The sentence, with `…` where they differ; the first one where they have little in common."""
        if not self._differ or not self._head:
            return self._whole
        return " ".join([*self._head, "…", *self._tail])


def _alike(one: list[str], other: list[str]) -> int:
    """How many words the two begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _cut(result: CellResult) -> CellResult:
    value = result.value
    texts = (result.message, *result.messages.values())
    if (value is None or len(value) <= _VALUE_LENGTH) and all(len(text) <= _MESSAGE_LENGTH for text in texts):
        return result
    kept = None if value is None else shortened(value, _VALUE_LENGTH)

    def cut(text: str) -> str:
        return shortened(text.replace(value, kept) if value and kept else text, _MESSAGE_LENGTH)

    messages = {tag: cut(text) for tag, text in result.messages.items()}
    return replace(result, value=kept, message=cut(result.message), messages=messages)
