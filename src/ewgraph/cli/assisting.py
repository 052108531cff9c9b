"""`mcp`: the stored questions and the search as tools for an assistant."""

from __future__ import annotations

import os
from argparse import Namespace

from ewgraph.cli import DONE
from ewgraph.errors import ConfigurationError
from ewgraph.settings import KEY, Settings


def offer_tools(arguments: Namespace, _: Settings) -> int:
    """Serve the Model Context Protocol until the assistant ends."""
    try:
        import anyio

        from ewgraph.assistants import serve
    except ImportError as error:
        raise ConfigurationError("assistants need one package more: pip install 'ewgraph[assistants]'") from error
    anyio.run(serve, arguments.service, os.environ.get(KEY) or None)
    return DONE
