"""One secret of every kind is hidden in the example world, and hunted through every route by whoever may not see it.

Asked for by its own IRI, a secret is answered as what does not exist, but for the echo of what was asked.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import pytest
from graphql import GraphQLObjectType, TypeInfo, TypeInfoVisitor, Visitor, parse, visit
from starlette.routing import Mount, Route

from ewgraph import log
from ewgraph.catalogue import Catalogue
from tests.conftest import PREFIXES, ROOT, TickingClock, by_record, draft, named
from tests.ingest.disclosing.worlds import form, row
from tests.security.drawn_graphql import SCHEMA
from tests.security.hunts import HUNTS, Prey, event_documents, graphql_documents, is_within_limits, routes_of, unhunted
from tests.security.replies import Asked, Reply
from tests.security.secrets_world import (
    ABSENT,
    BRAND,
    OTHER_BUYER,
    OTHER_PARTNER,
    PARTIES,
    PARTNER,
    PUBLIC_SITE,
    READERS,
    RECORDS,
    RESELLER,
    SECRETS,
    Secret,
    token,
)
from tests.security.twins import NOW, Reader, Service, opened, serving

pytestmark = pytest.mark.no_cover  # it takes two thirds longer to note which lines run, and others run them

EXAMPLE = ("affiliations", "catalogue", "contracts", "monitoring", "testimonies", "releases")
OWN = frozenset({RESELLER, "staff"})
CELL, FILE, UPLOAD = token("quarantined cell"), token("file name"), token("uploaded file")
STRANGERS = {name: tuple(one for one in SECRETS if name not in one.seen_by) for name in READERS}


@dataclass(slots=True)
class World:
    """The service over the example world, and what is hidden in it beside the records."""

    service: Service
    lines: io.StringIO
    secrets: tuple[Secret, ...]
    submission: str
    files: tuple[str, ...]
    catalogue: Catalogue

    def prey(self, **more: Any) -> Prey:
        """What a hunt asks for that names no secret."""
        names = (PUBLIC_SITE, "https://data.example.org/id/canary-brand", "https://data.example.org/id/canary-list")
        readers = tuple(Reader(name).principal for name in READERS)
        absent = Prey(names, ("zq", "canary"), ("sub-" + "0" * 20,), ("0" * 64,), self.catalogue, readers)
        return replace(absent, **more)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[World]:
    workspace = opened(tmp_path_factory.mktemp("canaries") / "data", TickingClock(NOW))
    source = workspace.ledger.keep_source("example.trig", b"example")
    texts = [(ROOT / "data" / "example" / f"{name}.trig").read_text(encoding="utf-8") for name in EXAMPLE]
    for text in [*texts, PREFIXES + RECORDS]:
        workspace.ledger.append([draft(quads, source) for quads in by_record(text)])
    workspace.project()
    lines = io.StringIO()
    log.configure("debug", lines)
    with serving(workspace, [Reader(name) for name in READERS]) as service:
        watch_everybody(service)
        submission = handed_in(service)
        uploaded = hashlib.sha256(UPLOAD.encode()).hexdigest()
        service.client.put(f"/disclosures/files/{uploaded}", content=UPLOAD.encode(), headers=bearer(service, RESELLER))
        kept = service.client.get(f"/disclosures/{submission}", headers=bearer(service, RESELLER)).json()
        secrets = (
            *SECRETS,
            Secret("submission", submission, OWN),
            Secret("submission's file", FILE, PARTIES),
            Secret("quarantined cell", CELL, OWN),
            Secret("hash of an uploaded file", uploaded, frozenset({RESELLER})),
            *(
                Secret(f"key of {name}", key.split("_")[1], frozenset({"staff"}))
                for name, key in service.tokens.items()
            ),
        )
        yield World(service, lines, secrets, submission, (uploaded, kept["sha256"]), catalogue)
    logging.getLogger("ewgraph").handlers.clear()
    logging.getLogger("ewgraph").propagate = True


def bearer(service: Service, reader: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {service.tokens[reader]}"}


def watch_everybody(service: Service) -> None:
    """Every reader with a key wants to hear of what concerns anybody, from the beginning."""
    whom = [named(one) for one in (OTHER_BUYER, RESELLER, PARTNER, BRAND)]
    for reader in (one for one in READERS if one in service.tokens):
        for who in whom:
            service.workspace.watches.add(Reader(reader).principal, who, "all", ())


def handed_in(service: Service) -> str:
    """A disclosure by the reseller, of which one row is kept out; its id once it is worked off."""
    contract = next(one for one in SECRETS if one.kind == "contract").text
    model = next(one for one in SECRETS if one.kind == "model").text
    content = form(
        row("Plant One", contract=contract, model=model),
        row("Plant Two", contract=contract, model=model, country=CELL),
    )
    answer = service.client.post(
        "/disclosures",
        params={"wait": "60"},
        files={"file": (f"{FILE}.csv", content, "text/csv")},
        headers=bearer(service, RESELLER) | {"Accept": "application/json"},
    )
    assert answer.status_code == 200, answer.text
    return str(answer.headers["Location"]).rpartition("/")[2]


def found_in(answer: Reply, secrets: tuple[Secret, ...]) -> set[str]:
    """The kinds of the secrets that an answer holds, in its headers, its body, or the parts of a workbook."""
    text = answer.body.decode("utf-8", "replace") + "\n".join(f"{name}: {value}" for name, value in answer.headers)
    return {secret.kind for secret in secrets if secret.text in text}


def unseen(world: World, reader: str) -> tuple[Secret, ...]:
    """What the reader may not see; the keys of all others, and one's own, are for nobody."""
    return tuple(secret for secret in world.secrets if reader not in secret.seen_by)


