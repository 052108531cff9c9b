"""`release` and `embargo`: what they print, what they refuse, and with which exit code."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PREFIXES as ALL

if TYPE_CHECKING:
    from tests.cli.conftest import Command

EX = "https://data.example.org/id/"
WHY = ("--reason", "The engagement has ended.")
REPORT = """
ex:R { ex:R a ew:AuditReport ; prov:wasAttributedTo ex:mon0 ; ew:visibility vis:staff ; rdfs:label "Report" ;
  ew:receivedAt "2024-03-01T00:00:00Z"^^xsd:dateTime . ex:mon0 a ew:Organization ; rdfs:label "Monitor" . }
"""


@pytest.fixture
def loaded(ewgraph: "Command", write: Callable[[str, bytes], Path]) -> "Command":
    assert ewgraph("load", write("world.trig", (ALL + REPORT).encode())).code == 0
    return ewgraph


def test_a_release_is_printed_listed_and_called_off(loaded: "Command") -> None:
    done = loaded("release", EX + "R", "--to", "public", *WHY)
    assert done.code == 0
    release = done.out.strip()
    assert release.startswith("http://localhost:8000/id/release/")
    assert '"Report"' in loaded("export", "graph").out
    listed = loaded("release", "--list").out
    assert listed.splitlines()[1:] == [f"  {EX}R", "  why: The engagement has ended."]
    assert listed.startswith(f"{release}  since ")
    assert loaded("release", "--call-off", release, *WHY).code == 0
    assert '"Report"' not in loaded("export", "graph").out
    assert loaded("embargo", "--list").out == ""


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (["release", EX + "nothing", "--to", "public", *WHY], 1, "there is no record"),
        (["release", EX + "R", "--to", "staff", *WHY], 1, "staff is not wider than staff"),
        (["release", EX + "R", "--to", "public"], 2, "--reason"),
        (["release", EX + "R", *WHY], 2, "--to"),
        (["release", "no iri", "--to", "public", *WHY], 2, "RECORD"),
        (["release", EX + "R", "--to", "public", "--on", "soon", *WHY], 2, "--on 'soon' is no day"),
        (["release", EX + "R", "--to", "public", "--redaction", "withheld", *WHY], 1, "withheld is not made here"),
        (["release", "--call-off", EX + "R", *WHY], 1, "no release"),
        (["embargo", EX + "R", *WHY], 2, "--company"),
        (["embargo", EX + "R", "--company", EX + "brand0", *WHY], 1, "from when on others see it"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(
    loaded: "Command", arguments: list[str], code: int, why: str
) -> None:
    before = loaded.head()
    done = loaded(*arguments)
    assert (done.code, done.out) == (code, "")
    assert why in done.err
    assert "Traceback" not in done.err
    assert loaded.head() == before
