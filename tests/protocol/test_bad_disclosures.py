"""The worst of the bad disclosures, handed in over HTTP: a plain answer, nothing stored, and a service that goes on."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import openpyxl
import pytest

from tests.cli.bad_forms import bomb, csv_of, encrypted, row, table, with_doctype, xlsx
from tests.protocol.conftest import Server, serving
from tests.protocol.test_disclosures import ask, hand_in, prepared, told

_KNOWN: Final = {"contract_name": "Contract K1", "model_name": "Laptop 1"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("bad") / "data"
    with serving(data, prepared(data), EWGRAPH_LOAD_MEGABYTES="1", EWGRAPH_QUERY_WORKERS="1") as started:
        yield started


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


REFUSED: Final[dict[str, tuple[Callable[[Path], Path], str]]] = {
    "a password": (lambda path: written(path, encrypted()), "protected by a password. Save it without one"),
    "a zip bomb": (bomb, "unpacks to more than 200 times its packed size"),
    "a DOCTYPE": (with_doctype, "has a DOCTYPE, which no workbook has"),
    "noise": (lambda path: written(path, bytes(range(256)) * 40), "this is neither a workbook nor text"),
    "no known form": (lambda path: written(path, b"colour,taste\nred,sour\n"), "of no known form"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_bad_file_is_refused_with_the_reason(server: Server, tmp_path: Path, kind: str) -> None:
    make, said = REFUSED[kind]
    content = make(tmp_path / "form.xlsx").read_bytes()
    reply = hand_in(server, content, "wait=60", name="form.xlsx")
    report = told(reply, 200)
    (result,) = report["results"]
    assert (report["state"], report["conforms"], result["severity"], result["cell"]) == (
        "refused",
        False,
        "Violation",
        None,
    )
    assert said in result["message"]
    assert "Traceback" not in reply.text
    assert "passwd" not in reply.text
    assert ask(server, "/health").status == 200


@pytest.mark.parametrize(
    ("cells", "shape", "place"),
    [
        ({"site_name": "Bad_x0000_Plant"}, "reading-controlCharacter", "E3"),
        ({"country": "#REF!"}, "reading-cellError", "I3"),
        ({"contract_name": "Contract K2"}, "crossing-contract", "A3"),
        ({"site_name": "N" * 10_000}, "reading-textTooLong", "E3"),
        ({"valid_from": "31.02.2024"}, "validFrom", "J3"),
    ],
)
def test_a_bad_cell_is_told_and_marked(
    server: Server, tmp_path: Path, cells: dict[str, str], shape: str, place: str
) -> None:
    good, bad = row(f"Good Plant {shape}", **_KNOWN), row("Bad Plant", **{**_KNOWN, **cells})
    content = xlsx(tmp_path / "form.xlsx", good, bad).read_bytes()
    report = told(hand_in(server, content, "wait=60", name="form.xlsx"), 200)
    found = [(one["sourceShape"].rpartition("#")[2], one["cell"]) for one in report["results"]]
    assert found == [(shape, place)]
    assert (report["state"], report["totals"]["letIn"], report["totals"]["quarantined"]) == ("done", 1, 1)
    marked = ask(server, f"/disclosures/{report['submission']}/report.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(marked.content))["Factory disclosure"]
    assert [cell.coordinate for line in sheet for cell in line if cell.comment] == [place]


def test_a_csv_with_a_nul_costs_its_row(server: Server) -> None:
    rows = row("Good Plant", **_KNOWN), row("Bad@Plant", **_KNOWN)
    content = csv_of(table(*rows)).replace(b"@", b"\0")
    report = told(hand_in(server, content, "wait=60&dryRun=true"), 200)
    assert [(one["cell"], one["row"]) for one in report["results"]] == [(None, 3)]
    assert report["totals"]["letIn"] == 1
