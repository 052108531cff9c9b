"""The forty contracts: parties, models, clause set and what the signature sets going."""

from dataclasses import dataclass
from datetime import date, timedelta

from world import cast, codes
from world.chance import below, later, one, some
from world.entities import World

LAST_DAY = date(2026, 10, 31)
# clause set: label, version, obligation types with trigger and days
CLAUSES = {
    "example-conditions-1": (
        "Example contract conditions, version 1",
        "1",
        (
            (codes.FINAL_ASSEMBLY, "contract-signed", 60),
            (codes.COMPONENTS, "contract-signed", 150),
            (codes.FINDINGS_FULL, "evidence-of-breach", 45),
        ),
    ),
    "example-conditions-2": (
        "Example contract conditions, version 2",
        "2",
        (
            (codes.FINAL_ASSEMBLY, "contract-signed", 90),
            (codes.COMPONENTS, "contract-signed", 180),
            (codes.FINDINGS_SUMMARY, "contract-signed", 120),
            (codes.FINDINGS_FULL, "evidence-of-breach", 30),
            (codes.CHEMICALS, "evidence-of-breach", 30),
            (codes.ACCESS, "evidence-of-breach", 21),
            (codes.REMEDIATION, "evidence-of-breach", 90),
        ),
    ),
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
        return [
            (f"{self.key}-{code.split(':')[1]}", code, self.signed + timedelta(days=days))
            for code, trigger, days in CLAUSES[self.clauses][2]
            if trigger == "contract-signed"
        ]


STORIES = (
    ("aldermoor-laptops-2024", "Aldermoor laptops 2024", "aldermoor", "hollowell", "2024-03-11", ("velmora-slate-14",)),
    (
        "norrvik-workplace-2024",
        "Norrvik workplace devices 2024",
        "norrvik",
        "nordkontor",
        "2024-02-01",
        ("velmora-slate-14", "tarnfield-slate-14"),
    ),
    (
        "oosterveen-devices-2025",
        "Oosterveen devices 2025",
        "oosterveen",
        "veenpoort",
        "2025-01-20",
        ("velmora-slate-14",),
    ),
    (
        "wexcombe-laptops-2023",
        "Port Wexcombe laptops 2023",
        "wexcombe-university",
        "oxmere",
        "2023-06-05",
        ("velmora-slate-14", "tarnfield-slate-14"),
    ),
    ("brunnfeld-laptops-2023", "Brunnfeld laptops 2023", "brunnfeld", "talwerk", "2023-01-16", ("zephylux-slate-14",)),
)
PUBLIC_STORIES = {"aldermoor-laptops-2024", "norrvik-workplace-2024"}


def contracts(world: World) -> list[Contract]:
    """Forty contracts: five of the stories, five frameworks, twelve call-offs, eighteen of their own."""
    found = [
        Contract(key, label, buyer, contractor, date.fromisoformat(on), models, "laptops", public=key in PUBLIC_STORIES)
        for key, label, buyer, contractor, on, models in STORIES
    ]
    frameworks = (
        ("wexshire-consortium", "laptops", 2023),
        ("nordsam", "phones", 2023),
        ("oosterveen", "monitors", 2024),
        ("brunnfeld", "desktops", 2022),
        ("pratfosc", "printers", 2024),
    )
    callers = (
        ("wexcombe-university", "marlhaven", "aldermoor"),
        ("norrvik", "alvsjoberg", "fjordheim"),
        ("lindewaard", "oosterveen"),
        ("brunnfeld", "silbertal"),
        ("pratfosc", "clairvonne"),
    )
    for (buyer, theme, year), members in zip(frameworks, callers, strict=True):
        home = _contract(world, buyer, theme, year, "FrameworkAgreement")
        found.append(home)
        for member in members:
            signed = later(home.signed, 60, 500, "call-off", member, theme)
            found.append(
                Contract(
                    f"{member}-{theme}-call-off",
                    f"{_short(world, member)}: {theme} call-off",
                    member,
                    home.contractor,
                    signed,
                    home.models[:2],
                    theme,
                    below(2, "public", member, theme) == 0,
                    "CallOff",
                    home.key,
                )
            )
    names = list(cast.AFFILIATES)
    themes = list(cast.PRODUCTS)
    place = 0
    while len(found) < 40:
        buyer, theme, year = (
            names[place % 12],
            themes[(place * 3 + place // 12 + 1) % 8],
            2022 + (place * 2 + place // 6) % 5,
        )
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
        model.key for model in world.models.values() if model.theme == theme
    ][:3]
    slug = f"{buyer}-{theme}-{year}"
    word = f"{theme} framework {year}" if kind == "FrameworkAgreement" else f"{theme} {year}"
    return Contract(
        slug,
        f"{_short(world, buyer)}: {word}",
        buyer,
        one(cast.RESELLER_OF[country], "reseller", slug),
        later(date(year, 1, 10), 0, 250, "signed", slug),
        tuple(some(models, 1 + below(3, "models", slug), slug)),
        theme,
        below(5, "public", slug) < 2,
        kind,
    )
