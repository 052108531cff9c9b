"""What is new: each audience's records in the order in which it came to see them, and nothing of any other."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import feedparser
import pyshacl
import pytest
import rdflib
from starlette.testclient import TestClient

from ewgraph.access import PUBLIC_READER
from ewgraph.api.linkeddata.timeline import Item, Timeline, Timelines
from ewgraph.errors import InputError
from ewgraph.graph.audience import PUBLIC
from ewgraph.model.rdf import IRI, RdfFormat, parse
from ewgraph.settings import Settings
from ewgraph.web import feeds
from ewgraph.web.app import create_app
from ewgraph.web.workspace import Workspace
from tests.conftest import PREFIXES, TickingClock, by_record, draft, named

pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning:rdflib"
)  # its reader of N-Quads uses what it deprecates
NOW = dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)
BASE = "http://localhost:8000/"
TREE = rdflib.Namespace("https://w3id.org/tree#")
LDES = rdflib.Namespace("https://w3id.org/ldes#")
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
ATOM = "{http://www.w3.org/2005/Atom}"
RECORD = """
ex:{name} {{ ex:{name} a ew:SupplierListEdition ; prov:wasAttributedTo ex:brand ; ew:visibility vis:{level} ;
    rdfs:label "List {name} & <b>" ; ew:receivedAt "2023-03-01T00:00:00Z"^^xsd:dateTime .
  ex:c-{name} a ew:SupplyClaim ; ew:assertedIn ex:{name} ; ew:site ex:works ; ew:tier tier:final-assembly ;
    ew:scope scope:brand ; ew:forBrand ex:brand ; ew:evidenceBasis eb:brand-list .
  ex:works a ew:Factory ; rdfs:label "Works" ; adms:identifier [ a adms:Identifier ; skos:notation "W-1" ] .
  ex:brand a ew:Organization ; rdfs:label "Brand" . }}
"""
RELEASE = """
ex:{name} {{ ex:{name} a ew:Release ; prov:wasAttributedTo ex:steward ; ew:visibility vis:staff ; {more}
    ew:releases ex:{record} ; ew:receivedAt "2026-09-01T00:00:00Z"^^xsd:dateTime ; ew:toVisibility vis:{level} ;
    ew:releasedAt "2026-09-02T00:00:00Z"^^xsd:dateTime . }}
"""
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix tree: <https://w3id.org/tree#> .
@prefix ldes: <https://w3id.org/ldes#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
[] a sh:NodeShape ; sh:targetClass ldes:EventStream ;
  sh:property [ sh:path tree:view ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path ldes:timestampPath ; sh:hasValue prov:generatedAtTime ; sh:maxCount 1 ] ,
    [ sh:path ldes:versionOfPath ; sh:hasValue dct:isVersionOf ; sh:maxCount 1 ] ,
    [ sh:path tree:member ; sh:nodeKind sh:IRI ; sh:node [
      sh:property [ sh:path prov:generatedAtTime ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:dateTime ] ,
        [ sh:path dct:isVersionOf ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ] ] .
[] a sh:NodeShape ; sh:targetClass tree:Node ;
  sh:property [ sh:path tree:relation ; sh:maxCount 1 ; sh:class tree:GreaterThanOrEqualToRelation ] .
[] a sh:NodeShape ; sh:targetObjectsOf tree:relation ;
  sh:property [ sh:path tree:node ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path tree:path ; sh:hasValue prov:generatedAtTime ] ,
    [ sh:path tree:value ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:dateTime ] .
"""


