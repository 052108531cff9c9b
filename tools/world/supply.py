"""What contractors disclose: answers on time, late, partial or revised, and requests passed on instead."""

from datetime import date, timedelta

from world import codes
from world.chance import below, later
from world.contracts import LAST_DAY, Contract
from world.entities import World
from world.pools import assembled_at, component_sites
from world.trig import Graph, day, text

FINAL = ("on-time", "late", "on-time", "partial", "none", "on-time", "refused", "late", "superseded", "on-time")
COMPONENT = ("on-time", "none", "partial", "late", "on-time", "refused", "none", "partial", "on-time", "late")
FIXED = {
    ("aldermoor-laptops-2024", codes.FINAL_ASSEMBLY): "on-time",
    ("aldermoor-laptops-2024", codes.COMPONENTS): "none",
    ("norrvik-workplace-2024", codes.FINAL_ASSEMBLY): "on-time",
    ("norrvik-workplace-2024", codes.COMPONENTS): "partial",
    ("oosterveen-devices-2025", codes.FINAL_ASSEMBLY): "late",
    ("oosterveen-devices-2025", codes.COMPONENTS): "refused",
    ("brunnfeld-laptops-2023", codes.FINAL_ASSEMBLY): "on-time",
    ("brunnfeld-laptops-2023", codes.COMPONENTS): "partial",
    ("wexcombe-laptops-2023", codes.FINAL_ASSEMBLY): "superseded",
    ("wexcombe-laptops-2023", codes.COMPONENTS): "on-time",
}
TIER = {codes.FINAL_ASSEMBLY: "tier:final-assembly", codes.COMPONENTS: "tier:strategic-component"}


def disclosures(world: World, contracts: list[Contract]) -> None:
    """For each obligation of each contract what came of it: an answer, a late one, a part, a refusal, nothing."""
    for place, contract in enumerate(contracts):
        for slug, code, due in contract.obligations():
            if code == codes.FINDINGS_SUMMARY:
                _findings_request(world, contract, slug, due)
                continue
            fates = FINAL if code == codes.FINAL_ASSEMBLY else COMPONENT
            fate = FIXED.get((contract.key, code), fates[place % 10])
            if due > LAST_DAY or (fate == "late" and due > LAST_DAY - timedelta(days=120)):
                continue
            if fate == "refused":
                _refusal(world, contract, slug, due)
            elif fate != "none":
                _answer(world, contract, slug, code, due, fate)


def _named(world: World, graph: Graph, contract: Contract) -> str:
    graph.say(f"contract:{contract.key}", {"a": f"ew:{contract.kind}", "rdfs:label": text(contract.label, "en")})
    world.name_organizations(graph, [contract.buyer, contract.contractor])
    return f"contract:{contract.key}"


def _disclosure(
    world: World, contract: Contract, slug: str, on: date, title: str, **more: str | list[str] | None
) -> Graph:
    graph = world.record(
        "disclosures",
        "Disclosure",
        f"disclosure-{slug}",
        title,
        contract.contractor,
        on,
        "contract-party",
        party=[f"ex:{contract.buyer}", f"ex:{contract.contractor}"],
        sourceDocument=None
        if below(5, "document", slug) == 0
        else f'"https://data.example.org/documents/{slug}.xlsx"^^xsd:anyURI',
        **more,
    )
    _named(world, graph, contract)
    return graph


def _answer(world: World, contract: Contract, slug: str, code: str, due: date, fate: str) -> None:  # noqa: PLR0913, PLR0917
    on = later(due, 6, 100, "late", slug) if fate == "late" else due - timedelta(days=4 + below(40, "early", slug))
    on = max(on, contract.signed + timedelta(days=2))
    what = "final assembly sites" if code == codes.FINAL_ASSEMBLY else "component sites"
    first = _disclosure(world, contract, slug, on, f"{contract.label}: {what}", fulfils=f"ex:obligation-{slug}")
    short = fate in {"partial", "superseded"}
    _claims(world, first, contract, slug, code, short=short)
    if fate == "superseded":
        second_on = min(later(on, 30, 160, "revised", slug), LAST_DAY - timedelta(days=1))
        second = _disclosure(
            world,
            contract,
            f"{slug}-revised",
            second_on,
            f"{contract.label}: {what}, revised",
            fulfils=f"ex:obligation-{slug}",
        )
        second.say(second.name, {"prov:wasRevisionOf": first.name})
        _claims(world, second, contract, f"{slug}-revised", code, short=False)


