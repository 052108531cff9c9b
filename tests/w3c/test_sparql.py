"""The W3C tests of SPARQL 1.0 and 1.1 queries and of their result formats, through the endpoint, over HTTP.

What is not passed stands in `waivers.toml` with its reason; a waiver of a test that passes fails.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ewgraph.model.rdf import IRI, RdfFormat, parse
from tests.w3c.results import TYPES, Solutions, expected, graph_of, isomorphic, read
from tests.w3c.serving import Client, serving
from tests.w3c.suite import OUTSIDE, Case, cases, name_of, quads, suite_folder

ROOT = suite_folder()
WAIVERS: dict[str, str] = tomllib.loads((Path(__file__).parent / "waivers.toml").read_text("utf-8"))["waived"]
ALL = [case for case in cases(ROOT) if case.folder not in OUTSIDE]
EMPTY = IRI("urn:x-ewgraph:empty")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    files = {file for case in ALL for file in (*case.data, *case.named)}
    files |= set((ROOT / "dawg-data-r2" / "dataset").glob("data-*.ttl"))
    files |= set((ROOT / "sparql11" / "construct").glob("data*.ttl"))
    graphs = [name_of(file, ROOT) for file in sorted(files)]
    held = (quad for file in sorted(files) for quad in quads(file, ROOT))
    with serving(tmp_path_factory.mktemp("suite"), held, graphs) as client:
        yield client


def trouble(case: Case, client: Client) -> str | None:
    """What is wrong with the answer to a test; None where it is right."""
    text = f"BASE <{name_of(case.query, ROOT).value}>\n{case.query.read_text('utf-8')}"
    if "Syntax" in case.kind:
        reply = client.ask(text, "*/*", default=[EMPTY], post=True)
        unread = reply.status == 400 and b"the query cannot be parsed" in reply.content
        right = reply.status in {200, 400} and unread == case.kind.startswith("Negative")
        return None if right else f"{reply.status} {reply.content.decode()[:300]}"
    assert case.result is not None
    base = name_of(case.result, ROOT).value
    answer = expected(case.result, base)
    default = [name_of(file, ROOT) for file in case.data]
    named = [name_of(file, ROOT) for file in case.named]
    if not default and not named and "FROM" not in text.upper():
        default = [EMPTY]
    accept = "text/turtle" if answer is None else TYPES.get(case.result.suffix, "application/sparql-results+xml")
    reply = client.ask(text, accept, default, named)
    if (reply.status, reply.media_type) != (200, accept):
        return f"{reply.status} {reply.content.decode()[:300]}"
    if answer is None:
        found = list(parse(reply.content, format=RdfFormat.TURTLE))
        same = isomorphic(found, graph_of(case.result, base))
        return None if same else f"found {found}"
    given = read(reply.content, reply.media_type)
    if isinstance(answer, Solutions) and isinstance(given, Solutions):
        answer.lax = case.lax
        return None if answer.same_as(given) else answer.against(given)
    return None if answer == given else f"found {given}, not {answer}"


@pytest.mark.parametrize("case", ALL, ids=[case.name for case in ALL])
def test_a_query_is_answered_as_the_suite_says(client: Client, case: Case) -> None:
    found = trouble(case, client)
    if case.name in WAIVERS:
        assert found is not None, "it passes: take its waiver away"
    else:
        assert found is None, found


def test_no_test_of_a_query_is_left_out() -> None:
    kinds = Counter(case.kind for case in ALL)
    assert kinds["QueryEvaluationTest"] > 400
    assert kinds["PositiveSyntaxTest11"] + kinds["NegativeSyntaxTest11"] > 90
    assert kinds["CSVResultFormatTest"] == 3
    assert set(WAIVERS) <= {case.name for case in ALL}
    assert all(WAIVERS.values())


def test_what_is_not_offered_is_refused(client: Client) -> None:
    for case in cases(ROOT):
        if case.folder in {"service", "delete-insert"}:
            reply = client.ask(case.query.read_text("utf-8"), "*/*", default=[EMPTY])
            assert reply.status == 400, case.name
