"""Worlds in which chains are likely: several contracts, models of two brands, sites that supply each other, mines."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.graph.worlds import AFFILIATIONS, Made

LEVELS = ("public", "public", "public", "affiliates", "contract-party", "staff", "linked-affiliates", "monitor-only")
CONTRACTS = [f"contract{number}" for number in range(3)]
MODELS = [f"model{number}" for number in range(3)]
SITES = [*(f"factory{number}" for number in range(4)), "smelter0", "smelter1", "mine0", "mine1"]
MINERALS = ("tin", "gold")
_BASES = ("monitor-observation", "contract-disclosure", "brand-per-model", "brand-list", "inferred")
_FIRST_MODELS = """
  ex:model0 a ew:ProductModel ; ew:brand ex:brand0 . ex:model1 a ew:ProductModel ; ew:brand ex:brand0 .
  ex:model2 a ew:ProductModel ; ew:brand ex:brand1 .
"""
INSTANTS = st.tuples(
    st.sampled_from(["2019-06-01", "2020-06-01", "2020-06-01", "2021-01-01"]),
    st.sampled_from(["2021-01-03T00:00:00Z", "2021-01-06T12:00:00Z", *["2026-01-01T00:00:00Z"] * 3]),
)

_contract = st.sampled_from(CONTRACTS)
_model = st.sampled_from(MODELS)
_site = st.sampled_from(SITES[:4])
_smelter = st.sampled_from(SITES[4:6])
_mine = st.sampled_from(SITES[6:])
_mineral = st.sampled_from(MINERALS).map(lambda name: f"<https://w3id.org/ewgraph/kos/mineral/{name}>")


@st.composite
def supply_world(draw: st.DrawFn) -> list[str]:
    """Records as TriG in the order in which they arrive, the first of them the affiliations and the models."""
    notices = [draw(_notice(f"n{number}")) for number in range(draw(st.integers(2, 4)))]
    stated = [draw(_disclosure(f"d{number}")) for number in range(draw(st.integers(2, 5)))]
    besides = [draw(_report(f"f{number}")) for number in range(draw(st.integers(0, 1)))]
    records = draw(st.permutations([*notices, *stated, *besides]))
    names = [record.name for record in records]
    later = [
        draw(_later(f"x{number}", names, [name for record in records for name in _claims(record.text)]))
        for number in range(draw(st.integers(0, 3)))
    ]
    first = draw(st.integers(0, len(records)))
    return [record.text for record in [*records[:first], *later[:1], *records[first:], *later[1:]]]


def whole(records: list[str]) -> list[str]:
    """The records after the affiliations and the models."""
    return [AFFILIATIONS, _record("m0", "DatasetImport", "steward", "public", 1, _FIRST_MODELS), *records]


def _claims(text: str) -> list[str]:
    return [word.removeprefix("ex:") for word in text.split() if word.startswith("ex:c-")]


def _record(name: str, kind: str, author: str, level: str, day: int, rest: str, more: str = "") -> str:  # noqa: PLR0917
    return (
        f"ex:{name} {{\n"
        f"  ex:{name} a ew:{kind} ; prov:wasAttributedTo ex:{author} ; ew:visibility vis:{level} ;{more}\n"
        f'    ew:receivedAt "2021-01-0{day}T00:00:00Z"^^xsd:dateTime .\n{rest}\n}}\n'
    )


@st.composite
def _notice(draw: st.DrawFn, name: str) -> Made:
    contract = draw(_contract)
    buyer = draw(st.sampled_from(["aff0", "aff0", "aff1"]))
    lines = draw(st.lists(_model, min_size=1, max_size=2, unique=True))
    said = [
        f"  ex:{contract} a ew:Contract ; ew:buyer ex:{buyer} ; ew:contractor ex:res0 ;",
        f"    ew:hasLine {', '.join(f'ex:{contract}-{model}' for model in lines)} .",
        *(f"  ex:{contract}-{model} a ew:ContractLine ; ew:model ex:{model} ." for model in lines),
    ]
    if draw(st.booleans()):
        said.append(f"  ex:{lines[0]} a ew:ProductModel ; ew:brand ex:brand{draw(st.integers(0, 1))} .")
    level = draw(st.sampled_from(["public", "public", "affiliates", "contract-party", "staff"]))
    return Made(name, _record(name, "ContractNotice", "steward", level, draw(st.integers(1, 5)), "\n".join(said)))


@st.composite
def _disclosure(draw: st.DrawFn, name: str) -> Made:
    author = draw(st.sampled_from(["res0", "brand0", "mon0"]))
    level = draw(st.sampled_from(LEVELS))
    said = [draw(_claim(f"c-{name}-{number}", name)) for number in range(draw(st.integers(1, 5)))]
    if draw(st.booleans()):
        about = f" ew:ofContract ex:{draw(_contract)} ;" if draw(st.booleans()) else ""
        about += f" ew:ofModel ex:{draw(_model)} ;" if not about or draw(st.booleans()) else ""
        word = draw(st.sampled_from(["complete", "complete", "partial", "none-exists"]))
        said.append(
            f"  ex:q-{name} a ew:CompletenessClaim ; ew:assertedIn ex:{name} ;{about} ew:tier tier:{draw(_tier)} ;"
            f" ew:completeness <https://w3id.org/ewgraph/kos/completeness/{word}> ."
        )
    more = f" ew:party ex:{draw(st.sampled_from(['aff0', 'aff1', 'brand0']))}, ex:res0 ;" if draw(st.booleans()) else ""
    return Made(name, _record(name, "Disclosure", author, level, draw(st.integers(1, 7)), "\n".join(said), more))


@st.composite
def _report(draw: st.DrawFn, name: str) -> Made:
    """A finding, and an obligation with the request that answers it."""
    contract, level = draw(_contract), draw(st.sampled_from(["public", "affiliates", "staff", "linked-affiliates"]))
    said = [
        f"  ex:finding a ew:Finding ; ew:assertedIn ex:{name} ; ew:site ex:{draw(st.sampled_from(SITES))} .",
        f"  ex:o-{name} a ew:Obligation ; ew:assertedIn ex:{name} ; ew:ofContract ex:{contract} ;",
        f"    ew:obligationType <https://w3id.org/ewgraph/kos/obligation-type/{draw(_owed)}> ;",
        '    ew:dueOn "2021-03-01"^^xsd:date .',
    ]
    more = (
        f" ew:fulfils ex:o-{name} ; ew:dueDiligenceStatus <https://w3id.org/ewgraph/kos/due-diligence/{draw(_done)}> ;"
    )
    return Made(
        name, _record(name, "MonitoringReport", "steward", level, draw(st.integers(1, 5)), "\n".join(said), more)
    )


_owed = st.sampled_from(["final-assembly-sites", "component-sites", "compliance-findings"])
_done = st.sampled_from(["upstream-refused", "upstream-silent"])


@st.composite
def _claim(draw: st.DrawFn, name: str, record: str) -> str:
    head = f"  ex:{name} ew:assertedIn ex:{record} ; ew:evidenceBasis eb:{draw(st.sampled_from(_BASES))} ;"
    if draw(st.integers(0, 9)) == 0:
        head += f" ew:visibility vis:{draw(st.sampled_from(['affiliates', 'staff', 'monitor-only']))} ;"
    if draw(st.integers(0, 2)) == 0:
        head += ' ew:validFrom "2020-01-01"^^xsd:date ;'
    if draw(st.integers(0, 2)) == 0:
        head += ' ew:validTo "2021-01-01"^^xsd:date ;'
    scope = draw(st.sampled_from(["contract", "contract", "model", "brand", "company"]))
    head += f" ew:scope scope:{scope} ;"
    if scope == "contract":
        head += f" ew:scopeContract ex:{draw(_contract)} ;"
    return head + draw(st.one_of(*_KINDS)) + " ."


def _kind(template: str, **drawn: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.fixed_dictionaries(drawn).map(lambda values: template.format(**values))


_tier = st.sampled_from(["final-assembly", "strategic-component", "smelting-refining"])
_KINDS = [
    _kind(" a ew:SupplyClaim ; ew:site ex:{s} ; ew:tier tier:{t} ; ew:output ex:{m}", s=_site, t=_tier, m=_model),
    _kind(" a ew:SupplyClaim ; ew:site ex:{s} ; ew:tier tier:{t} ; ew:intoModel ex:{m}", s=_site, t=_tier, m=_model),
    _kind(" a ew:SupplyClaim ; ew:site ex:{s} ; ew:tier tier:{t} ; ew:deliveredTo ex:{d}", s=_site, t=_tier, d=_site),
    _kind(
        " a ew:SupplyClaim ; ew:site ex:{s} ; ew:tier tier:extraction ; ew:output {o} ; ew:deliveredTo ex:{d}",
        s=_smelter,
        o=_mineral,
        d=_site,
    ),
    _kind(" a ew:SupplyClaim ; ew:site ex:{s} ; ew:tier tier:{t} ; ew:forBrand ex:brand0", s=_site, t=_tier),
    _kind(
        " a ew:SmelterListingClaim ; ew:declarant ex:brand0 ; ew:smelter ex:{s} ; ew:mineral {o}",
        s=_smelter,
        o=_mineral,
    ),
    _kind(
        " a ew:SmelterListingClaim ; ew:declarant ex:brand1 ; ew:smelter ex:{s} ; ew:mineral {o} ; ew:intoModel ex:{m}",
        s=_smelter,
        o=_mineral,
        m=_model,
    ),
    _kind(" a ew:SourcingClaim ; ew:smelter ex:{s} ; ew:mine ex:{m}", s=_smelter, m=_mine),
    _kind(" a ew:SourcingClaim ; ew:smelter ex:{s} ; ew:mine ex:{m} ; ew:mineral {o}", s=_smelter, m=_mine, o=_mineral),
]


@st.composite
def _later(draw: st.DrawFn, name: str, records: list[str], claims: list[str]) -> Made:
    """What changes what was said: a revision, a retraction, a release, that two sites are one."""
    kinds = ["Disclosure", "Retraction", "Release", "Adjudication", "Adjudication", "RedactedEdition"]
    kind = draw(st.sampled_from(kinds))
    level = draw(st.sampled_from(["public", "public", "affiliates", "staff"]))
    day = draw(st.integers(4, 9))
    if kind == "Disclosure":
        revised = f" prov:wasRevisionOf ex:{draw(st.sampled_from(records))} ;"
        rest = draw(_claim(f"c-{name}", name)) if draw(st.booleans()) else ""
        return Made(name, _record(name, kind, "res0", level, day, rest, revised))
    if kind == "Retraction":
        retracted = f" ew:retracts ex:{draw(st.sampled_from(claims or ['c-none']))} ;"
        return Made(name, _record(name, kind, "res0", level, day, "", retracted))
    if kind == "RedactedEdition":
        return Made(name, draw(_redacted(name, draw(st.sampled_from(records)), claims or ["c-none"], day)))
    if kind == "Release":
        released = f" ew:releases ex:{draw(st.sampled_from(records))} ; ew:toVisibility vis:affiliates ;"
        released += ' ew:releasedAt "2021-02-01T00:00:00Z"^^xsd:dateTime ;'
        return Made(name, _record(name, kind, "steward", "public", day, "", released))
    verdict = draw(st.sampled_from(["same", "same", "same", "different", "undecided"]))
    one, other = draw(st.lists(st.sampled_from(SITES), min_size=2, max_size=2, unique=True))
    said = (
        f"  ex:c-{name} a ew:SameSiteClaim ; ew:assertedIn ex:{name} ; ew:siteA ex:{one} ; ew:siteB ex:{other} ;"
        f" ew:verdict <https://w3id.org/ewgraph/kos/verdict/{verdict}> ."
    )
    return Made(name, _record(name, kind, "steward", level, day, said))


@st.composite
def _redacted(draw: st.DrawFn, name: str, record: str, claims: list[str], day: int) -> str:
    """A redacted edition, the retraction of its twins for whoever sees the claims, and the release that shows it."""
    twins = [f"c-{name}-{number}" for number in range(draw(st.integers(1, 2)))]
    said = "\n".join(draw(_claim(twin, f"{name}-e")) for twin in twins).replace("ex:factory0", "ex:boundary0")
    said += "\n  ex:boundary0 a ew:Boundary ; ew:hides ew:Factory ."
    favoured = ", ".join(f"ex:{claim}" for claim in draw(st.sets(st.sampled_from(claims), min_size=1, max_size=2)))
    retracted = f" ew:retracts {', '.join(f'ex:{twin}' for twin in twins)} ; ew:inFavourOf {favoured} ;"
    level, at = draw(st.sampled_from(["public", "affiliates"])), draw(st.sampled_from(["2021-02-01", "2030-01-01"]))
    released = f" ew:releases ex:{record} ; ew:redactedAs ex:{name}-e ; ew:toVisibility vis:{level} ;"
    released += " ew:redaction <https://w3id.org/ewgraph/kos/redaction/boundary-reference> ;"
    released += f' ew:releasedAt "{at}T00:00:00Z"^^xsd:dateTime ;'
    return (
        _record(f"{name}-v", "Retraction", "steward", "staff", day, "", retracted)
        + _record(f"{name}-e", "RedactedEdition", "steward", "staff", day, said)
        + _record(f"{name}-r", "Release", "steward", "staff", day, "", released)
    )
