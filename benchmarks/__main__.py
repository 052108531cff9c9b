"""Run every benchmark, or those that are named: `python -m benchmarks disclosing --rows 1000`."""

from __future__ import annotations

import argparse
import platform
import sys
from functools import partial

from benchmarks import (
    anchoring,
    answering,
    attack,
    disclosing,
    execution,
    growth,
    linked,
    loading,
    lookup,
    naming,
    policy,
    serving,
    tracing,
    validation,
)
from benchmarks.peers import PEERS

NAMES = (
    *("validation", "disclosing", "loading", "lookup", "execution", "serving", "answering", "attack", "tracing"),
    *("anchoring", "policy", "naming", "linked", "growth"),
)
parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure, beside a peer in the same run.")
parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
parser.add_argument("--rows", nargs="+", type=int, default=disclosing.SIZES, help="sizes of the forms of `disclosing`")
parser.add_argument("--edges", nargs="+", type=int, default=tracing.SIZES, help="sizes of the worlds of `tracing`")
parser.add_argument("--peers", nargs="*", default=list(PEERS), choices=list(PEERS), help="whom `tracing` asks besides")
arguments = parser.parse_args()
if unknown := set(arguments.names) - set(NAMES):
    parser.error(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")

runs = {
    "validation": validation.run,
    "disclosing": partial(disclosing.run, arguments.rows),
    "loading": loading.run,
    "lookup": lookup.run,
    "execution": execution.run,
    "serving": serving.run,
    "answering": answering.run,
    "attack": attack.run,
    "tracing": partial(tracing.run, arguments.edges, arguments.peers),
    "anchoring": anchoring.run,
    "policy": policy.run,
    "naming": naming.run,
    "linked": linked.run,
    "growth": growth.run,
}

print(f"{platform.machine()}, Python {platform.python_version()}", file=sys.stderr)
for name in NAMES:
    if name in (arguments.names or NAMES):
        print(runs[name](), flush=True)
