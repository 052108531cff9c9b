"""So many clients who ask the same over and over, each on a connection of its own, as a process of their own.

python -m benchmarks.clients HOST PORT REQUEST-FILE CLIENTS SECONDS    prints JSON
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from pathlib import Path

_LENGTH = b"content-length:"


async def _client(host: str, port: int, request: bytes, until: float) -> list[float]:
    """The seconds that each answer took."""
    reader, writer = await asyncio.open_connection(host, port)
    taken = []
    while time.perf_counter() < until:
        begin = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        if not lines[0].endswith(b"200 ok"):
            raise RuntimeError(lines[0].decode())
        await reader.readexactly(next(int(line[len(_LENGTH) :]) for line in lines if line.startswith(_LENGTH)))
        taken.append(time.perf_counter() - begin)
    writer.close()
    return taken


async def _measured(host: str, port: int, request: bytes, clients: int, seconds: float) -> dict[str, float]:
    until = time.perf_counter() + seconds
    each = await asyncio.gather(*(_client(host, port, request, until) for _ in range(clients)))
    taken = sorted(second for one in each for second in one)
    return {
        "rps": len(taken) / seconds,
        "p50": statistics.median(taken),
        "p99": taken[len(taken) * 99 // 100],
    }


if __name__ == "__main__":
    arguments = sys.argv[1:]
    content = Path(arguments[2]).read_bytes()
    told = _measured(arguments[0], int(arguments[1]), content, int(arguments[3]), float(arguments[4]))
    print(json.dumps(asyncio.run(told)))
