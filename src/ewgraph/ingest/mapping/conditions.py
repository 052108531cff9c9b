"""Whether the conditions of a mapping hold for the texts of a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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


def _tests(when: When, columns: Mapping[str, Column], codes: Mapping[str, CodeList]) -> list[Callable[[Texts], bool]]:
    tests: list[Callable[[Texts], bool]] = [
        *(lambda texts, name=name: bool(texts[name]) for name in when.filled),
        *(lambda texts, name=name: not texts[name] for name in when.empty),
        *(
            lambda texts, name=name, wanted=frozenset(map(folded, said)): _folded(texts[name]) in wanted
            for name, said in when.equals.items()
        ),
        *(
            lambda texts, name=name, wanted=frozenset(map(folded, said)): _folded(texts[name]) not in wanted
            for name, said in when.differs.items()
        ),
        *(_of_code(name, locals_, columns, codes) for name, locals_ in when.codes.items()),
    ]
    if when.any:
        tests.append(lambda texts: any(texts[name] for name in when.any))
    return tests


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
