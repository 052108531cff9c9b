"""Run every benchmark, or those that are named: `python -m benchmarks disclosing --rows 1000`."""

from __future__ import annotations

import argparse
import platform
import sys

from benchmarks import disclosing, loading, lookup, validation

RUNS = {
    "validation": validation.run,
    "disclosing": disclosing.run,
    "loading": loading.run,
    "lookup": lookup.run,
}

parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure, beside a peer in the same run.")
parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(RUNS))
parser.add_argument("--rows", nargs="+", type=int, default=disclosing.SIZES, help="sizes of the forms of `disclosing`")
arguments = parser.parse_args()
if unknown := set(arguments.names) - set(RUNS):
    parser.error(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(RUNS)}")

print(f"{platform.machine()}, Python {platform.python_version()}", file=sys.stderr)
for name, run in RUNS.items():
    if name in (arguments.names or RUNS):
        print(disclosing.run(arguments.rows) if name == "disclosing" else run(), flush=True)