def test_every_route_is_hunted(world: World) -> None:
    routes = world.service.client.app.routes  # type: ignore[attr-defined]
    assert unhunted(routes) == set(), "write a hunt for the new route and put it into HUNTS (tests/security/hunts.py)"
    assert HUNTS.keys() - set(routes_of(routes)) == set()


def test_a_new_route_without_a_hunt_is_noticed() -> None:
    def endpoint(_: object) -> None: ...

    routes = [
        Route("/health", endpoint),
        Route("/new", endpoint, methods=["GET", "POST"]),
        Mount("/below", routes=[Route("/new", endpoint), Mount("/deeper", routes=[Route("/new", endpoint)])]),
        Mount("/mounted", app=endpoint),
    ]
    new = {"GET /new", "POST /new", "GET /below/new", "GET /below/deeper/new", "ANY /mounted"}
    assert unhunted(routes) == new  # type: ignore[arg-type]


def test_every_field_of_graphql_is_hunted(world: World) -> None:
    asked: set[tuple[str, str]] = set()
    types = TypeInfo(SCHEMA)

    class Fields(Visitor):
        def enter_field(self, node: Any, *_: Any) -> None:
            parent = types.get_parent_type()
            assert parent is not None
            asked.add((parent.name, node.name.value))

    for document in chain(graphql_documents(world.prey()), event_documents(world.prey())):
        assert is_within_limits(document), document  # else it is refused, and finds nothing
        visit(parse(document), TypeInfoVisitor(types, Fields()))
    every = {
        (kind.name, name)
        for kind in SCHEMA.type_map.values()
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__")
        for name in kind.fields
    }
    assert every - asked == set()


@pytest.mark.parametrize("reader", READERS)
def test_no_route_brings_a_secret_to_light(world: World, reader: str) -> None:
    """Each route is asked in all its formats, for what everybody may know of."""
    secrets = unseen(world, reader)
    leaks = defaultdict(set)
    prey = world.prey(steps=4 if reader in {"public", OTHER_BUYER, "staff"} else 2)
    for route, hunt in HUNTS.items():
        for asked in hunt(prey):
            answer = world.service.ask(asked, reader)
            assert answer.status != 500, asked
            if found := found_in(answer, secrets):
                leaks[route] |= found
    assert leaks == {}


