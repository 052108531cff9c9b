"""Two sites told at length: Northbridge, whose findings are open, and Saltmarsh, whose finding was remedied."""

from datetime import date

from world.entities import World
from world.monitoring import finding, release, report
from world.trig import Graph, amount, day, text


def northbridge(world: World) -> None:
    """Open findings at the works of several affiliates, a clean audit of the same months, an employer's reply."""
    site = "northbridge-assembly"
    graph = report(world, "northbridge-2025", "Union suppression at Northbridge Assembly", site, date(2025, 10, 2))
    union = finding(
        world,
        graph,
        "finding-northbridge-union",
        site,
        "union-suppression",
        date(2025, 3, 1),
        groups=("union", "migrant"),
        severity="severity-rba:priority",
    )
    finding(
        world,
        graph,
        "finding-northbridge-hours",
        site,
        "excessive-hours",
        date(2025, 3, 1),
        status="alleged",
        band="500-999",
    )
    world.name_claim(
        graph,
        "northbridge-workforce",
        "WorkforceClaim",
        site=f"site:{site}",
        workersBand="band:1000-4999",
        migrantShare="0.42",
        agencyShare="0.20",
        validFrom=day(date(2025, 3, 1)),
    )
    world.name_claim(
        graph,
        "northbridge-representation",
        "RepresentationClaim",
        site=f"site:{site}",
        representation="representation:union-present",
        union="ex:penang-device-union",
        collectiveAgreement="false",
        observedOn=day(date(2025, 9, 1)),
    )
    world.name_organizations(graph, ["penang-device-union"])
    audit = report(
        world,
        "audit-northbridge-2025",
        "Audit of Northbridge Assembly: no non-conformance",
        site,
        date(2025, 8, 14),
        kind="AuditReport",
        by="clearspan-audit",
        visibility="affiliates",
    )
    finding(
        world,
        audit,
        "audit-northbridge-union",
        site,
        "union-suppression",
        date(2025, 3, 1),
        status="not-confirmed",
        band=None,
        severity="severity-rba:minor",
        closed=date(2025, 8, 1),
    )
    reply = world.record(
        "monitoring",
        "Reply",
        "reply-northbridge-2025",
        "Northbridge's operator answers",
        "op-halvoren",
        date(2025, 11, 10),
        "linked-affiliates",
        repliesTo=union,
    )
    reply.say(
        reply.name,
        {"rdfs:comment": text("The operator denies any measure against members and offers a meeting.", "en")},
    )
    plan = report(
        world, "northbridge-plan-2026", "Corrective action plan for Northbridge Assembly", site, date(2026, 1, 19)
    )
    world.name_claim(plan, "plan-northbridge", "CorrectiveActionPlan", addresses=union, dueOn=day(date(2026, 6, 30)))
    follow = report(world, "northbridge-follow-up-2026", "Northbridge Assembly half a year on", site, date(2026, 8, 3))
    finding(
        world,
        follow,
        "finding-northbridge-retaliation",
        site,
        "retaliation",
        date(2026, 2, 1),
        status="alleged",
        band="5-9",
        groups=("union",),
        severity="severity-rba:priority",
    )
    world.name_claim(
        follow,
        "action-northbridge-training",
        "CorrectiveAction",
        addresses=union,
        inPlan="claim:plan-northbridge",
        dueOn=day(date(2026, 5, 31)),
        reportedDoneOn=day(date(2026, 5, 20)),
        actionStatus="action-status:reported-done",
    )
    world.name_claim(
        follow,
        "action-northbridge-rehire",
        "CorrectiveAction",
        addresses=union,
        inPlan="claim:plan-northbridge",
        dueOn=day(date(2026, 6, 30)),
        actionStatus="action-status:overdue",
    )


def saltmarsh(world: World) -> None:
    """Recruitment fees found, repaid to most, checked with workers, the finding closed, the report released."""
    site = "saltmarsh-electronics"
    graph = report(world, "saltmarsh-2023", "Recruitment fees at Saltmarsh Electronics", site, date(2023, 5, 22))
    fees = finding(
        world,
        graph,
        "finding-saltmarsh-fees",
        site,
        "recruitment-fee",
        date(2022, 1, 1),
        groups=("migrant",),
        band="500-999",
        severity="severity-rba:priority",
    )
    for country, fee, agent in (("MMR", 640, "sunbridge-recruiting"), ("NPL", 1150, "goldpath-manpower")):
        world.name_claim(
            graph,
            f"saltmarsh-corridor-{country.lower()}",
            "RecruitmentClaim",
            site=f"site:{site}",
            originCountry=f"country:{country}",
            feeAmount=amount(fee),
            currency=text("USD"),
            operator=f"ex:{agent}",
            affectedBand="band:100-499",
            validFrom=day(date(2022, 1, 1)),
        )
        world.name_organizations(graph, [agent])
    plan = report(world, "saltmarsh-plan-2023", "Repayment plan of Saltmarsh Electronics", site, date(2023, 9, 4))
    world.name_claim(plan, "plan-saltmarsh", "CorrectiveActionPlan", addresses=fees, dueOn=day(date(2024, 3, 31)))
    world.name_claim(
        plan,
        "action-saltmarsh-employer-pays",
        "CorrectiveAction",
        addresses=fees,
        inPlan="claim:plan-saltmarsh",
        dueOn=day(date(2023, 12, 31)),
        actionStatus="action-status:in-progress",
    )
    paid = report(world, "saltmarsh-repaid-2024", "Fees repaid at Saltmarsh Electronics", site, date(2024, 4, 15))
    _repayment(world, paid, "remedy-saltmarsh", fees, "reported-done")
    closing = report(
        world,
        "saltmarsh-closed-2024",
        "Recruitment fees at Saltmarsh Electronics: repaid and checked",
        site,
        date(2024, 9, 2),
    )
    closing.say(
        closing.name,
        {
            "prov:wasRevisionOf": [each.name for each in (graph, plan, paid)],
            "rdfs:comment": text(
                "It restates the case: the finding, the repayment and the check replace the earlier reports.", "en"
            ),
        },
    )
    fees = finding(
        world,
        closing,
        "finding-saltmarsh-fees-remedied",
        site,
        "recruitment-fee",
        date(2022, 1, 1),
        status="remedied",
        groups=("migrant",),
        band="500-999",
        severity="severity-rba:priority",
        closed=date(2024, 8, 31),
    )
    remedy = _repayment(world, closing, "remedy-saltmarsh-checked", fees, "verified-done")
    world.name_claim(
        closing,
        "verification-saltmarsh",
        "Verification",
        verifies=remedy,
        verdict="verification-verdict:verified",
        method=["verification-method:worker-interview", "verification-method:document"],
        verifiedOn=day(date(2024, 7, 15)),
    )
    release(world, "saltmarsh-closed-2024", date(2025, 2, 3), "public", "Remedied, and the workers agree.")


def _repayment(world: World, graph: Graph, slug: str, fees: str, status: str) -> str:
    return world.name_claim(
        graph,
        slug,
        "Remedy",
        addresses=fees,
        remedyType="remedy-type:reimbursement",
        beneficiaries="486",
        amount=amount(412_700),
        currency=text("USD"),
        paidOn=day(date(2024, 3, 8)),
        validFrom=day(date(2022, 1, 1)),
        validTo=day(date(2024, 1, 1)),
        actionStatus=f"action-status:{status}",
    )
