"""What monitors find at works and what comes of it; audits that see less; what is never found in other files."""

from datetime import date, timedelta

from world import cast, codes
from world.chance import below, later, one, some
from world.entities import World
from world.trig import Graph, day, text, typed

SITES_FOUND = (
    "assembly-02",
    "assembly-05",
    "assembly-09",
    "assembly-13",
    "assembly-17",
    "assembly-21",
    "component-04",
    "component-11",
    "component-23",
    "component-37",
    "component-52",
    "component-66",
    "component-80",
    "cerro-vellado",
    "mine-05",
)
KINDS = (
    "excessive-hours",
    "chemical-exposure",
    "agency-wage-gap",
    "passport-retention",
    "no-grievance-channel",
    "unpaid-wages",
    "involuntary-student-labour",
    "machine-safety",
    "harassment",
    "dormitory",
)
STATUS = ("confirmed", "alleged", "under-investigation", "confirmed", "contested", "closed", "not-confirmed")
SEVERITY = ("severity-rba:priority", "severity-rba:major", "severity-rba:minor")


def monitor_of(world: World, site: str) -> str:
    """The partner that works in the region of a site."""
    country = world.sites[site].city[2]
    if country in {"MYS", "THA", "IDN", "VNM"}:
        return "delima-workers-centre"
    return "quebrada-alta" if country in {"BOL", "PER", "MEX", "COD", "RWA", "CHL", "ARG"} else "pinewater-labour-group"


def report(  # noqa: PLR0913 - a report's head
    world: World,
    slug: str,
    title: str,
    site: str,
    on: date,
    *,
    kind: str = "MonitoringReport",
    by: str = "",
    visibility: str = "linked-affiliates",
) -> Graph:
    """A report about one site."""
    graph = world.record(
        "monitoring", kind, slug, title, by or monitor_of(world, site), on, visibility, aboutSite=f"site:{site}"
    )
    world.name_site(graph, site)
    return graph


def finding(  # noqa: PLR0913, PLR0917 - what a finding says
    world: World,
    graph: Graph,
    slug: str,
    site: str,
    kind: str,
    start: date,
    *,
    status: str = "confirmed",
    band: str | None = "100-499",
    groups: tuple[str, ...] = (),
    severity: str = "severity-rba:major",
    closed: date | None = None,
) -> str:
    """A finding at a site; it began on a day, and may be closed."""
    return world.name_claim(
        graph,
        slug,
        "Finding",
        site=f"site:{site}",
        provision=f"ew-code-1:{codes.PROVISION[kind]}",
        findingType=f"finding-type:{kind}",
        breachStatus=f"breach-status:{status}",
        severity=severity,
        affectedBand=f"band:{band}" if band else None,
        affectedGroup=[f"affected-group:{group}" for group in groups],
        linkage="linkage:directly-linked",
        validFrom=day(start),
        validTo=day(closed) if closed else None,
        closedOn=day(closed) if closed else None,
        evidenceBasis="eb:monitor-observation",
    )


def release(world: World, slug: str, on: date, to: str, reason: str) -> None:
    """The steward lets a wider audience see a record."""
    world.record(
        "releases",
        "Release",
        f"release-{slug}",
        f"Release of {slug}",
        cast.STEWARD,
        on,
        to,
        releases=f"record:{slug}",
        toVisibility=f"vis:{to}",
        releasedAt=typed(f"{on}T12:00:00Z", "xsd:dateTime"),
        redaction="redaction:none",
        reason=text(reason, "en"),
    )


def elsewhere(world: World) -> None:
    """Reports about other works and mines, with follow-up for every second one."""
    for place, site in enumerate(SITES_FOUND):
        on = later(date(2023, 2, 1), place * 70, place * 70 + 60, "report", site)
        graph = report(world, f"monitoring-{site}", f"Working conditions at {world.sites[site].label}", site, on)
        mine = world.sites[site].kind == "Mine"
        kinds = ["child-labour"] if mine else some(KINDS, 1 + below(3, "kinds", site), "kinds", site)
        for kind in kinds:
            start = on - timedelta(days=60 + below(150, "began", site, kind))
            closed = STATUS[place % 7] == "closed"
            subject = finding(
                world,
                graph,
                f"finding-{site}-{kind}",
                site,
                kind,
                start,
                status=STATUS[place % 7],
                band=one(("10-19", "20-49", "100-499", None), "band", site, kind),
                severity=one(SEVERITY, "severity", site, kind),
                groups=("young",) if kind == "child-labour" else (),
                closed=on - timedelta(days=5) if closed else None,
            )
            if kind == "chemical-exposure":
                world.name_claim(
                    graph,
                    f"chemical-{site}",
                    "ChemicalClaim",
                    site=f"site:{site}",
                    casNumber=text("110-54-3"),
                    use=text("cleaning of panels", "en"),
                    observedOn=day(on - timedelta(days=30)),
                )
        if not mine:
            _workforce(world, graph, site, on)
        if place % 2 == 0 and not mine:
            _follow_up(world, site, subject, on)


