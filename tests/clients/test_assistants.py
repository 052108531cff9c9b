"""The tools for assistants, by the official SDK's own client, over standard input and output of the real command."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import mcp_types as types
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters

from tests.protocol.conftest import Server

EX = "https://data.example.org/id/"


def talk(
    server: Server, reader: str | None, say: Callable[[Client], Awaitable[None]], service: str | None = None
) -> None:
    """A conversation with the command, as a reader."""
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "ewgraph", "mcp", "--service", service or server.address],
        env={**os.environ, **({"EWGRAPH_KEY": server.keys[reader]} if reader else {})},
    )

    async def converse() -> None:
        async with Client(command) as client:
            await say(client)

    anyio.run(converse)


def text_of(result: types.CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, types.TextContent)
    return content.text


def test_an_assistant_finds_asks_and_reads_the_evidence(server: Server) -> None:
    async def say(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert {"find", "describe", "contracts-touching", "disclosure-gaps"} <= set(tools)
        assert tools["contracts-touching"].input_schema["required"] == ["site"]
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools.values())

        found = await client.call_tool("find", {"text": "Factory 1"})
        assert found.structured_content["rows"][0] == {"iri": f"{EX}F1", "kind": "SITE", "label": "Factory 1"}

        touching = await client.call_tool("contracts-touching", {"site": f"{EX}F1", "validAt": "2024-06-01"})
        assert touching.structured_content["rows"][0]["contract"] == f"{EX}K1"
        assert f"{EX}D1" in text_of(touching)
        assert "graph-digest: " in text_of(touching)
        first = await client.call_tool("contracts-touching", {"site": f"{EX}F1", "limit": 1})
        assert first.structured_content["more"] is True
        assert "There are more" in text_of(first)
        assert "University A" in text_of(await client.call_tool("describe", {"iri": f"{EX}uni-a"}))

    talk(server, "uni-a", say)


def test_an_assistant_sees_what_the_key_of_its_user_sees(server: Server) -> None:
    async def say(client: Client) -> None:
        answer = await client.call_tool("contracts-touching", {"site": f"{EX}F1"})
        assert answer.structured_content["rows"] == []
        assert "not a no" in text_of(answer)
        assert f"{EX}F1" not in text_of(await client.call_tool("find", {"text": "Factory 1"}))
        assert "Nothing of that name" in text_of(await client.call_tool("find", {"text": "Zzyzx"}))
        assert (await client.call_tool("describe", {"iri": f"{EX}F1"})).is_error

    talk(server, None, say)


def test_an_assistant_is_told_what_is_wrong(server: Server) -> None:
    wrong: list[tuple[str, dict[str, Any], str]] = [
        ("contracts-touching", {}, "needs the parameter 'site'"),
        ("contracts-touching", {"site": "F1"}, "is not an IRI"),
        ("no-such-tool", {}, "no stored query"),
        ("../sparql?query=SELECT * { ?s ?p ?o }&", {}, "there is no such page"),
        ("find", {}, "needs 'text'"),
        ("find", {"text": "F", "limit": "many"}, "does not take"),
    ]

    async def say(client: Client) -> None:
        for name, arguments, sentence in wrong:
            result = await client.call_tool(name, arguments)
            assert result.is_error
            assert sentence in text_of(result)

    talk(server, None, say)


def test_an_assistant_is_told_that_no_service_answers(server: Server) -> None:
    async def say(client: Client) -> None:
        result = await client.call_tool("find", {"text": "Factory"})
        assert result.is_error
        assert "http://localhost:9/ does not answer" in text_of(result)

    talk(server, None, say, "http://localhost:9/")
