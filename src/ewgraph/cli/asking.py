"""`ask`: a stored question, answered as the reader that the operator names."""

from __future__ import annotations

import sys
from argparse import Namespace

from ewgraph.access import parse_principal
from ewgraph.assets import asset
from ewgraph.catalogue import StoredQuery, load_catalogue
from ewgraph.cli import DONE, UsageError
from ewgraph.cli.directory import reading
from ewgraph.errors import InputError, NotFoundError
from ewgraph.settings import Settings
from ewgraph.web.ask import answer, citation
from ewgraph.web.table import WRITERS


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
            table, found = answer(here.gate.view(principal), here.catalogue, arguments.question, values)
    except NotFoundError as error:
        raise UsageError(f"{error}. `ewgraph ask` lists them") from error
    except InputError as error:
        raise UsageError(str(error)) from error
    print(WRITERS[arguments.format](table), end="")
    if not len(table):
        print(f"none recorded in what {principal.name} may see: that is not a no", file=sys.stderr)
        print(found.completeness.withheld, file=sys.stderr)
    for limit in found.completeness.limits:
        print(f"there may be more: {limit.name} = {limit.value} was reached", file=sys.stderr)
    if arguments.cite:
        print("".join(f"{name}: {value}\n" for name, value in citation(found, values).items()), end="", file=sys.stderr)
    return DONE


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
