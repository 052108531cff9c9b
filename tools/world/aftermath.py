"""The other records: obligations after a finding, escalation, operators, attributes, identity, disposal."""

from datetime import date, timedelta

from world import cast, codes
from world.chance import below, later
from world.contracts import Contract
from world.entities import World
from world.market import header
from world.trig import day, text

TOUCHED = ("aldermoor-laptops-2024", "oosterveen-devices-2025", "wexcombe-laptops-2023")


def triggered(world: World, contracts: list[Contract]) -> None:
    """Obligations that the Northbridge finding sets going, and two steps about an overdue disclosure."""
    for contract in contracts:
        parties = [f"ex:{contract.buyer}", f"ex:{contract.contractor}"]
        if contract.key not in TOUCHED:
            continue
        graph = world.record(
            "obligations",
            "ContractNotice",
            f"breach-{contract.key}",
            f"{contract.label}: what a finding sets going",
            contract.buyer,
            date(2025, 10, 20),
            "contract-party",
            party=parties,
        )
        subject = header(world, graph, contract)
        for code, days in ((codes.FINDINGS_FULL, 30), (codes.ACCESS, 21)):
            graph.say(
                f"ex:obligation-{contract.key}-{code.split(':')[1]}",
                {
                    "a": "ew:Obligation",
                    "ew:ofContract": subject,
                    "ew:obligationType": code,
                    "ew:trigger": "trigger:evidence-of-breach",
                    "ew:triggeredBy": "claim:finding-northbridge-union",
                    "ew:dueOn": day(date(2025, 10, 20) + timedelta(days=days)),
                },
            )
    home = next(contract for contract in contracts if contract.key == "aldermoor-laptops-2024")
    for slug, step, sent, replied in (
        ("reminder", "informal", date(2024, 10, 1), date(2024, 10, 9)),
        ("notice", "formal-notice", date(2025, 1, 15), None),
    ):
        graph = world.record(
            "escalation",
            "DatasetImport",
            f"escalation-{home.key}-{slug}",
            f"{home.label}: {slug} about component sites",
            home.buyer,
            sent + timedelta(days=12),
            "contract-party",
            party=[f"ex:{home.buyer}", f"ex:{home.contractor}"],
        )
        world.name_organizations(graph, [home.buyer, home.contractor])
        graph.say(f"contract:{home.key}", {"a": f"ew:{home.kind}", "rdfs:label": text(home.label, "en")})
        world.name_claim(
            graph,
            f"step-{home.key}-{slug}",
            "EscalationStep",
            ofContract=f"contract:{home.key}",
            stepType=f"escalation-step:{step}",
            sentOn=day(sent),
            repliedOn=day(replied) if replied else None,
            addressedTo=f"ex:{home.contractor}",
        )


def operators(world: World) -> None:
    """Who operates which works, one record per operator; two dormitories staffed by agents."""
    for stem in cast.STEMS:
        operator = f"op-{stem.lower()}"
        graph = world.record(
            "operators",
            "DatasetImport",
            f"operates-{operator}",
            f"Works of {stem} Group",
            operator,
            later(date(2023, 3, 1), 0, 300, "operator", operator),
        )
        for site in world.sites.values():
            if site.operator == operator:
                world.name_claim(
                    graph,
                    f"operates-{site.key}",
                    "OperationClaim",
                    site=world.name_site(graph, site.key),
                    operator=f"ex:{operator}",
                    relation="operation-relation:operates",
                    validFrom=day(date(2022, 1, 1)),
                )
    graph = world.record(
        "operators",
        "DatasetImport",
        "dormitories-and-warehouses",
        "Dormitories and warehouses",
        cast.STEWARD,
        date(2024, 6, 3),
        "affiliates",
    )
    for site in world.sites.values():
        if site.kind in {"Dormitory", "Warehouse"}:
            owner = "goldpath-manpower" if site.kind == "Dormitory" else "veenpoort"
            world.name_organizations(graph, [owner])
            world.name_claim(
                graph,
                f"operates-{site.key}",
                "OperationClaim",
                site=world.name_site(graph, site.key),
                operator=f"ex:{owner}",
                relation="operation-relation:staffs" if site.kind == "Dormitory" else "operation-relation:operates",
                validFrom=day(date(2023, 1, 1)),
            )