@pytest.mark.parametrize("reader", ["public", OTHER_BUYER, BRAND, PARTNER, "staff"])
def test_a_secret_asked_for_by_name_is_answered_as_what_is_not_there(world: World, reader: str) -> None:
    """The answers differ in nothing but the echo of the name."""
    hidden = [secret for secret in unseen(world, reader) if secret.iri]
    for place, secret in enumerate(hidden):
        absent = secret.iri.replace(secret.text, ABSENT)
        pairs = zip(
            pointed(world.prey(names=(secret.iri,), words=(secret.text,), steps=1), place),
            pointed(world.prey(names=(absent,), words=(ABSENT,), steps=1), place),
            strict=True,
        )
        for forbidden, missing in (pair for pair in pairs if pair[0] != pair[1]):
            one, other = world.service.ask(forbidden, reader), world.service.ask(missing, reader)
            echo = (secret.text.encode(), ABSENT.encode())
            if echo[0] in one.body:
                one, other = without_digests(one), without_digests(other)
            headers = tuple((name, value.replace(secret.text, ABSENT)) for name, value in one.headers)
            assert Reply(one.status, headers, one.body.replace(*echo)) == other, forbidden


DIGESTS = re.compile(rb"[0-9a-f]{64}|(?<=SHA-256 )[0-9a-f]{16}|(?<=-)[0-9a-f]{8}(?=,\n)")


def without_digests(reply: Reply) -> Reply:
    """An answer without what is made of its bytes: where these repeat the name that was asked for, it differs so."""
    headers = tuple(
        (name, DIGESTS.sub(b"-", value.encode()).decode()) for name, value in reply.headers if name != "etag"
    )
    return Reply(reply.status, headers, DIGESTS.sub(b"-", reply.body))


EVERY = 16
"""GraphQL and stored queries have many requests for a name: each is asked with every so manieth secret."""


def pointed(prey: Prey, place: int) -> Iterator[Asked]:
    """The requests of all hunts that name something, but for record files: each of these starts a process."""
    for route, hunt in HUNTS.items():
        if route == "POST /records":
            continue
        many = route in {"ANY /graphql", "GET /queries/{name}"}
        for number, asked in enumerate(hunt(prey)):
            if not many or number % EVERY == place % EVERY:
                yield asked


@pytest.mark.parametrize("reader", ["public", OTHER_BUYER])
def test_what_another_handed_in_is_answered_as_what_is_not_there(world: World, reader: str) -> None:
    nobodys, no_file = "sub-" + hashlib.sha256(b"nobody").hexdigest()[:20], hashlib.sha256(b"nothing").hexdigest()
    for sha256 in world.files:
        one = world.prey(names=(), words=(), submissions=(world.submission,), files=(sha256,))
        other = world.prey(names=(), words=(), submissions=(nobodys,), files=(no_file,))
        for route, hunt in HUNTS.items():
            if not route.endswith(("/graphql", "/queries/{name}", "/sparql")):
                for theirs, none in zip(hunt(one), hunt(other), strict=True):
                    answer, expected = world.service.ask(theirs, reader), world.service.ask(none, reader)
                    body = answer.body.replace(world.submission.encode(), nobodys.encode())
                    headers = tuple((name, value.replace(world.submission, nobodys)) for name, value in answer.headers)
                    body = body.replace(sha256.encode(), no_file.encode())
                    assert Reply(answer.status, headers, body) == expected, theirs


SHOWING = (
    *("GET /id", "POST /sparql", "GET /disclosures", "GET /disclosures/{id}", "GET /disclosures/{id}/report"),
    *("GET /disclosures/files/{sha256}", "GET /staff/keys"),
)
"""Routes that show most; each kind of secret is shown by one of them."""


def test_whoever_may_see_a_secret_finds_it(world: World) -> None:
    """Otherwise the hunt would be blind."""
    missed = set()
    for reader in READERS:
        seen = tuple(secret for secret in world.secrets if reader in secret.seen_by)
        names = tuple(secret.iri for secret in seen if secret.iri)
        prey = world.prey(names=names, submissions=(world.submission,), files=world.files)
        found = set()
        for route in SHOWING:
            for asked in HUNTS[route](prey):
                found |= found_in(world.service.ask(asked, reader), seen)
        missed |= {(reader, secret.kind) for secret in seen} - {(reader, kind) for kind in found}
    assert missed == set()