def _claims(world: World, graph: Graph, contract: Contract, slug: str, code: str, *, short: bool) -> None:  # noqa: PLR0913
    row = 4
    for model in contract.models:
        subject = world.name_model(graph, model)
        if code == codes.FINAL_ASSEMBLY:
            sites = list(assembled_at(world, model))
            if contract.key.startswith("norrvik-workplace") and model == "velmora-slate-14":
                sites = ["yelun-kunshan-assembly"]
            sites = sites[:1] if short else sites
        else:
            sites = component_sites(world, model)[: 2 if short else 5]
        for site in sites:
            row += 1
            part = world.sites[site].component
            world.name_claim(
                graph,
                f"{slug}-{model}-{site}",
                "SupplyClaim",
                site=world.name_site(
                    graph, site, address="locality" if below(9, "precision", slug, site) == 0 else "street"
                ),
                tier=TIER[code],
                scope="scope:contract",
                scopeContract=f"contract:{contract.key}",
                output=f"component:{part}" if part else subject,
                intoModel=subject if part else None,
                evidenceBasis="eb:contract-disclosure",
                validFrom=day(contract.signed.replace(day=1)),
                sourceSheet=text("Factory disclosure"),
                sourceRow=str(row),
            )
        world.name_claim(
            graph,
            f"{slug}-{model}-completeness",
            "CompletenessClaim",
            ofContract=f"contract:{contract.key}",
            ofModel=subject,
            tier=TIER[code],
            completeness="cpl:partial" if short else "cpl:complete",
        )


def _refusal(world: World, contract: Contract, slug: str, due: date) -> None:
    sent = max(due - timedelta(days=35), contract.signed + timedelta(days=1))
    brand = world.models[contract.models[0]].brand
    silent = below(2, "silent", slug) == 0
    graph = world.record(
        "due-diligence",
        "DueDiligenceRecord",
        f"request-{slug}",
        f"{contract.label}: request passed on to the brand",
        contract.contractor,
        due - timedelta(days=3),
        "contract-party",
        party=[f"ex:{contract.buyer}", f"ex:{contract.contractor}"],
        fulfils=f"ex:obligation-{slug}",
        requestedFrom=f"ex:{brand}",
        sentOn=day(sent),
        dueDiligenceStatus="due-diligence:upstream-silent" if silent else "due-diligence:upstream-refused",
        repliedOn=None if silent else day(sent + timedelta(days=14)),
        ofContract=f"contract:{contract.key}",
        accepted=None if silent else "true",
    )
    _named(world, graph, contract)
    world.name_organizations(graph, [brand])


def _findings_request(world: World, contract: Contract, slug: str, due: date) -> None:
    if due > LAST_DAY or below(3, "findings", slug):
        return
    brand = world.models[contract.models[0]].brand
    graph = world.record(
        "due-diligence",
        "DueDiligenceRecord",
        f"request-{slug}",
        f"{contract.label}: summary of findings asked of the brand",
        contract.contractor,
        due - timedelta(days=6),
        "contract-party",
        party=[f"ex:{contract.buyer}", f"ex:{contract.contractor}"],
        fulfils=f"ex:obligation-{slug}",
        requestedFrom=f"ex:{brand}",
        sentOn=day(due - timedelta(days=30)),
        dueDiligenceStatus="due-diligence:formal-request-sent",
        ofContract=f"contract:{contract.key}",
    )
    _named(world, graph, contract)
    world.name_organizations(graph, [brand])


def retraction(world: World, contracts: list[Contract]) -> None:
    """One claim taken back by the reseller that made it, the rest of its disclosure standing."""
    contract = next(each for each in contracts if each.key == "wexcombe-laptops-2023")
    slug = f"{contract.key}-{codes.COMPONENTS.split(':')[1]}"
    site = component_sites(world, contract.models[0])[0]
    graph = world.record(
        "disclosures",
        "Retraction",
        "retraction-wexcombe",
        "A component site named by mistake",
        contract.contractor,
        date(2024, 5, 6),
        "contract-party",
        party=[f"ex:{contract.buyer}", f"ex:{contract.contractor}"],
        retracts=f"claim:{slug}-{contract.models[0]}-{site}",
        reason=text("Wrong works: another of the same group.", "en"),
    )
    _named(world, graph, contract)


def none_to_disclose(world: World, contracts: list[Contract]) -> None:
    """That there is nothing to disclose is also an answer: a monitor with no works between parts and assembly."""
    contract = next(each for each in contracts if each.theme == "monitors")
    graph = _disclosure(
        world,
        contract,
        f"{contract.key}-no-subassembly",
        later(contract.signed, 20, 40, "none"),
        f"{contract.label}: no subassembly sites",
    )
    for model in contract.models:
        world.name_claim(
            graph,
            f"{contract.key}-{model}-none",
            "CompletenessClaim",
            ofContract=f"contract:{contract.key}",
            ofModel=world.name_model(graph, model),
            tier="tier:subassembly",
            completeness="cpl:none-exists",
        )
