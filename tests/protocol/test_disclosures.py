"""Disclosures over HTTP, against a server as it is really started."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import secrets
import signal
import socket
import time
import urllib.parse
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ewgraph.clock import SystemClock
from ewgraph.ledger import Keyring, Ledger
from tests.ingest.disclosing.worlds import contract, form, row
from tests.protocol.conftest import Reply, Server, append, serving

ORG = "https://data.example.org/id/"
MEGABYTE = 1_000_000
FILES = "/disclosures/files/"


def prepared(data: Path) -> dict[str, str]:
    """A data directory with two contracts of two resellers, and everybody's keys."""
    ledger = Ledger(data / "ledger.sqlite", SystemClock())
    append(ledger, contract("K1") + contract("K2", contractor="reseller-2", buyer="uni-b", models=("L3",)))
    keyring = Keyring(ledger, SystemClock())
    keys = {name: keyring.add(ORG + name) for name in ("reseller", "reseller-2", "uni-a", "busy")}
    keys["staff"] = keyring.add("staff")
    ledger.close()
    return keys


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("disclosing") / "data"
    with serving(data, prepared(data), EWGRAPH_LOAD_MEGABYTES="1", EWGRAPH_QUERY_WORKERS="1") as started:
        yield started


def multipart(content: bytes, name: str = "sites.csv", **fields: str) -> tuple[bytes, str]:
    boundary = secrets.token_hex(8)
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in fields.items()
    ]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    return b"".join(
        [*parts, head, content, f"\r\n--{boundary}--\r\n".encode()]
    ), f"multipart/form-data; boundary={boundary}"


def hand_in(
    server: Server,
    content: bytes,
    query: str = "",
    reader: str | None = "reseller",
    name: str = "sites.csv",
    **fields: str,
) -> Reply:
    body, kind = multipart(content, name, **fields)
    return server.request(f"/disclosures?{query}", reader=reader, body=body, Content_Type=kind)


def ask(server: Server, path: str, method: str = "GET", reader: str = "reseller", **headers: str) -> Reply:
    return server.request(path, reader=reader, method=method, **headers)


def told(reply: Reply, status: int) -> dict[str, Any]:
    assert reply.status == status, reply.text
    assert reply.headers["cache-control"] == "no-store"
    found = reply.json
    assert isinstance(found, dict)
    return found


def waited(
    server: Server, name: str, until: Callable[[Mapping[str, Any]], bool], reader: str = "reseller"
) -> dict[str, Any]:
    for _ in range(600):
        status = told(ask(server, f"/disclosures/{name}", reader=reader), 200)
        if until(status):
            return status
        time.sleep(0.1)
    raise AssertionError(status)


def over(status: Mapping[str, Any]) -> bool:
    return status["state"] not in {"queued", "running"}


