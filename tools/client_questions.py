"""Generate `questions.py` of `ewgraph.client` from the headers of `queries/`: a function for each.

tools/client_questions.py            write it
tools/client_questions.py --check    exit with 1 when it is not what the queries say
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ewgraph.catalogue import Kind, StoredQuery, load_catalogue
from generated import python_name, settle

ROOT: Final = Path(__file__).parents[1]
TARGET: Final = ROOT / "src" / "ewgraph" / "client" / "questions.py"
HEAD: Final = '''\
"""The stored questions as functions: `Client.ask(contracts_touching(site=…))`. What they mean: docs/questions.md.

Generated from queries/ by tools/client_questions.py: do not edit.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final, TypedDict

from ewgraph.client.calls import Question
'''
TYPES: Final = {
    Kind.IRI: "str",
    Kind.STRING: "str",
    Kind.DATE: "dt.date",
    Kind.DATETIME: "dt.datetime",
    Kind.INTEGER: "int",
    Kind.DECIMAL: "Decimal",
    Kind.BOOLEAN: "bool",
}
INSTANTS: Final = frozenset({"validAt", "knownAt"})


def class_name(query: StoredQuery) -> str:
    """The name of the type of its rows."""
    return "".join(part.capitalize() for part in query.id.split("-")) + "Row"


def sentence(text: str) -> str:
    """The text as a sentence."""
    return text[0].upper() + text[1:].rstrip(".") + "."


def written(query: StoredQuery) -> Iterator[str]:
    """The type of the rows, the kinds of the columns, and the function."""
    row, columns = class_name(query), f"_{python_name(query.id).upper()}"
    fields = ", ".join(
        f'"{each.name}": {TYPES[each.kind]}{" | None" if each.optional else ""}' for each in query.columns
    )
    kinds = ", ".join(f'"{each.name}": "{each.kind.value}"' for each in query.columns)
    yield f'\n\n{row} = TypedDict("{row}", {{{fields}}})\n'
    yield f"{columns}: Final = {{{kinds}}}\n"
    required = [each for each in query.parameters if not each.optional and each.name not in INSTANTS]
    others = [each for each in query.parameters if each not in required]
    taken = [f"{python_name(each.name)}: {TYPES[each.kind]}" for each in required]
    taken += ["*"] * bool(others) + [f"{python_name(each.name)}: {TYPES[each.kind]} | None = None" for each in others]
    given = ", ".join(f'"{each.name}": {python_name(each.name)}' for each in query.parameters)
    yield f"\n\ndef {python_name(query.id)}({', '.join(taken)}) -> Question[{row}]:\n"
    yield f'    """{sentence(query.summary)}\n\n    Answers {", ".join(query.question)}.\n'
    if query.parameters:
        yield "\n    Args:\n"
        yield from (f"        {python_name(each.name)}: {sentence(each.text)}\n" for each in (*required, *others))
    yield '    """\n'
    yield f'    return Question("{query.id}", {{{given}}}, {columns})\n'


def module() -> str:
    """The text of the module."""
    return HEAD + "".join(part for query in load_catalogue(ROOT / "queries") for part in written(query))


if __name__ == "__main__":
    sys.exit(settle(TARGET, module()))