def _workforce(world: World, graph: Graph, site: str, on: date) -> None:
    seen = day(on - timedelta(days=45))
    union = below(4, "union", site)
    world.name_claim(
        graph,
        f"workforce-{site}",
        "WorkforceClaim",
        site=f"site:{site}",
        workersBand=one(("band:100-499", "band:500-999", "band:1000-4999"), "workers", site),
        migrantShare=f"0.{max(5, below(80, 'migrants', site)):02d}",
        agencyShare=f"0.{max(5, below(50, 'agency', site)):02d}",
        observedOn=seen,
    )
    world.name_claim(
        graph,
        f"representation-{site}",
        "RepresentationClaim",
        site=f"site:{site}",
        representation=(
            "representation:union-recognised",
            "representation:none",
            "representation:none",
            "representation:unknown",
        )[union],
        collectiveAgreement="true" if union == 0 else None,
        observedOn=seen,
    )


def recurrence(world: World) -> None:
    """What was closed at one works and is found again two years on; two employers' replies; two releases."""
    site = "assembly-21"
    kind = _findings(world, site)[0].removeprefix(f"claim:finding-{site}-")
    graph = report(
        world, f"monitoring-{site}-again", f"{world.sites[site].label}: found again", site, date(2026, 4, 20)
    )
    finding(
        world, graph, f"finding-{site}-{kind}-again", site, kind, date(2026, 1, 10), status="recurred", band="20-49"
    )
    for place in ("assembly-05", "component-37"):
        target = _findings(world, place)[0]
        reply = world.record(
            "monitoring",
            "Reply",
            f"reply-{place}",
            f"{world.sites[place].label} answers",
            world.sites[place].operator,
            date(2025, 12, 1),
            "linked-affiliates",
            repliesTo=target,
        )
        reply.say(reply.name, {"rdfs:comment": text("The operator asks for the interviews to be repeated.", "en")})
    release(world, "monitoring-assembly-05", date(2025, 6, 2), "affiliates", "Of use to all affiliates.")
    release(world, "monitoring-cerro-vellado", date(2026, 6, 15), "public", "The community asked for it.")


def _findings(world: World, site: str) -> list[str]:
    graph = next(graph for graph in world.files["monitoring"] if graph.name == f"record:monitoring-{site}")
    return [subject for subject in graph.said if subject.startswith("claim:finding-")]


def _follow_up(world: World, site: str, subject: str, on: date) -> None:
    due = on + timedelta(days=120)
    graph = report(
        world, f"follow-up-{site}", f"What was promised at {world.sites[site].label}", site, on + timedelta(days=40)
    )
    done = below(3, "done", site) == 0
    world.name_claim(graph, f"plan-{site}", "CorrectiveActionPlan", addresses=subject, dueOn=day(due))
    world.name_claim(
        graph,
        f"action-{site}",
        "CorrectiveAction",
        addresses=subject,
        inPlan=f"claim:plan-{site}",
        dueOn=day(due),
        reportedDoneOn=day(on + timedelta(days=35)) if done else None,
        actionStatus="action-status:reported-done" if done else "action-status:planned",
    )


def audits(world: World) -> None:
    """Eight audits by an auditor; they state what they saw, which is little."""
    for site in (
        "assembly-01",
        "assembly-02",
        "assembly-07",
        "assembly-12",
        "assembly-17",
        "assembly-24",
        "component-04",
        "component-30",
    ):
        on = later(date(2024, 1, 15), 0, 800, "audit", site)
        graph = report(
            world,
            f"audit-{site}",
            f"Audit of {world.sites[site].label}",
            site,
            on,
            kind="AuditReport",
            by="clearspan-audit",
            visibility="affiliates",
        )
        world.name_claim(
            graph,
            f"certificate-{site}",
            "CertificationClaim",
            site=f"site:{site}",
            standard="standard:SA8000",
            certifier="ex:clearspan-audit",
            certificationStatus="certification-status:active",
            validFrom=day(on),
            validTo=day(on + timedelta(days=365)),
        )


def testimonies(world: World) -> None:
    """Counts of interviews, for the monitor alone: no person, no day, no line."""
    for site in ("northbridge-assembly", "saltmarsh-electronics", *SITES_FOUND):
        author = monitor_of(world, site)
        year, month = 2023 + below(3, "year", site), 1 + below(12, "month", site)
        kind = {"northbridge-assembly": "union-suppression", "saltmarsh-electronics": "recruitment-fee"}.get(
            site, one(KINDS, "told", site)
        )
        graph = world.record(
            "testimonies",
            "Testimony",
            f"testimony-{site}",
            f"Interviews about {world.sites[site].label}",
            author,
            date(year, month, 1) + timedelta(days=40),
            "monitor-only",
            aboutSite=f"site:{site}",
            topic=f"finding-type:{kind}",
            language=text(cast.MONITORS[author][2]),
            observedMonth=f'"{year}-{month:02d}"^^xsd:gYearMonth',
            workerRole="worker-role:miner" if world.sites[site].kind == "Mine" else "worker-role:line-operator",
            count=str(6 + below(30, "count", site)),
        )
        world.name_site(graph, site)
