"""The command line. A command's modules are imported when it runs: `ewgraph --help` answers at once."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

from ewgraph.cli.parser import build_parser
from ewgraph.errors import ConfigurationError, EwgraphError

DONE, REFUSED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


class UsageError(EwgraphError):
    """The command was not used as it is meant."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        argv: the arguments without the name of the program; those of the process where None.

    Returns:
        The exit code: 0 done, 1 the data were refused, 2 wrong usage.
    """
    try:
        arguments = build_parser().parse_args(argv)
    except SystemExit as stopped:
        return int(stopped.code or DONE)
    try:
        return _run(arguments.run, arguments)
    except EwgraphError as error:
        return _failed(str(error), WRONG_USAGE if isinstance(error, UsageError | ConfigurationError) else REFUSED)
    except KeyboardInterrupt:
        return _failed("interrupted; what was reported as stored stays", INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read our output reads no more
        return REFUSED
    except Exception as error:  # noqa: BLE001  # the last resort of a command line: no traceback for its users
        return _failed(f"internal error: {type(error).__name__}: {error}. Please report it", REFUSED)


def _run(place: str, arguments: object) -> int:
    from ewgraph.settings import from_environment

    module, _, name = place.partition(":")
    port, data = getattr(arguments, "port", None), getattr(arguments, "data", None)
    settings = from_environment(os.environ, port=port, data=data)
    code = getattr(importlib.import_module(f"ewgraph.cli.{module}"), name)(arguments, settings)
    return int(code)


def _failed(message: str, code: int) -> int:
    print("ewgraph:", " ".join(message.split()), file=sys.stderr)
    return code
