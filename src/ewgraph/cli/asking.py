"""`ask`: a stored question, answered as the reader that the operator names."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ewgraph.access import parse_principal
from ewgraph.assets import asset
from ewgraph.catalogue import StoredQuery, load_catalogue
from ewgraph.cli import DONE, UsageError
from ewgraph.cli.directory import reading
from ewgraph.errors import InputError, LimitError, NotFoundError
from ewgraph.settings import Settings
from ewgraph.web.ask import COUNTING, answer, citation
from ewgraph.web.formats import BY_NAME
from ewgraph.web.keyset import part_of, window_of
from ewgraph.web.table import Table, text

_FOR_THE_EYE: Final = "table"


def ask(arguments: Namespace, settings: Settings) -> int:
    """Print the answer to a question, or the list of the questions."""
    if arguments.question is None:
        for query in load_catalogue(asset("queries")):
            print(_described(query))
        return DONE
    pairs = [_pair(text) for text in arguments.param]
    values = dict(pairs)
    if len(values) < len(pairs):
        raise UsageError("a parameter is given twice: give each --param once")
    try:
        principal = parse_principal(arguments.reader)
        with reading(settings) as here:
            window = window_of(arguments.limit, arguments.after)
            table, found = answer(here.gate.view(principal), here.catalogue, arguments.question, values)
            part = part_of(here.catalogue[arguments.question], table, found, window)
    except NotFoundError as error:
        raise UsageError(f"{error}. `ewgraph ask` lists them") from error
    except InputError as error:
        raise UsageError(str(error)) from error
    about = citation(found, values) | {"Result-SHA256": table.digest}
    _write(part.table, arguments.format, about, arguments.output)
    if part.next:
        print(f"there are more: --after {part.next}", file=sys.stderr)
    if not len(table):
        print(f"none recorded in what {principal.name} may see: that is not a no", file=sys.stderr)
        print(found.completeness.withheld, file=sys.stderr)
    for limit in found.completeness.limits:
        print(f"there may be more: {limit.name} = {limit.value} was reached", file=sys.stderr)
    if arguments.cite:
        print("".join(f"{name}: {value}\n" for name, value in about.items()), end="", file=sys.stderr)
    return DONE


def _write(table: Table, name: str, about: Mapping[str, str], output: Path | None) -> None:
    """Write the table, in full or not at all.

    Raises:
        UsageError: it is no text, and there is no file to write it to; the format does not hold so much; or the file
            cannot be written.
    """
    if name == _FOR_THE_EYE:
        content = text(table).encode()
    else:
        form = BY_NAME[name]
        if form.cites and output is None:
            raise UsageError(f"{form.label} is no text: say with --output where to write it")
        try:
            content = form.write(table, {each: told for each, told in about.items() if each not in COUNTING}, None)
        except LimitError as error:
            raise UsageError(str(error)) from error
    if output is None:
        print(content.decode(), end="")
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror}") from error


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise UsageError(f"--param {text!r}: write name=value")
    return name, value


def _described(query: StoredQuery) -> str:
    lines = [f"{query.id}  {query.summary} ({', '.join(query.question)})"]
    lines += [
        f"    {parameter.name}{'?' if parameter.optional else ''}  {parameter.kind.value}  {parameter.text}"
        for parameter in query.parameters
    ]
    return "\n".join(lines)
