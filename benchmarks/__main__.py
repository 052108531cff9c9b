"""Run every benchmark and print its table."""

from __future__ import annotations

import platform
import sys

from benchmarks import loading, lookup, validation

print(f"{platform.machine()}, Python {platform.python_version()}", file=sys.stderr)
for benchmark in (validation, loading, lookup):
    print(benchmark.run(), flush=True)