@dataclass(slots=True)
class World:
    """A service, and a way to bring records into it."""

    workspace: Workspace
    client: TestClient
    clock: TickingClock
    keys: dict[str, str]

    def bring(self, *texts: str) -> None:
        for text in texts:
            source = self.workspace.ledger.keep_source("x", text.encode())
            self.workspace.ledger.append([draft(quads, source) for quads in by_record(PREFIXES + text)])
            self.workspace.project()

    def list(self, *names: str, level: str = "public") -> None:
        self.bring(*(RECORD.format(name=name, level=level) for name in names))

    def get(self, path: str, accept: str, reader: str = "public") -> Any:
        headers = {"Accept": accept} | ({"Authorization": f"Bearer {self.keys[reader]}"} if reader in self.keys else {})
        return self.client.get(path, headers=headers, follow_redirects=False)

    def atom(self, name: str = "public", reader: str = "public") -> list[str]:
        """The records of the newest page of a feed."""
        found = feedparser.parse(self.get(f"/feed/{name}", "application/atom+xml", reader).content)
        assert not found.bozo, found.get("bozo_exception")
        related = [next(one.href for one in entry.links if one.rel == "related") for entry in found.entries]
        return [one.rpartition("/")[2] for one in related]

    def pages(self, name: str = "public", reader: str = "public") -> Iterator[tuple[rdflib.Dataset, Any]]:
        """The pages of a stream, as a program finds them: from the stream along its relations."""
        accept = "application/n-quads"
        root = rdflib.Graph().parse(data=self.get(f"/feed/{name}", "text/turtle", reader).content, format="turtle")
        place = root.value(rdflib.URIRef(f"{BASE}feed/{name}"), TREE.view)
        while place is not None:
            address = urlsplit(str(place))
            reply = self.get(f"{address.path}?{address.query}".rstrip("?"), accept, reader)
            page = rdflib.Dataset().parse(data=reply.content, format="nquads")
            yield page, reply
            assert (place, rdflib.RDF.type, TREE.Node) in page
            relation = page.value(place, TREE.relation)
            place = page.value(relation, TREE.node) if relation else None


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    clock = TickingClock(NOW)
    with Workspace(Settings(data=tmp_path / "data", query_workers=1, requests_per_second=0), clock) as workspace:
        keys = {
            name: workspace.keyring.add(reader)
            for name, reader in {"staff": "staff", "org": named("org").value}.items()
        }
        with TestClient(create_app(workspace.settings, workspace)) as client:
            yield World(workspace, client, clock, keys)


def versions(page: rdflib.Dataset) -> list[tuple[str, str]]:
    """The members of a page in time: when, and what of."""
    found = page.objects(None, TREE.member)
    return sorted(
        (str(page.value(one, PROV.generatedAtTime)), str(page.value(one, rdflib.DCTERMS.isVersionOf))) for one in found
    )


def test_a_feed_reader_reads_it(world: World) -> None:
    world.list("L1", "L2")
    reply = world.get("/feed/public", "application/atom+xml,text/xml;q=0.9,*/*;q=0.8")
    assert reply.headers["content-type"] == "application/atom+xml"
    found = feedparser.parse(reply.content)
    assert (found.bozo, found.version) == (False, "atom10")
    newest = found.entries[0]
    assert (newest.title, newest.category) == ("List L2 & <b>", "supplier list edition")
    assert newest.author == "Brand"
    assert newest.summary == "Said by Brand, received on 2023-03-01."
    assert found.feed.updated == newest.updated
    ET.fromstring(reply.content)  # noqa: S314  # our own


