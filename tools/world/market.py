"""Who buys what, as records: affiliations, models, clause sets, contract notices with their obligations."""

from datetime import date, timedelta

from world import cast, codes
from world.chance import below, later
from world.contracts import CLAUSES, LAST_DAY, Contract
from world.entities import World
from world.trig import Graph, amount, blank, day, text, typed


def affiliations(world: World) -> None:
    """One record per affiliate and monitoring partner, made by the steward."""
    rows = [(key, "affiliate", row[2], row[3]) for key, row in cast.AFFILIATES.items()]
    rows += [(key, "monitoring-partner", None, "2020-01-01") for key in cast.MONITORS]
    for key, role, consortium, since in rows:
        start = date.fromisoformat(since)
        graph = world.record(
            "affiliations",
            "DatasetImport",
            f"affiliation-{key}",
            f"{world.organizations[key][0]} as {role.replace('-', ' ')}",
            cast.STEWARD,
            max(start, date(2022, 1, 3)),
        )
        world.name_organizations(graph, [key, *([consortium] if consortium else [])])
        graph.say(
            f"ex:affiliation-{key}",
            {
                "a": "ew:Affiliation",
                "org:member": f"ex:{key}",
                "org:role": f"part:{role}",
                "org:organization": f"ex:{cast.STEWARD}",
                "ew:viaConsortium": f"ex:{consortium}" if consortium else None,
                "ew:validFrom": day(start),
            },
        )


def catalogue(world: World) -> None:
    """One record per brand with its models, one with the clause sets."""
    for brand in cast.BRANDS:
        graph = world.record(
            "catalogue",
            "DatasetImport",
            f"models-{brand}",
            f"Models of {cast.BRANDS[brand][0]}",
            brand,
            date(2022, 1, 10),
        )
        for model in world.models.values():
            if model.brand == brand:
                world.name_model(graph, model.key, full=True)
    graph = world.record(
        "catalogue", "DatasetImport", "clause-sets", "Clause sets of the example", cast.STEWARD, date(2022, 1, 4)
    )
    graph.say(graph.name, {"rdfs:comment": text("The numbers of days are invented.", "en")})
    for key, (label, version, rules) in CLAUSES.items():
        graph.say(
            f"clauses:{key}",
            {
                "a": "ew:ClauseSet",
                "rdfs:label": text(label, "en"),
                "ew:version": text(version),
                "ew:jurisdiction": text("example"),
                "ew:hasRule": [
                    blank(
                        ("a", "ew:ObligationRule"),
                        ("ew:obligationType", code),
                        ("ew:trigger", f"trigger:{trigger}"),
                        ("ew:offset", typed(f"P{days}D", "xsd:dayTimeDuration")),
                    )
                    for code, trigger, days in rules
                ],
            },
        )


def header(world: World, graph: Graph, contract: Contract) -> str:
    """It writes a contract's parties and dates into a record."""
    world.name_organizations(graph, [contract.buyer, contract.contractor])
    subject = f"contract:{contract.key}"
    graph.say(
        subject,
        {
            "a": f"ew:{contract.kind}",
            "rdfs:label": text(contract.label, "en"),
            "ew:buyer": f"ex:{contract.buyer}",
            "ew:contractor": f"ex:{contract.contractor}",
            "ew:signedOn": day(contract.signed),
            "ew:endsOn": day(contract.signed + timedelta(days=365 * (2 + below(3, "years", contract.key)))),
            "ew:ocid": text(f"ocds-213czf-{contract.key}") if contract.public else None,
            "ew:underClauses": f"clauses:{contract.clauses}",
            "ew:underFramework": f"contract:{contract.under}" if contract.under else None,
        },
    )
    graph.say(
        f"clauses:{contract.clauses}", {"a": "ew:ClauseSet", "rdfs:label": text(CLAUSES[contract.clauses][0], "en")}
    )
    return subject


def notices(world: World, known: list[Contract]) -> None:
    """Notices: of public contracts the header is public and the obligations are for the parties."""
    for contract in known:
        parties = [f"ex:{contract.buyer}", f"ex:{contract.contractor}"]
        received = min(later(contract.signed, 3, 25, "notice", contract.key), LAST_DAY)
        graph = world.record(
            "contracts",
            "ContractNotice",
            f"notice-{contract.key}",
            contract.label,
            contract.buyer,
            received,
            "public" if contract.public else "contract-party",
            party=None if contract.public else parties,
        )
        subject = header(world, graph, contract)
        _lines(world, graph, contract, subject)
        if contract.public:
            graph = world.record(
                "obligations",
                "ContractNotice",
                f"obligations-{contract.key}",
                f"{contract.label}: what the contractor owes",
                contract.buyer,
                received,
                "contract-party",
                party=parties,
            )
            header(world, graph, contract)
        for slug, code, due in contract.obligations():
            graph.say(
                f"ex:obligation-{slug}",
                {
                    "a": "ew:Obligation",
                    "ew:ofContract": subject,
                    "ew:obligationType": code,
                    "ew:trigger": "trigger:contract-signed",
                    "ew:dueOn": day(due),
                    "ew:aboutTier": {
                        codes.FINAL_ASSEMBLY: "tier:final-assembly",
                        codes.COMPONENTS: "tier:strategic-component",
                    }.get(code),
                },
            )


def _lines(world: World, graph: Graph, contract: Contract, subject: str) -> None:
    currency = cast.CURRENCY.get(world.organizations[contract.buyer][1], "EUR")
    category, _, price = cast.PRODUCTS[contract.theme]
    for place, model in enumerate(contract.models, start=1):
        quantity = 20 * (1 + below(90, "quantity", contract.key, place))
        line = f"{subject}-line-{place}"
        graph.say(subject, {"ew:hasLine": line})
        graph.say(
            line,
            {
                "a": "ew:ContractLine",
                "ew:model": world.name_model(graph, model),
                "ew:category": f"cpv:{category}",
                "ew:quantity": str(quantity),
                "ew:value": amount(quantity * price),
                "ew:currency": text(currency),
            },
        )
    if contract.kind == "FrameworkAgreement":
        line = f"{subject}-line-{len(contract.models) + 1}"
        graph.say(subject, {"ew:hasLine": line})
        graph.say(
            line,
            {
                "a": "ew:ContractLine",
                "rdfs:label": text("Later models of the same kind", "en"),
                "ew:category": f"cpv:{category}",
            },
        )
