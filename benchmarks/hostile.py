"""Clients who send queries that never end, or take too much, over and over: as the public, and as members with keys.

python -m benchmarks.hostile HOST PORT CLIENTS SECONDS [KEY…]    prints JSON: how many answers of each kind and status
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import sys
import time
from collections import Counter
from typing import Final
from urllib.parse import urlencode

_LENGTH: Final = b"content-length:"
_TRIPLES: Final = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(5))
KILLERS: Final = {
    "cross product": f"SELECT (COUNT(*) AS ?n) {{ {_TRIPLES} FILTER(?a0 != ?c4) }}",
    "property path": "SELECT (COUNT(*) AS ?n) { ?x (<a:a>|!<a:a>|^!<a:a>)* ?y . ?y (<a:a>|!<a:a>)* ?z }",
    "huge group": f"SELECT ?a0 ?c1 (GROUP_CONCAT(?b2) AS ?g) {{ {_TRIPLES} }} GROUP BY ?a0 ?c1 ?b3",
    "huge result": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "memory": 'SELECT (STRLEN(?x34) AS ?n) { BIND("xxxxxxxx" AS ?x0) '
    + " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(34))
    + " }",
    "sorted": f"SELECT * {{ {_TRIPLES} }} ORDER BY ?c0 ?c1 ?c2 ?c3 ?c4",
    "regular expression": "SELECT * { ?a ?b ?c . ?d ?e ?f "
    'FILTER(REGEX(CONCAT(STR(?c), STR(?f)), "(.*.*.*.*a){9,9}b")) }',
    "nesting": "SELECT * " + "{" * 99 + "?s ?p ?o" + "}" * 99,
    "parser": "SELECT * { FILTER(" + "!" * 5000 + "true) }",
    "long path": "SELECT * { ?s " + "/".join(["<a:a>*"] * 2000) + " ?o }",
    "many unions": "SELECT * { " + " UNION ".join(["{ ?s ?p ?o }"] * 2000) + " }",
}


async def _client(where: tuple[str, int], key: str, first: int, until: float, seen: Counter[str]) -> None:
    """Send one killer after another; whatever happens to the connection, come again."""
    kinds = list(KILLERS)
    for kind in itertools.islice(itertools.cycle(kinds), first % len(kinds), None):
        if time.perf_counter() > until:
            return
        try:
            async with asyncio.timeout(60):
                seen[f"{kind}: {await _asked(*where, key, KILLERS[kind])}"] += 1
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            seen[f"{kind}: {type(error).__name__}"] += 1


async def _asked(host: str, port: int, key: str, query: str) -> str:
    """The status of the answer, and the limit where it names one."""
    body = urlencode({"query": query}).encode()
    head = f"POST /sparql HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\n"
    head += f"Authorization: Bearer {key}\r\n" if key else ""
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(head.encode() + b"\r\n" + body)
        answer = await reader.read()
    finally:
        writer.close()
    status, content = answer.split(b" ", 2)[1].decode(), answer.partition(b"\r\n\r\n")[2]
    if b"application/problem+json" not in answer[:4096]:
        return status
    return f"{status} {json.loads(content).get('limit', '')}".strip()


async def _attack(host: str, port: int, clients: int, seconds: float, keys: list[str]) -> Counter[str]:
    until, seen = time.perf_counter() + seconds, Counter[str]()
    keys = ["", *keys]
    await asyncio.gather(
        *(_client((host, port), keys[number % len(keys)], number, until, seen) for number in range(clients))
    )
    return seen


if __name__ == "__main__":
    os.nice(19)  # it is meant to attack from elsewhere
    where, port, clients, seconds, *keys = sys.argv[1:]
    print(json.dumps(asyncio.run(_attack(where, int(port), int(clients), float(seconds), keys))))
