"""Who buys what: affiliations, the models, clause sets, contract notices with their obligations."""

from dataclasses import dataclass
from datetime import date, timedelta

from world import cast, codes
from world.chance import below, later, one, some
from world.entities import World
from world.trig import Graph, amount, blank, day, text, typed

LAST_DAY = date(2026, 10, 31)
# clause set: label, version, obligation types with trigger and days
CLAUSES = {
    "example-conditions-1": ("Example contract conditions, version 1", "1", (
        (codes.FINAL_ASSEMBLY, "contract-signed", 60), (codes.COMPONENTS, "contract-signed", 150),
        (codes.FINDINGS_FULL, "evidence-of-breach", 45))),
    "example-conditions-2": ("Example contract conditions, version 2", "2", (
        (codes.FINAL_ASSEMBLY, "contract-signed", 90), (codes.COMPONENTS, "contract-signed", 180),
        (codes.FINDINGS_SUMMARY, "contract-signed", 120), (codes.FINDINGS_FULL, "evidence-of-breach", 30),
        (codes.CHEMICALS, "evidence-of-breach", 30), (codes.ACCESS, "evidence-of-breach", 21),
        (codes.REMEDIATION, "evidence-of-breach", 90))),
}


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract as the world knows it; `under` names its framework."""

    key: str
    label: str
    buyer: str
    contractor: str
    signed: date
    models: tuple[str, ...]
    theme: str
    public: bool
    kind: str = "Contract"
    under: str = ""

    @property
    def clauses(self) -> str:
        """The clause set in use when it was signed."""
        return "example-conditions-1" if self.signed < date(2024, 1, 1) else "example-conditions-2"

    def obligations(self) -> list[tuple[str, str, date]]:
        """Slug, obligation type and due date of what the signature itself sets going."""
        return [(f"{self.key}-{code.split(':')[1]}", code, self.signed + timedelta(days=days))
                for code, trigger, days in CLAUSES[self.clauses][2] if trigger == "contract-signed"]


def contracts(world: World) -> list[Contract]:
    """Forty contracts: five of the stories, five frameworks, twelve call-offs, eighteen of their own."""
    slate, old = "velmora-slate-14", ("velmora-slate-14", "tarnfield-slate-14")
    found = [
        Contract("aldermoor-laptops-2024", "Aldermoor laptops 2024", "aldermoor", "hollowell", date(2024, 3, 11), (slate,), "laptops", True),
        Contract("norrvik-workplace-2024", "Norrvik workplace devices 2024", "norrvik", "nordkontor", date(2024, 2, 1), old, "laptops", True),
        Contract("oosterveen-devices-2025", "Oosterveen devices 2025", "oosterveen", "veenpoort", date(2025, 1, 20), (slate,), "laptops", False),
        Contract("wexcombe-laptops-2023", "Port Wexcombe laptops 2023", "wexcombe-university", "oxmere", date(2023, 6, 5), old, "laptops", False),
        Contract("brunnfeld-laptops-2023", "Brunnfeld laptops 2023", "brunnfeld", "talwerk", date(2023, 1, 16), ("zephylux-slate-14",), "laptops", False),
    ]
    frameworks = (("wexshire-consortium", "laptops", 2023), ("nordsam", "phones", 2023), ("oosterveen", "monitors", 2024),
                  ("brunnfeld", "desktops", 2022), ("pratfosc", "printers", 2024))
    callers = (("wexcombe-university", "marlhaven", "aldermoor"), ("norrvik", "alvsjoberg", "fjordheim"), ("lindewaard", "oosterveen"),
               ("brunnfeld", "silbertal"), ("pratfosc", "clairvonne"))
    for (buyer, theme, year), members in zip(frameworks, callers, strict=True):
        home = _contract(world, buyer, theme, year, "FrameworkAgreement")
        found.append(home)
        for member in members:
            signed = later(home.signed, 60, 500, "call-off", member, theme)
            found.append(Contract(f"{member}-{theme}-call-off", f"{_short(world, member)}: {theme} call-off", member, home.contractor,
                                  signed, home.models[:2], theme, below(2, "public", member, theme) == 0, "CallOff", home.key))
    names = list(cast.AFFILIATES)
    themes = list(cast.PRODUCTS)
    place = 0
    while len(found) < 40:
        buyer, theme, year = names[place % 12], themes[(place * 3 + place // 12 + 1) % 8], 2022 + (place * 2 + place // 6) % 5
        candidate = _contract(world, buyer, theme, year, "Contract")
        if candidate.key not in {contract.key for contract in found}:
            found.append(candidate)
        place += 1
    return found


def _short(world: World, key: str) -> str:
    return world.organizations[key][0]


def _contract(world: World, buyer: str, theme: str, year: int, kind: str) -> Contract:
    country = world.organizations[buyer][1]
    models = [model.key for model in world.models.values() if model.theme == theme and model.year <= year] or [
        model.key for model in world.models.values() if model.theme == theme][:3]
    slug = f"{buyer}-{theme}-{year}"
    word = f"{theme} framework {year}" if kind == "FrameworkAgreement" else f"{theme} {year}"
    return Contract(slug, f"{_short(world, buyer)}: {word}", buyer, one(cast.RESELLER_OF[country], "reseller", slug),
                    later(date(year, 1, 10), 0, 250, "signed", slug), tuple(some(models, 1 + below(3, "models", slug), slug)), theme,
                    below(5, "public", slug) < 2, kind)


def affiliations(world: World) -> None:
    """One record per affiliate and monitoring partner, made by the steward."""
    rows = [(key, "affiliate", row[2], row[3]) for key, row in cast.AFFILIATES.items()]
    rows += [(key, "monitoring-partner", None, "2020-01-01") for key in cast.MONITORS]
    for key, role, consortium, since in rows:
        start = date.fromisoformat(since)
        graph = world.record("affiliations", "DatasetImport", f"affiliation-{key}",
                             f"{world.organizations[key][0]} as {role.replace('-', ' ')}", cast.STEWARD, max(start, date(2022, 1, 3)))
        world.name_organizations(graph, [key, *([consortium] if consortium else [])])
        graph.say(f"ex:affiliation-{key}", {
            "a": "ew:Affiliation", "org:member": f"ex:{key}", "org:role": f"part:{role}", "org:organization": f"ex:{cast.STEWARD}",
            "ew:viaConsortium": f"ex:{consortium}" if consortium else None, "ew:validFrom": day(start)})


def catalogue(world: World) -> None:
    """One record per brand with its models, one with the clause sets."""
    for brand in cast.BRANDS:
        graph = world.record("catalogue", "DatasetImport", f"models-{brand}", f"Models of {cast.BRANDS[brand][0]}", brand, date(2022, 1, 10))
        for model in world.models.values():
            if model.brand == brand:
                world.name_model(graph, model.key, full=True)
    graph = world.record("catalogue", "DatasetImport", "clause-sets", "Clause sets of the example", cast.STEWARD, date(2022, 1, 4))
    graph.say(graph.name, {"rdfs:comment": text("The numbers of days are invented.", "en")})
    for key, (label, version, rules) in CLAUSES.items():
        graph.say(f"clauses:{key}", {
            "a": "ew:ClauseSet", "rdfs:label": text(label, "en"), "ew:version": text(version), "ew:jurisdiction": text("example"),
            "ew:hasRule": [blank(("a", "ew:ObligationRule"), ("ew:obligationType", code), ("ew:trigger", f"trigger:{trigger}"),
                                 ("ew:offset", typed(f"P{days}D", "xsd:dayTimeDuration"))) for code, trigger, days in rules]})


def header(world: World, graph: Graph, contract: Contract) -> str:
    """It writes a contract's parties and dates into a record."""
    world.name_organizations(graph, [contract.buyer, contract.contractor])
    subject = f"contract:{contract.key}"
    graph.say(subject, {
        "a": f"ew:{contract.kind}", "rdfs:label": text(contract.label, "en"),
        "ew:buyer": f"ex:{contract.buyer}", "ew:contractor": f"ex:{contract.contractor}", "ew:signedOn": day(contract.signed),
        "ew:endsOn": day(contract.signed + timedelta(days=365 * (2 + below(3, "years", contract.key)))),
        "ew:ocid": text(f"ocds-213czf-{contract.key}") if contract.public else None,
        "ew:underClauses": f"clauses:{contract.clauses}",
        "ew:underFramework": f"contract:{contract.under}" if contract.under else None})
    graph.say(f"clauses:{contract.clauses}", {"a": "ew:ClauseSet", "rdfs:label": text(CLAUSES[contract.clauses][0], "en")})
    return subject