def workbook(*rows: Mapping[str, str]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    for line in csv.reader(io.StringIO(form(*rows).decode())):
        book.active.append(line)
    book.save(out)
    return out.getvalue()


def claims(server: Server, sites: str) -> int:
    """How many claims the reseller sees of sites whose name begins so, once the graph follows."""
    query = (
        "SELECT (count(DISTINCT ?c) AS ?n) { ?c <https://w3id.org/ewgraph/ns#site> ?s . "
        f'?s <http://www.w3.org/2000/01/rdf-schema#label> ?l FILTER(strstarts(?l, "{sites}")) }}'
    )
    for _ in range(300):
        lines = server.request("/metrics", reader="staff").text.splitlines()
        gauges = dict(line.rsplit(" ", 1) for line in lines if line.startswith(("ewgraph_ledger", "ewgraph_graph")))
        if len(set(gauges.values())) == 1:
            break
        time.sleep(0.1)
    time.sleep(3)  # the copy of the graph that is asked is as old at most
    return int(server.rows(query, reader="reseller")[0])


def test_a_file_that_is_waited_for_comes_back_as_a_report(server: Server) -> None:
    report = told(hand_in(server, form(row("Alpha 1"), row("Alpha 2")), "wait=60"), 200)
    assert (report["state"], report["conforms"], report["totals"]["letIn"]) == ("done", True, 2), report
    assert claims(server, "Alpha") == 2


def test_a_dry_run_tells_what_would_change_and_stores_nothing(server: Server) -> None:
    before = told(hand_in(server, form(row("Beta 1"), row("Beta 2", country="Chnia")), "dryRun=true&wait=60"), 200)
    assert (before["dryRun"], before["totals"]["letIn"], before["totals"]["quarantined"]) == (True, 1, 1)
    wrong = [(result["cell"], result["value"]) for result in before["results"] if result["severity"] == "Violation"]
    assert ("I3", "Chnia") in wrong
    assert claims(server, "Beta") == 0
    sent = json.dumps({"sha256": before["sha256"], "name": "sites.csv"}).encode()
    kept = server.request("/disclosures?wait=60", reader="reseller", body=sent, Content_Type="application/json")
    assert (told(kept, 200)["state"], claims(server, "Beta")) == ("done", 1)


def test_a_submission_is_a_job_with_a_status_and_a_list(server: Server) -> None:
    told(hand_in(server, form(row("Gamma 0")), "dryRun=1&wait=30"), 200)
    reply = hand_in(server, form(row("Gamma 1")), "dryRun=1", language="de")
    queued = told(reply, 202)
    assert reply.headers["location"] == f"/disclosures/{queued['id']}" == queued["links"]["self"]
    assert (queued["state"], queued["file"], queued["dryRun"]) == ("queued", "sites.csv", True)
    status = waited(server, queued["id"], over)
    assert status["finishedAt"] > status["createdAt"]
    listed = told(ask(server, "/disclosures?limit=1"), 200)
    assert [one["id"] for one in listed["submissions"]] == [queued["id"]]
    older = told(ask(server, listed["next"]), 200)
    assert older["submissions"][0]["createdAt"] < queued["createdAt"]
    assert ask(server, f"/disclosures/{queued['id']}/report.txt").text.startswith("Prüfung")
    assert ask(server, f"/disclosures/{queued['id']}/report.txt?lang=es").headers["content-language"] == "es"


def test_events_tell_the_progress_and_end_with_the_end(server: Server) -> None:
    queued = told(hand_in(server, form(*(row(f"Delta {n}") for n in range(300))), "dryRun=true"), 202)
    reply = ask(server, queued["links"]["events"], Accept="text/event-stream", Last_Event_ID="7")
    assert (reply.status, reply.media_type) == (200, "text/event-stream")
    blocks = [dict(line.split(": ", 1) for line in block.splitlines()) for block in reply.text.split("\n\n") if block]
    events = [block for block in blocks if "event" in block]
    assert [block["event"] for block in events[-2:]] == ["progress", "done"]
    assert json.loads(events[-1]["data"])["state"] == "done"
    assert [block["id"] for block in events] == [str(n) for n in range(1, len(events) + 1)]


def test_who_leaves_the_events_is_noticed(server: Server) -> None:
    queued = told(hand_in(server, form(row("Delta leave")), "dryRun=true"), 202)
    with connection(server) as line:
        line.sendall(f"GET {queued['links']['events']} HTTP/1.1\r\nHost: x\r\n{bearer(server)}\r\n".encode())
        assert b"200 OK" in line.recv(4096)
    assert over(waited(server, queued["id"], over))


def connection(server: Server) -> socket.socket:
    place = urllib.parse.urlsplit(server.address)
    assert place.hostname
    return socket.create_connection((place.hostname, place.port or 80), timeout=20)


def bearer(server: Server, reader: str = "reseller") -> str:
    return f"Authorization: Bearer {server.keys[reader]}\r\n"


def test_a_cut_upload_goes_on_where_it_was_cut(server: Server) -> None:
    content = form(*(row(f"Epsilon {n}") for n in range(400)))
    name, half = FILES + hashlib.sha256(content).hexdigest(), len(content) // 2
    assert ask(server, name).status == 404
    with connection(server) as line:
        head = f"PATCH {name} HTTP/1.1\r\nHost: x\r\n{bearer(server)}Upload-Offset: 0\r\n"
        head += f"Content-Length: {len(content)}\r\n\r\n"
        line.sendall(head.encode() + content[:half])
        time.sleep(0.5)
    for _ in range(50):
        reply = ask(server, name, "HEAD")
        if reply.headers.get("upload-offset") == str(half):
            break
        time.sleep(0.1)
    assert (reply.headers["upload-offset"], reply.headers["upload-complete"]) == (str(half), "?0")
    early = json.dumps({"sha256": name.removeprefix(FILES), "name": "e.csv"}).encode()
    assert server.request("/disclosures", reader="reseller", body=early, Content_Type="application/json").status == 404
    wrong = server.request(name, reader="reseller", body=b"x", method="PATCH", Upload_Offset="1")
    assert (wrong.status, wrong.headers["upload-offset"]) == (409, str(half))
    rest = server.request(
        name, reader="reseller", body=content[half:], method="PATCH", Upload_Offset=str(half), Upload_Complete="?1"
    )
    assert told(rest, 201) == {"sha256": name.removeprefix(FILES), "bytes": len(content), "complete": True}
    report = server.request(
        "/disclosures?wait=60&dryRun=true", reader="reseller", body=early, Content_Type="application/json"
    )
    assert told(report, 200)["totals"]["rows"] == 400


def test_a_later_request_takes_the_place_of_one_that_hangs(server: Server) -> None:
    content = b"hanging" * 1000
    name = FILES + hashlib.sha256(content).hexdigest()
    with connection(server) as line:
        head = f"PATCH {name} HTTP/1.1\r\nHost: x\r\n{bearer(server)}Upload-Offset: 0\r\nContent-Length: 7000\r\n\r\n"
        line.sendall(head.encode() + content[:3000])
        time.sleep(0.5)
        held = int(ask(server, name, "HEAD").headers["upload-offset"])
        rest = server.request(
            name, reader="reseller", body=content[held:], method="PATCH", Upload_Offset=str(held), Upload_Complete="?1"
        )
        assert told(rest, 201)["complete"]
        line.sendall(content[3000:4000])
        assert b"409 Conflict" in line.recv(4096)
    assert told(ask(server, name), 200)["bytes"] == len(content)


def test_a_file_in_pieces_is_whole_by_its_length_and_dropped_when_its_hash_is_wrong(server: Server) -> None:
    content = b"0123456789"
    name = FILES + hashlib.sha256(content).hexdigest()
    for offset, status in ((0, 200), (5, 201)):
        piece = content[offset : offset + 5]
        reply = server.request(
            name, reader="uni-a", body=piece, method="PATCH", Upload_Offset=str(offset), Upload_Length="10"
        )
        assert told(reply, status)["bytes"] == offset + 5
    wrong = FILES + hashlib.sha256(b"other").hexdigest()
    assert server.request(wrong, reader="uni-a", body=content, method="PUT").status == 422
    assert ask(server, wrong, reader="uni-a").status == 404
    assert told(server.request(name, reader="uni-a", body=content, method="PUT"), 201)["complete"]
    again = server.request(name, reader="uni-a", body=b"", method="PATCH", Upload_Offset="3")
    assert (again.status, again.headers["upload-offset"]) == (409, "10")


@pytest.mark.parametrize(
    ("name", "headers", "status"),
    [
        ("0" * 64, {}, 400),
        ("0" * 64, {"Upload_Offset": "one"}, 400),
        ("0" * 64, {"Upload_Offset": "9" * 30}, 400),
        ("0" * 63, {"Upload_Offset": "0"}, 400),
        ("..%2f..%2fledger.sqlite", {"Upload_Offset": "0"}, 404),
    ],
)
def test_a_piece_that_cannot_be_meant_is_refused(
    server: Server, name: str, headers: dict[str, str], status: int
) -> None:
    assert server.request(FILES + name, reader="uni-a", body=b"x", method="PATCH", **headers).status == status


def test_too_large_a_file_is_refused_by_every_way(server: Server) -> None:
    large = b"x" * (MEGABYTE + 1)
    name = FILES + hashlib.sha256(large).hexdigest()
    for reply in (
        hand_in(server, large),
        server.request(name, reader="reseller", body=large, method="PUT"),
        server.request(name, reader="reseller", body=large, method="PATCH", Upload_Offset="0"),
        server.request("/disclosures", reader="reseller", body=b" " * 70_000, Content_Type="application/json"),
    ):
        assert reply.status == 413, reply.text
        assert reply.media_type == "application/problem+json"
    assert ask(server, name).status == 404


def test_without_a_key_nothing_is_taken_or_told(server: Server) -> None:
    digest = "0" * 64
    for method, path in (
        ("GET", "/disclosures"),
        ("POST", "/disclosures"),
        ("HEAD", FILES + digest),
        ("PUT", FILES + digest),
        ("GET", "/disclosures/template?contract=https://data.example.org/id/K1"),
        ("GET", "/disclosures/sub-1"),
        ("GET", "/disclosures/sub-1/events"),
        ("GET", "/disclosures/sub-1/report.xlsx"),
        ("DELETE", "/disclosures/sub-1"),
        ("POST", "/disclosures/sub-1/withdraw"),
        ("POST", "/disclosures/sub-1/retry"),
    ):
        reply = server.request(path, method=method)
        assert (reply.status, reply.headers["www-authenticate"]) == (401, 'Bearer realm="ewgraph"'), path
        assert server.request(path, method=method, reader="nobody's").status == 401


def test_another_ones_submission_is_not_found_exactly_as_none(server: Server) -> None:
    name = told(hand_in(server, form(row("Zeta 1")), "dryRun=true"), 202)["id"]
    waited(server, name, over)
    unknown = "sub-" + "0" * 20
    for method, path in (
        ("GET", ""),
        ("GET", "/events"),
        ("GET", "/report"),
        ("GET", "/report.xlsx"),
        ("DELETE", ""),
        ("POST", "/withdraw"),
        ("POST", "/retry"),
    ):
        theirs = ask(server, f"/disclosures/{name}{path}", method, reader="reseller-2")
        nobodys = ask(server, f"/disclosures/{unknown}{path}", method, reader="reseller-2")
        assert theirs.status == nobodys.status == 404
        assert theirs.text.replace(name, "") == nobodys.text.replace(unknown, "")
    assert name not in ask(server, "/disclosures", reader="reseller-2").text
    assert ask(server, f"/disclosures/{name}", reader="staff").status == 200


def test_who_knows_the_hash_of_another_ones_file_gets_nothing_by_it(server: Server) -> None:
    content = form(row("Eta 1"))
    digest = told(hand_in(server, content, "dryRun=true"), 202)["sha256"]
    assert ask(server, FILES + digest, reader="reseller-2").status == 404
    sent = json.dumps({"sha256": digest, "name": "sites.csv"}).encode()
    stolen = server.request("/disclosures", reader="reseller-2", body=sent, Content_Type="application/json")
    assert stolen.status == 404


def test_an_organisation_hands_in_for_itself_and_the_staff_for_others(server: Server) -> None:
    for_other = hand_in(server, form(row("Theta 1")), onBehalfOf=ORG + "reseller-2")
    assert for_other.status == 403
    assert hand_in(server, form(row("Theta 1")), reader="staff").status == 400
    fields = {"onBehalfOf": ORG + "reseller", "receivedAt": "2026-03-01T10:00:00Z"}
    report = told(hand_in(server, form(row("Theta 1")), "wait=60&dryRun=true", reader="staff", **fields), 200)
    assert report["submitter"] == ORG + "reseller"
    assert ask(server, f"/disclosures/{report['submission']}").status == 200


@pytest.mark.parametrize(
    ("query", "fields", "said"),
    [
        ("dryRun=perhaps", {}, "dryRun"),
        ("wait=3600", {}, "from 0 to 60"),
        ("", {"language": "fr"}, "'fr'"),
        ("", {"format": "word"}, "'word'"),
        ("", {"colour": "red"}, "'colour'"),
    ],
)
def test_what_cannot_be_meant_is_said(server: Server, query: str, fields: dict[str, str], said: str) -> None:
    reply = hand_in(server, b"x", query, **fields)
    assert (reply.status, said in reply.text) == (400, True), reply.text


def test_another_body_than_a_form_or_json_is_not_taken(server: Server) -> None:
    assert server.request("/disclosures", reader="reseller", body=b"x", Content_Type="text/csv").status == 415
    for body in (b"{", b"[]", b'{"name": "x"}', b'{"sha256": 7}'):
        assert (
            server.request("/disclosures", reader="reseller", body=body, Content_Type="application/json").status == 400
        )


BAD = {
    "empty": b"",
    "nothing but zeros": b"\0" * 5000,
    "a list that nobody knows": b"a;b\n1;2\n",
    "half of a zip": b"PK\x03\x04" + b"x" * 100,
    "a bad encoding": b"\xff\xfe\x00\xd8" * 50,
    "headings only": form(),
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_a_bad_file_comes_back_as_a_report_that_says_why(server: Server, content: bytes) -> None:
    report = told(hand_in(server, content, "wait=60", name="bad.xlsx"), 200)
    assert (report["state"], report["conforms"]) == ("refused", False), report
    assert len(report["results"][0]["message"]) > 20
    page = ask(server, f"/disclosures/{report['submission']}/report.html")
    assert (page.status, page.media_type) == (200, "text/html")


def test_a_zip_bomb_harms_nobody(server: Server) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * 20_000_000)
    report = told(hand_in(server, out.getvalue(), "wait=60", name="bomb.xlsx"), 200)
    assert report["state"] == "refused"
    assert server.request("/health").status == 200


@pytest.fixture(scope="module")
def checked(server: Server) -> str:
    """A workbook that was checked: its second row has a country that there is not."""
    content = workbook(row("Iota 1", country="Chnia"), row("Iota 2"))
    name = 'Fabrik "Süd"; 2024.xlsx'.replace('"', "%22")
    report = told(hand_in(server, content, "wait=60&dryRun=true", name=name), 200)
    return str(report["submission"])


@pytest.mark.parametrize(
    ("extension", "media_type"),
    [
        ("json", "application/json"),
        ("html", "text/html"),
        ("ttl", "text/turtle"),
        ("txt", "text/plain"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_a_report_has_many_forms(server: Server, checked: str, extension: str, media_type: str) -> None:
    by_name = ask(server, f"/disclosures/{checked}/report.{extension}")
    negotiated = server.request(f"/disclosures/{checked}/report", reader="reseller", accept=media_type)
    for reply in (by_name, negotiated):
        assert (reply.status, reply.media_type, reply.headers["cache-control"]) == (200, media_type, "no-store")
    if extension != "xlsx":
        assert "Chnia" in by_name.text
        assert by_name.content == negotiated.content


def test_a_report_has_no_other_forms(server: Server, checked: str) -> None:
    assert server.request(f"/disclosures/{checked}/report", reader="reseller", accept="image/png").status == 406
    assert ask(server, f"/disclosures/{checked}/report.exe").status == 404


def test_the_annotated_workbook_marks_the_cell_and_keeps_its_name(server: Server, checked: str) -> None:
    reply = ask(server, f"/disclosures/{checked}/report.xlsx?lang=de")
    book = openpyxl.load_workbook(io.BytesIO(reply.content))
    comments = [
        (sheet.title, cell.coordinate, cell.comment.text)
        for sheet in book
        for line in sheet
        for cell in line
        if cell.comment
    ]
    assert any(place == "I2" for _, place, _ in comments), comments
    name = reply.headers["content-disposition"]
    assert name.startswith('attachment; filename="Fabrik')
    assert name.isascii()
    assert "filename*=UTF-8''Fabrik%20" in name


def test_a_workbook_can_be_marked_as_long_as_its_file_is_kept(server: Server) -> None:
    kept = told(
        hand_in(server, workbook(row("Sigma 1"), row("Sigma 2", country="Chnia")), "wait=60", name="s.xlsx"), 200
    )
    looked = told(hand_in(server, workbook(row("Sigma 3")), "wait=60&dryRun=true", name="s.xlsx"), 200)
    for report in (kept, looked):
        for path in (server.data / "uploads").rglob(report["sha256"]):
            path.unlink()
    assert ask(server, f"/disclosures/{kept['submission']}/report.xlsx").status == 200
    gone = ask(server, f"/disclosures/{looked['submission']}/report.xlsx")
    assert (gone.status, "Hand it in again" in gone.text) == (404, True)
    assert ask(server, f"/disclosures/{looked['submission']}/report.html").status == 200


def test_a_report_is_not_there_before_its_time(server: Server) -> None:
    name = told(hand_in(server, form(row("Tau 1")), "dryRun=true"), 202)["id"]
    early = ask(server, f"/disclosures/{name}/report")
    assert (early.status, "not there yet" in early.text) == (409, True)
    assert ask(server, f"/disclosures/{name}", "DELETE").status == 202
    assert waited(server, name, over)["state"] == "cancelled"


def test_a_report_speaks_the_language_that_is_asked_for(server: Server, checked: str) -> None:
    here = f"/disclosures/{checked}/report.txt"
    for reply, language in (
        (ask(server, f"{here}?lang=nb"), "nb"),
        (ask(server, here, Accept_Language="fr, de-AT;q=0.8, en;q=0.5"), "de"),
        (ask(server, here, Accept_Language="no"), "nb"),
        (ask(server, here, Accept_Language="fr"), "en"),
    ):
        assert reply.headers["content-language"] == language
    german, english = ask(server, f"{here}?lang=de").text, ask(server, f"{here}?lang=en").text
    assert german != english


def test_the_page_of_a_report_may_style_itself_and_nothing_else(server: Server, checked: str) -> None:
    policy = ask(server, f"/disclosures/{checked}/report.html").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_a_submission_is_cancelled_once(server: Server) -> None:
    rows = [row(f"Kappa {n}") for n in range(600)]
    name = told(hand_in(server, form(*rows)), 202)["id"]
    assert told(ask(server, f"/disclosures/{name}", "DELETE"), 202)["cancelRequested"]
    assert waited(server, name, over)["state"] == "cancelled"
    again = ask(server, f"/disclosures/{name}", "DELETE")
    assert (again.status, "cancelled" in again.text) == (409, True)
    assert claims(server, "Kappa") == 0


def test_a_sixth_submission_waits_outside(server: Server) -> None:
    long = told(hand_in(server, form(*(row(f"Lambda {n}") for n in range(600))), "dryRun=true"), 202)
    replies = [hand_in(server, bytes([65 + number]) * 50, "dryRun=true", reader="busy") for number in range(6)]
    assert [reply.status for reply in replies] == [202] * 5 + [429]
    assert int(replies[-1].headers["retry-after"]) > 0
    assert ask(server, long["links"]["self"], "DELETE").status in {202, 409}
    waited(server, long["id"], over)
    for reply in replies[:5]:
        waited(server, told(reply, 202)["id"], over, reader="busy")
    assert hand_in(server, b"now", "dryRun=true", reader="busy").status == 202


def test_what_was_handed_in_is_taken_back_and_kept_out_rows_are_tried_again(server: Server) -> None:
    content = form(row("My 1", contract="K2", model="L3"), row("My 2", contract="K2", model="L3", country="Chnia"))
    report = told(hand_in(server, content, "wait=60", reader="reseller-2"), 200)
    here = f"/disclosures/{report['submission']}"
    assert (report["state"], report["totals"]["quarantined"]) == ("done", 1), report
    tried = told(ask(server, f"{here}/retry", "POST", reader="reseller-2"), 200)
    assert tried["totals"]["quarantined"] == 1
    taken = told(ask(server, f"{here}/withdraw?reason=wrong", "POST", reader="reseller-2"), 200)
    assert (taken["state"], len(taken["records"])) == ("withdrawn", 1)
    assert ask(server, f"{here}/withdraw", "POST", reader="reseller-2").status == 409


def test_the_form_comes_filled_in_for_whoever_may_see_the_contract(server: Server) -> None:
    here = "/disclosures/template?lang=de&contract=https://data.example.org/id/"
    reply = ask(server, here + "K1")
    assert reply.status == 200, reply.text
    assert openpyxl.load_workbook(io.BytesIO(reply.content)).sheetnames
    assert ask(server, here + "K2").status == ask(server, here + "K9").status == 404
    assert ask(server, "/disclosures/template").status == 400


def test_the_counts_of_submissions_are_for_the_staff(server: Server) -> None:
    assert 'ewgraph_submissions{state="done"} ' in server.request("/metrics", reader="staff").text
    assert "ewgraph_submissions" not in server.request("/metrics").text


def test_the_page_to_hand_in_is_for_everybody_and_runs_our_script_only(server: Server) -> None:
    page = server.request("/disclosures", accept="text/html,*/*;q=0.8")
    assert (page.status, page.media_type) == (200, "text/html")
    assert page.text.count("<script") == page.text.count('<script src="/static/disclosures.js" defer></script>') == 1
    assert "curl" in page.text
    assert "unsafe" not in page.headers["content-security-policy"]
    assert server.request("/static/disclosures.js").status == 200


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_a_job_outlives_its_service_and_is_done_once(tmp_path: Path, end: signal.Signals) -> None:
    data = tmp_path / "data"
    keys = prepared(data)
    settings = {"EWGRAPH_LOAD_MEGABYTES": "5", "EWGRAPH_QUERY_WORKERS": "1"}
    content = form(*(row(f"Omega {n}") for n in range(600)))
    with serving(data, keys, **settings) as first:
        name = told(hand_in(first, content), 202)["id"]
        waited(first, name, lambda status: status["state"] == "running")
        first.process.send_signal(end)
        first.process.wait(20)
    with serving(data, keys, **settings) as second:
        status = waited(second, name, over)
        assert (status["state"], status["error"]) == ("done", None)
        report = told(ask(second, f"/disclosures/{name}/report"), 200)
        assert report["totals"]["letIn"] == 600
        assert claims(second, "Omega") == 600
        again = told(hand_in(second, content, "wait=60"), 200)
        assert again["state"] == "unchanged"
