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


def release(world: World, slug: str, on: date, to: str) -> None:
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
        reason=text("Remedied, and the workers' organisation agrees.", "en"),
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
        if place % 2 == 0 and not mine:
            _follow_up(world, site, subject, on)


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
