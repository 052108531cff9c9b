"""Whether the conditions of a mapping hold for the texts of a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from ewgraph.errors import ConfigurationError
from ewgraph.ingest.mapping.codes import CodeList, local_name
from ewgraph.ingest.mapping.language import Column, When
from ewgraph.ingest.mapping.slots import Texts
from ewgraph.ingest.mapping.words import folded

_folded = lru_cache(65_536)(folded)


def condition(
    whens: Sequence[When], columns: Mapping[str, Column], codes: Mapping[str, CodeList]
) -> Callable[[Texts], bool] | None:
    """What tells whether all conditions hold; None where there are none.

    Args:
        whens: the conditions.
        columns: the columns and single cells by name: a concept is looked up in its column's code list.
        codes: the code lists by name.

    Raises:
        ConfigurationError: a condition names a concept that the code list has not, or a column without one.
    """
    tests = [test for when in whens for test in _tests(when, columns, codes)]
    if not tests:
        return None
    if len(tests) == 1:
        return tests[0]
    return lambda texts: all(test(texts) for test in tests)


def _tests(
    when: When, columns: Mapping[str, Column], codes: Mapping[str, CodeList]
) -> Iterator[Callable[[Texts], bool]]:
    yield from (_filled(name) for name in when.filled)
    yield from (_empty(name) for name in when.empty)
    yield from (_of_words(name, said, wanted=True) for name, said in when.equals.items())
    yield from (_of_words(name, said, wanted=False) for name, said in when.differs.items())
    yield from (_of_code(name, said, columns, codes) for name, said in when.codes.items())
    yield from (_is_of(name, codes[listed], wanted=True) for name, listed in when.known.items())
    yield from (_is_of(name, codes[listed], wanted=False) for name, listed in when.unknown.items())
    if when.any:
        yield _any(when.any)


def _any(names: Sequence[str]) -> Callable[[Texts], bool]:
    def holds(texts: Texts) -> bool:
        for name in names:  # noqa: SIM110  # for each row: any() with a generator takes three times as long
            if texts[name]:
                return True
        return False

    return holds


def _filled(name: str) -> Callable[[Texts], bool]:
    return lambda texts: bool(texts[name])


def _empty(name: str) -> Callable[[Texts], bool]:
    return lambda texts: not texts[name]


def _of_words(name: str, said: Sequence[str], *, wanted: bool) -> Callable[[Texts], bool]:
    words = frozenset(map(folded, said))
    return lambda texts: (_folded(texts[name]) in words) is wanted


def _is_of(name: str, listed: CodeList, *, wanted: bool) -> Callable[[Texts], bool]:
    return lambda texts: (listed.concept(texts[name]) is not None) is wanted


def _of_code(
    name: str, wanted: Sequence[str], columns: Mapping[str, Column], codes: Mapping[str, CodeList]
) -> Callable[[Texts], bool]:
    column = columns.get(name)
    if column is None or not column.codes:
        raise ConfigurationError(f'a condition asks for a code in {name!r}, which is no column of the type "code"')
    listed = codes[column.codes]
    for local in wanted:
        if listed.of_local_name(local) is None:
            raise ConfigurationError(f"a condition on {name!r} wants {local!r}, which the code list has not")
    kept = frozenset(wanted)

    def holds(texts: Texts) -> bool:
        text = texts[name]
        if text in kept:
            return True
        found = listed.concept(text) if text else None
        return found is not None and local_name(found) in kept

    return holds
