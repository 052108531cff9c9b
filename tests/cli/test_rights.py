"""`ewgraph load` in somebody's name: what is theirs to say is loaded, the rest refused with the reasons."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ewgraph.clock import SystemClock
from ewgraph.ledger import OPERATOR, Ledger
from tests.cli.conftest import Command
from tests.conftest import PREFIXES, named

NOW = SystemClock().now().isoformat(timespec="seconds")
Write = Callable[[str, bytes], Path]


def disclosure(name: str, author: str) -> str:
    return (
        f"<{name}> {{ <{name}> a ew:Disclosure ; prov:wasAttributedTo ex:{author} ; ew:visibility vis:staff ; "
        f'ew:receivedAt "{NOW}"^^xsd:dateTime . }}\n'
    )


OURS, THEIRS = "https://data.example.org/id/res0/d1", "https://data.example.org/id/brand0/d1"


@pytest.fixture
def loaded(ewgraph: Command, write: Write) -> Callable[..., tuple[int, str]]:
    def load(text: str, *arguments: str) -> tuple[int, str]:
        ran = ewgraph("load", *arguments, write("records.trig", (PREFIXES + text).encode()))
        return ran.code, ran.out + ran.err

    assert load(disclosure("https://data.example.org/id/first", "brand0"))[0] == 0
    return load


def submitters(data: Path) -> list[str]:
    ledger = Ledger(data / "ledger.sqlite", SystemClock())
    try:
        return [entry.submitter.value for entry in ledger.entries()][1:]
    finally:
        ledger.close()


def test_an_organisations_file_is_loaded_in_its_name(loaded: Callable[..., tuple[int, str]], ewgraph: Command) -> None:
    me = named("res0").value
    assert loaded(disclosure(OURS, "res0"), "--from", me, "--dry-run") == (
        0,
        "1 would be added, 0 unchanged, 0 refused, 0 with warnings\n",
    )
    assert submitters(ewgraph.data) == []
    assert loaded(disclosure(OURS, "res0"), "--from", me)[0] == 0
    assert submitters(ewgraph.data) == [me]


def test_what_is_not_its_own_is_refused_and_the_rest_stays_out_where_it_is_to_be_atomic(
    loaded: Callable[..., tuple[int, str]], ewgraph: Command
) -> None:
    both = disclosure(OURS, "res0") + disclosure(THEIRS, "brand0")
    code, told = loaded(both, "--from", named("res0").value, "--atomic", "--report", "json")
    report = json.loads(told[: told.rindex("}") + 1])
    assert (code, report["added"], [notice["record"] for notice in report["refused"]]) == (1, [], [THEIRS])
    assert submitters(ewgraph.data) == []
    code, told = loaded(both, "--from", named("res0").value)
    assert (code, "wasAttributedTo" in told, submitters(ewgraph.data)) == (1, True, [named("res0").value])


def test_the_staff_load_for_one_organisation(loaded: Callable[..., tuple[int, str]], ewgraph: Command) -> None:
    text = disclosure(THEIRS, "brand0")
    assert loaded(text, "--from", "staff")[0] == 1
    assert loaded(text, "--from", "staff", "--on-behalf-of", named("brand0").value)[0] == 0
    assert submitters(ewgraph.data) == [OPERATOR.value]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--from", "public"),
        ("--from", "nobody"),
        ("--from", "https://data.example.org/id/res0", "--on-behalf-of", "https://data.example.org/id/brand0"),
        ("--from", "staff", "--on-behalf-of", "nobody"),
        ("--on-behalf-of", "https://data.example.org/id/brand0"),
    ],
)
def test_nobody_is_no_submitter(loaded: Callable[..., tuple[int, str]], arguments: tuple[str, ...]) -> None:
    code, told = loaded(disclosure(OURS, "res0"), *arguments)
    assert code == 2
    assert told.startswith("ewgraph: ")