@pytest.mark.parametrize(
    "route",
    [
        *("GET /search", "GET /suggest", "GET /queries/{name}"),
        *("GET /reconcile", "POST /reconcile", "GET /reconcile/suggest/{what}"),
    ],
)
def test_whoever_may_see_a_name_finds_it_by_every_way_of_searching(world: World, route: str) -> None:
    """Otherwise the hunt would be blind here."""
    names = tuple(secret for secret in SECRETS if secret.kind in {"site label", "model label", "contract label"})
    prey = world.prey(words=tuple(secret.text for secret in names))
    found = set[str]()
    for asked in HUNTS[route](prey):
        found |= found_in(world.service.ask(asked, RESELLER), names)
    assert found == {secret.kind for secret in names}


@pytest.mark.parametrize("reader", [BRAND, OTHER_BUYER, OTHER_PARTNER])
def test_records_that_take_the_names_of_secrets_are_answered_as_those_that_take_new_ones(
    world: World, reader: str
) -> None:
    hidden = [secret for secret in unseen(world, reader) if secret.iri]
    absent = {secret.text: token(f"absent {secret.kind}") for secret in hidden}
    told = []
    for names in ([one.iri for one in hidden], [one.iri.replace(one.text, absent[one.text]) for one in hidden]):
        (asked,) = HUNTS["POST /records"](world.prey(names=tuple(names)))
        asked = replace(asked, body=(asked.body or b"").replace(b"ex:canary-brand", reader.encode()))
        answer = world.service.ask(asked, reader)
        assert (answer.status, b'"results"' in answer.body) == (422, True)
        lines = answer.body.decode()
        for secret, other in absent.items():
            lines = lines.replace(secret, other)
        refused = [(one["record"], *map(str, one["results"])) for one in json.loads(lines)["refused"]]
        told.append(sorted(refused))
    assert told[0] == told[1]


@pytest.mark.parametrize("dry_run", ["true", "false"])
@pytest.mark.parametrize("kind", ["finding", "report", "testimony", "strict claim", "members' note"])
def test_a_file_that_names_a_secret_is_answered_as_one_that_names_what_is_not_there(
    world: World, kind: str, dry_run: str
) -> None:
    """The contractor of a contract says that one of its models is made at what is, unknown to it, something else."""
    secret = next(one for one in SECRETS if one.kind == kind)
    absent = token(f"absent {kind} {dry_run}")
    one, other = (report_on(world, site, dry_run) for site in (secret.text, absent))
    assert one.replace(secret.text, absent) == other


def report_on(world: World, site: str, dry_run: str) -> str:
    """What becomes of a row that names a site: the status, the state, and what is said of its cells."""
    named = {one.kind: one.text for one in SECRETS}
    content = form(row("Plant", contract=named["contract"], model=named["model"], site=site))
    answer = world.service.client.post(
        "/disclosures",
        params={"wait": "60", "dryRun": dry_run},
        files={"file": ("mine.csv", content, "text/csv")},
        headers=bearer(world.service, RESELLER) | {"Accept": "application/json"},
    )
    report = answer.json()
    results = [[one["cell"], one["severity"], one["message"]] for one in report.get("results", [])]
    told = [answer.status_code, report["state"], report.get("error"), report.get("totals"), results]
    return json.dumps(told)


def test_the_log_holds_no_secret(world: World) -> None:
    """Neither what records say, nor what was asked for, nor a key."""
    hidden = [secret for secret in world.secrets if secret.kind != "submission"]
    for secret in hidden[:12]:
        for route in (
            "GET /id",
            "GET /id/{path:path}",
            "POST /sparql",
            "GET /disclosures/template",
            "POST /disclosures",
        ):
            for asked in HUNTS[route](world.prey(names=(secret.iri,))):
                world.service.ask(asked, OTHER_BUYER)
    lines = world.lines.getvalue()
    assert lines.count('"event": "request"') > 100
    assert [secret.kind for secret in hidden if secret.text in lines] == []
    assert [name for name, key in world.service.tokens.items() if key in lines] == []