def test_what_the_standard_demands_of_a_feed_is_there(world: World) -> None:
    """RFC 4287, 4.1.1 and 4.1.2; and ids are not used twice."""
    world.list("L1", "L2")
    root = ET.fromstring(world.get("/feed/public", "application/atom+xml").content)  # noqa: S314  # our own
    for element in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert element.findall(f"{ATOM}author/{ATOM}name")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", element.findtext(f"{ATOM}updated") or "")
        assert [link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
    assert len({element.findtext(f"{ATOM}id") for element in root.iter(f"{ATOM}entry")}) == 2
    assert [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"] == [
        f"{BASE}feed/public"
    ]


def test_each_audience_has_a_feed_of_its_own(world: World) -> None:
    world.list("L1")
    world.list("S1", level="staff")
    assert world.atom() == ["L1"]
    assert world.atom("staff", "staff") == ["S1"]
    assert world.atom("own", "org") == []
    for name, reader in (("staff", "public"), ("affiliates", "org"), ("own", "public"), ("own", "staff")):
        for path in (f"/feed/{name}", f"/feed/{name}/pages", f"/feed/{name}?before=1"):
            hidden, absent = (
                world.get(one, "application/json", reader) for one in (path, path.replace(f"/{name}", "/none"))
            )
            assert hidden.status_code == absent.status_code == 404
            bodies = [re.sub(r"urn:uuid:[0-9a-f-]+", "", one.text) for one in (hidden, absent)]
            assert bodies[0] == bodies[1]


def test_a_stream_is_the_same_for_all_its_readers(world: World) -> None:
    """What the staff alone see of a record of everybody's is not in everybody's stream: it is passed on as that."""
    said = RECORD.format(name="L1", level="public")
    world.bring(said.replace("eb:brand-list .", "eb:brand-list ; ew:visibility vis:staff ."))
    claim = f"/id?iri={named('c-L1').value}"
    assert [world.get(claim, "text/turtle", reader).status_code for reader in ("public", "staff")] == [404, 200]
    for path, accept in (("/feed/public/pages", "application/n-quads"), ("/feed/public", "application/atom+xml")):
        assert world.get(path, accept, "staff").text == world.get(path, accept).text


def test_a_program_finds_every_record_once_however_many_there_are(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "MOST", 3)
    for number in range(7):
        world.list(f"L{number}")
        world.list(f"S{number}", level="staff")
    pages = list(world.pages())
    assert [[name.rpartition("/")[2] for _, name in versions(page)] for page, _ in pages] == [
        ["L0", "L1", "L2"],
        ["L3", "L4", "L5"],
        ["L6"],
    ]
    kept = [reply.headers["cache-control"] for _, reply in pages]
    assert kept == ["public, max-age=86400, immutable"] * 2 + ["private, no-cache"]
    for (earlier, _), (later, _) in pairwise(pages):
        value = str(next(earlier.objects(None, TREE.value)))
        assert max(at for at, _ in versions(earlier)) == value <= min(at for at, _ in versions(later))
    world.list("L7", "L8", "L9")
    again = list(world.pages())
    assert [reply.content for _, reply in again[:2]] == [reply.content for _, reply in pages[:2]]
    assert "immutable" in again[2][1].headers["cache-control"]


def test_feeds_go_back_page_by_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST", 2)
    world.list(*(f"L{number}" for number in range(5)))
    place: str | None = "/feed/public"
    seen = []
    while place:
        reply = world.get(place, "application/atom+xml")
        found = feedparser.parse(reply.content)
        assert ("immutable" in reply.headers["cache-control"]) == ("before" in place)
        seen.append([entry.title[5:7] for entry in found.entries])
        place = next(
            (link.href.removeprefix(BASE.rstrip("/")) for link in found.feed.links if link.rel == "next"), None
        )
    assert seen == [["L4", "L3"], ["L2", "L1"], ["L0"]]


def test_every_page_keeps_to_the_rules_of_streams(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST", 2)
    world.list("L1", "L2", "L3")
    for page, _ in world.pages():
        plain = rdflib.Graph()
        for triple in page.default_graph:
            plain.add(triple)
        conforms, _, text = pyshacl.validate(plain, shacl_graph=SHAPES, shacl_graph_format="turtle")
        assert conforms, text
        for member in page.objects(None, TREE.member):
            said = set(page.graph(member))
            assert len({subject for subject, _, _ in said}) > 2


def test_a_member_is_what_its_record_says_and_nothing_that_may_change(world: World) -> None:
    world.list("L1")
    ((before, _),) = world.pages()
    (member,) = before.objects(None, TREE.member)
    said = {tuple(map(str, triple)) for triple in before.graph(member)}
    subjects = {subject.rpartition("/")[2] for subject, _, _ in said}
    assert subjects == {"L1", "c-L1", "works", "brand"}
    assert {p for s, p, _ in said if s.endswith("/works")} == {"https://w3id.org/ewgraph/ns#describedIn"}
    world.bring(RECORD.format(name="L2", level="public").replace('"Works"', '"Works renamed"'))
    ((after, _),) = world.pages()
    assert {tuple(map(str, triple)) for triple in after.graph(member)} == said


def test_what_is_opened_later_comes_then_and_what_is_closed_leaves(world: World) -> None:
    world.list("S1", level="staff")
    world.list("L1")
    assert world.atom() == ["L1"]
    last = [entry.id for entry in feedparser.parse(world.get("/feed/public", "application/atom+xml").content).entries]
    world.bring(RELEASE.format(name="O1", record="S1", level="public", more=""))
    assert world.atom() == ["S1", "L1"], "not where it would have been, had it been public at once"
    found = feedparser.parse(world.get("/feed/public", "application/atom+xml").content)
    assert found.entries[1].id == last[0]
    assert "It was recorded before" in found.entries[0].summary
    pages = world.get(f"/feed/public/pages?after={last[0].rpartition('#')[2]}", "application/n-quads")
    assert "S1>" in pages.text  # who follows finds it
    world.bring(RELEASE.format(name="O2", record="S1", level="staff", more="prov:wasRevisionOf ex:O1 ;"))
    assert world.atom() == ["L1"]
    assert "S1" not in world.get("/feed/public/pages", "application/n-quads").text


def test_a_cursor_stays_right_when_its_record_is_gone(world: World) -> None:
    world.list("S1", level="staff")
    world.bring(RELEASE.format(name="O1", record="S1", level="public", more=""))
    ((page, _),) = world.pages()
    (cursor,) = (str(one).rpartition("#")[2] for one in page.objects(None, TREE.member))
    world.bring(RELEASE.format(name="O2", record="S1", level="staff", more="prov:wasRevisionOf ex:O1 ;"))
    world.list("L1")
    text = world.get(f"/feed/public/pages?after={cursor}", "application/n-quads").text
    assert "/L1>" in text


def test_what_has_not_changed_is_not_sent_again(world: World) -> None:
    world.list("L1")
    for path in ("/feed/public", "/feed/public/pages", "/feed"):
        reply = world.client.get(path)
        for name, value in (
            ("If-None-Match", reply.headers["etag"]),
            ("If-Modified-Since", reply.headers.get("last-modified")),
        ):
            if value:
                assert world.client.get(path, headers={name: value}).status_code == 304
    before = world.client.get("/feed/public").headers["last-modified"]
    world.list("S1", level="staff")
    assert world.client.get("/feed/public", headers={"If-Modified-Since": before}).status_code == 304
    world.clock.time += dt.timedelta(seconds=2)
    world.list("L2")
    assert world.client.get("/feed/public", headers={"If-Modified-Since": before}).status_code == 200


@pytest.mark.parametrize("path", ["/feed/public?before=x", "/feed/public/pages?after=1", "/feed/public/pages?after="])
def test_what_is_no_cursor_is_refused(world: World, path: str) -> None:
    reply = world.client.get(path, headers={"Accept": "application/n-quads, application/atom+xml"})
    assert reply.status_code == 400
    assert "is no cursor" in reply.json()["detail"]


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("application/trig", RdfFormat.TRIG),
        ("application/n-quads", RdfFormat.N_QUADS),
        ("text/turtle", RdfFormat.TURTLE),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/rdf+xml", RdfFormat.RDF_XML),
    ],
)
def test_pages_are_written_in_every_format(world: World, accept: str, form: RdfFormat) -> None:
    world.list("L1")
    reply = world.get("/feed/public/pages", accept)
    assert reply.headers["content-type"].startswith(accept)
    triples = {str(quad.triple) for quad in parse(reply.content, format=form)}
    expected = parse(world.get("/feed/public/pages", "application/n-quads").content, format=RdfFormat.N_QUADS)
    assert triples == {str(quad.triple) for quad in expected}


