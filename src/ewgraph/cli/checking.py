"""`check`: what records say against each other."""

from __future__ import annotations

import sys
from argparse import Namespace

from ewgraph.access import STAFF_READER
from ewgraph.assets import asset
from ewgraph.cli import DONE
from ewgraph.cli.directory import reading
from ewgraph.settings import Settings
from ewgraph.validate.crossing import CrossingRules
from ewgraph.validate.report import Report
from ewgraph.validate.whole import whole_graph
from ewgraph.web.checks import standing_results


def check(arguments: Namespace, settings: Settings) -> int:
    """Hold all records against each other, as staff sees them, and print what contradicts."""
    with reading(settings) as here:
        results = whole_graph(CrossingRules(asset("shapes")), here.store)
        standing = standing_results(here.gate.view(STAFF_READER), results)
    if arguments.report == "turtle":
        print(Report.of("", standing).to_graph(), end="")
        return DONE
    for result in standing:
        print(f"{result.severity.value}: {result.messages.get(arguments.language, result.message)}")
        print(f"  {result.about or result.focus_node}")
    print(f"{len(standing)} results", file=sys.stderr)
    return DONE