def notices(world: World, known: list[Contract]) -> None:
    """Notices: of public contracts the header is public and the obligations are for the parties."""
    for contract in known:
        parties = [f"ex:{contract.buyer}", f"ex:{contract.contractor}"]
        received = min(later(contract.signed, 3, 25, "notice", contract.key), LAST_DAY)
        graph = world.record("contracts", "ContractNotice", f"notice-{contract.key}", contract.label, contract.buyer, received,
                             "public" if contract.public else "contract-party", party=None if contract.public else parties)
        subject = header(world, graph, contract)
        _lines(world, graph, contract, subject)
        if contract.public:
            graph = world.record("obligations", "ContractNotice", f"obligations-{contract.key}",
                                 f"{contract.label}: what the contractor owes", contract.buyer, received, "contract-party", party=parties)
            header(world, graph, contract)
        for slug, code, due in contract.obligations():
            graph.say(f"ex:obligation-{slug}", {
                "a": "ew:Obligation", "ew:ofContract": subject, "ew:obligationType": code, "ew:trigger": "trigger:contract-signed",
                "ew:dueOn": day(due),
                "ew:aboutTier": {codes.FINAL_ASSEMBLY: "tier:final-assembly", codes.COMPONENTS: "tier:strategic-component"}.get(code)})


def _lines(world: World, graph: Graph, contract: Contract, subject: str) -> None:
    currency = cast.CURRENCY.get(world.organizations[contract.buyer][1], "EUR")
    category, _, price = cast.PRODUCTS[contract.theme]
    for place, model in enumerate(contract.models, start=1):
        quantity = 20 * (1 + below(90, "quantity", contract.key, place))
        line = f"{subject}-line-{place}"
        graph.say(subject, {"ew:hasLine": line})
        graph.say(line, {"a": "ew:ContractLine", "ew:model": world.name_model(graph, model), "ew:category": f"cpv:{category}",
                         "ew:quantity": str(quantity), "ew:value": amount(quantity * price), "ew:currency": text(currency)})
    if contract.kind == "FrameworkAgreement":
        line = f"{subject}-line-{len(contract.models) + 1}"
        graph.say(subject, {"ew:hasLine": line})
        graph.say(line, {"a": "ew:ContractLine", "rdfs:label": text("Later models of the same kind", "en"), "ew:category": f"cpv:{category}"})