def test_people_read_it_too(world: World) -> None:
    world.list("L1")
    assert "List L1 &amp; &lt;b&gt;" in world.get("/feed/public", "text/html").text
    listed = world.get("/feed", "text/html", "staff").text
    assert [name for name in ("public", "affiliates", "staff", "own") if f'"/feed/{name}"' in listed] == [
        "public",
        "affiliates",
        "staff",
    ]


def test_what_came_later_waits_for_what_the_graph_does_not_show_yet() -> None:
    """Else who follows would pass the place at which that will stand."""
    hours = [NOW + dt.timedelta(hours=hour) for hour in range(3)]
    items = [Item.of(at, IRI(f"urn:{at.hour}")) for at in hours]

    class Seen(Timelines):
        def _items(self, _: object) -> list[Item]:  # type: ignore[override]
            return items

    class View:
        def only(self, _: IRI) -> View:
            return self

    for waiting, seen in ((None, 3), (hours[1], 1), (hours[0], 0)):
        timelines = Seen(lambda _: {}, lambda _: "", lambda: 7, lambda seq, at=waiting: at if seq == 7 else None)  # type: ignore[misc]
        assert len(timelines.of(View(), IRI("urn:g")).items) == seen  # type: ignore[arg-type]


def test_two_records_of_one_instant_have_their_places() -> None:
    items = sorted(Item.of(NOW, IRI(f"urn:{name}")) for name in "abcde")
    timeline = Timeline(items)
    first, more = timeline.after(None, 2)
    second, _ = timeline.after(first[-1].key, 9)
    assert (more, [*first, *second]) == (True, items)
    assert timeline.before(first[-1].key, 9)[0] == items[:1]
    with pytest.raises(InputError, match="no cursor"):
        timeline.after("../x", 2)


