"""`serve` and `demo`: the service over HTTP."""

from __future__ import annotations

import sys
from argparse import Namespace

from ewgraph.assets import asset
from ewgraph.cli.loading import load_files
from ewgraph.index import warming
from ewgraph.ingest.reading import files_of, read_files
from ewgraph.settings import Settings


def serve(arguments: Namespace, settings: Settings) -> int:
    """Serve until stopped."""
    if not settings.data.exists():
        print(f"{settings.data} is new: it holds nothing yet, `ewgraph load` fills it", file=sys.stderr)
    from ewgraph.web.server import serve as serve_forever

    serve_forever(settings, host=arguments.host, port=arguments.port)
    return 0


def demo(arguments: Namespace, settings: Settings) -> int:
    """Load what ships with the program, and serve it. Where it is loaded already, nothing is added."""
    folders = [str(asset("data") / name) for name in ("reference", "cases", "example")]
    with warming.meanwhile():
        code = load_files(read_files(files_of(folders), megabytes=settings.load_megabytes), settings)
    if code:
        advice = f"{settings.data} holds another edition of the example: remove it, or name a new one with --data DIR"
        print(advice, file=sys.stderr)
        return code
    return serve(arguments, settings)