def attributes(world: World) -> None:
    """Attributes that two sources give differently, and a works said to be closed that later lists still name."""
    rows = (
        ("zephylux", "assembly-20", "worker-count", "1800", date(2024, 4, 8)),
        ("clearspan-audit", "assembly-20", "worker-count", "2350", date(2024, 5, 6)),
        ("steward", "component-12", "status", text("closed"), date(2024, 9, 30)),
        ("tarnfield", "component-12", "status", text("open"), date(2024, 9, 2)),
        ("quebrada-alta", "mine-08", "main-mineral", text("cobalt"), date(2024, 3, 4)),
        ("okonari", "mine-08", "main-mineral", text("copper"), date(2024, 3, 18)),
    )
    for place, (author, site, attribute, value, on) in enumerate(rows):
        graph = world.record(
            "attributes",
            "DatasetImport",
            f"attribute-{place + 1}",
            f"{attribute.replace('-', ' ').capitalize()} of {site}",
            author,
            on,
        )
        world.name_claim(
            graph,
            f"attribute-{place + 1}",
            "SiteAttributeClaim",
            site=world.name_site(graph, site),
            attribute=f"site-attribute:{attribute}",
            value=value,
            validFrom=day(on.replace(day=1)),
        )


def conformance(world: World) -> None:
    """Status of smelters under a standard, dated; a third are not on it."""
    for year in (2024, 2025):
        graph = world.record(
            "certifications",
            "DatasetImport",
            f"smelter-status-{year}",
            f"Smelter status {year}",
            "clearspan-audit",
            date(year, 3, 3),
        )
        for site in world.sites.values():
            draw = below(10, "status", year, site.key)
            if site.kind == "Smelter" and draw > 2:
                status = "not-conformant" if draw == 3 else ("active" if draw == 4 else "conformant")
                world.name_claim(
                    graph,
                    f"status-{year}-{site.key}",
                    "CertificationClaim",
                    site=world.name_site(graph, site.key),
                    standard="standard:RMAP",
                    certifier="ex:clearspan-audit",
                    certificationStatus=f"certification-status:{status}",
                    validFrom=day(date(year, 3, 1)),
                    validTo=day(date(year + 1, 3, 1)),
                )


def identity(world: World) -> None:
    """Pairs of sites that may be one, and what a reviewer thinks."""
    pairs = (
        ("assembly-03", "assembly-04", "different", 62),
        ("component-18", "component-19", "undecided", 71),
        ("smelter-03", "smelter-04", "same", 93),
        ("mine-03", "mine-04", "different", 48),
    )
    for place, (first, second, verdict, score) in enumerate(pairs, start=1):
        graph = world.record(
            "identity",
            "Adjudication",
            f"same-site-{place}",
            f"Are {first} and {second} one site?",
            cast.STEWARD,
            date(2025, 2, 10) + timedelta(days=place),
            "affiliates",
        )
        world.name_claim(
            graph,
            f"same-site-{place}",
            "SameSiteClaim",
            siteA=world.name_site(graph, first),
            siteB=world.name_site(graph, second),
            verdict=f"verdict:{verdict}",
            score=f"0.{score}",
            reviewedBy=f"ex:{cast.STEWARD}",
        )


def disposals(world: World, contracts: list[Contract]) -> None:
    """Where the devices of eight contracts went at the end, as their buyers say."""
    ended = [contract for contract in contracts if contract.signed < date(2024, 1, 1)][:8]
    for place, contract in enumerate(ended):
        site = f"recycler-{place + 1}"
        visibility = "public" if contract.public else "contract-party"
        graph = world.record(
            "disposals",
            "Disclosure",
            f"disposal-{contract.key}",
            f"{contract.label}: devices taken back",
            contract.contractor,
            later(date(2026, 2, 1), 0, 200, "disposal", contract.key),
            visibility,
            party=None if contract.public else [f"ex:{contract.buyer}", f"ex:{contract.contractor}"],
        )
        world.name_organizations(graph, [contract.buyer])
        graph.say(f"contract:{contract.key}", {"a": f"ew:{contract.kind}", "rdfs:label": text(contract.label, "en")})
        world.name_claim(
            graph,
            f"disposal-{contract.key}",
            "DispositionClaim",
            ofContract=f"contract:{contract.key}",
            site=world.name_site(graph, site),
            quantity=str(40 + below(400, "taken", contract.key)),
        )


def chemicals(world: World, contracts: list[Contract]) -> None:
    """Inventories of chemicals at three works, for the parties of the contract that asked."""
    substances = (("110-54-3", "cleaning of panels"), ("67-63-0", "cleaning of boards"), ("108-88-3", "thinner"))
    asking = [contract for contract in contracts if contract.clauses == "example-conditions-2"]
    for site, contract in zip(("component-37", "component-66", "component-04"), asking, strict=False):
        graph = world.record(
            "chemicals",
            "Disclosure",
            f"chemicals-{site}",
            f"Chemicals used at {world.sites[site].label}",
            contract.contractor,
            date(2026, 3, 2),
            "contract-party",
            party=[f"ex:{contract.buyer}", f"ex:{contract.contractor}"],
        )
        world.name_organizations(graph, [contract.buyer])
        for number, use in substances:
            world.name_claim(
                graph,
                f"chemical-{site}-{number}",
                "ChemicalClaim",
                site=world.name_site(graph, site),
                casNumber=text(number),
                use=text(use, "en"),
                validFrom=day(date(2026, 1, 1)),
            )