NOTICE = """
ex:{name} {{ ex:{name} a ew:ContractNotice ; prov:wasAttributedTo ex:uni ; ew:visibility vis:public ; {more}
    ew:receivedAt "2023-03-01T00:00:00Z"^^xsd:dateTime .
  ex:k a ew:Contract ; ew:buyer ex:uni ; ew:hasLine ex:line . ex:line a ew:ContractLine ; rdfs:label "{label}" . }}
"""


def test_a_line_that_several_notices_speak_of_is_told_of_by_name_only(world: World) -> None:
    world.bring(NOTICE.format(name="N1", label="Before", more=""))
    ((before, _),) = world.pages()
    (member,) = before.objects(None, TREE.member)
    world.bring(NOTICE.format(name="N2", label="After", more="prov:wasRevisionOf ex:N1 ;"))
    ((after, _),) = world.pages()
    assert set(after.graph(member)) == set(before.graph(member))
    assert (rdflib.URIRef(named("line").value), None, rdflib.URIRef(named("N1").value)) in after.graph(member)


def test_no_sign_that_xml_has_not_ends_a_feed(world: World) -> None:
    world.bring(RECORD.format(name="L1", level="public").replace("List L1", r"List \u0001\uFFFF L1"))
    found = feedparser.parse(world.get("/feed/public", "application/atom+xml").content)
    assert (found.bozo, found.entries[0].title) == (False, "List \ufffd\ufffd L1 & <b>")


def test_what_others_come_to_see_costs_a_reader_nothing(world: World) -> None:
    """Else the time that its next answer takes would tell that something was released to somebody."""
    world.list("S1", "S2", level="staff")
    log, made = world.workspace.release_log, []

    def shown_since(graph: IRI) -> Mapping[IRI, dt.datetime]:
        made.append(graph)
        return log.shown_since(graph)

    timelines = Timelines(shown_since, log.newest, world.workspace.cursor, world.workspace.ledger.recorded_after)

    def asked() -> int:
        view = world.workspace.gate.view(PUBLIC_READER)
        timelines.of(view, PUBLIC)
        return len(made)

    assert asked() == asked() == 1
    world.bring(RELEASE.format(name="O1", record="S1", level="affiliates", more=""))
    assert log.of(named("S1"))
    assert asked() == 1
    world.bring(RELEASE.format(name="O2", record="S2", level="public", more=""))
    assert asked() == 2
