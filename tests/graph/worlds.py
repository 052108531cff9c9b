"""Random worlds for property tests: records of several kinds, audiences, revisions and retractions."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

AFFILIATIONS = """
ex:members {
  ex:members a ew:DatasetImport ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ;
    ew:receivedAt "2020-01-01T00:00:00Z"^^xsd:dateTime .
  ex:m0 a ew:Affiliation ; org:member ex:aff0 ; org:role part:affiliate ; ew:validFrom "2015-01-01"^^xsd:date .
  ex:m1 a ew:Affiliation ; org:member ex:aff1 ; org:role part:affiliate ; ew:validFrom "2015-01-01"^^xsd:date .
  ex:m2 a ew:Affiliation ; org:member ex:mon0 ; org:role part:monitoring-partner ; ew:validFrom "2015-01-01"^^xsd:date .
}
"""
READERS = ("public", "staff", "ex:aff0", "ex:aff1", "ex:mon0", "ex:res0", "ex:brand0")
LEVELS = ("public", "affiliates", "contract-party", "staff", "monitor-only")
_STRICTNESS = ("public", "affiliates", "linked-affiliates", "contract-party", "staff", "monitor-only")


@dataclass(frozen=True, slots=True)
class Made:
    """One record of a world as TriG, with what a test must know of it."""

    name: str
    text: str


@st.composite
def world(
    draw: st.DrawFn,
    levels: tuple[str, ...] = LEVELS,
    *,
    most: int = 7,
    explicit: bool = True,
) -> list[Made]:
    """Records in the order in which they arrive.

    Args:
        draw: Hypothesis's own.
        levels: the visibilities to choose from.
        most: how many records at most.
        explicit: every record names its parties and nothing is released, so that no audience rests on other records.
    """
    count = draw(st.integers(1, most))
    return [draw(_record(number, levels, explicit=explicit)) for number in range(count)]


@st.composite
def _record(draw: st.DrawFn, number: int, levels: tuple[str, ...], *, explicit: bool) -> Made:
    name = f"r{number}"
    level = draw(st.sampled_from(levels))
    author = draw(st.sampled_from(["res0", "brand0", "mon0", "aff0"]))
    day = draw(st.integers(1, 9))
    lines = [
        f"ex:{name} prov:wasAttributedTo ex:{author} ; ew:visibility vis:{level} ;",
        f'  ew:receivedAt "2021-01-0{day}T00:00:00Z"^^xsd:dateTime .',
        f'ex:{author} a ew:Organization ; rdfs:label "{author} by {name}" .',
    ]
    if explicit or draw(st.booleans()):
        lines.append(f"ex:{name} ew:party ex:{draw(_party)}, ex:res0 .")
    if number and draw(st.booleans()):
        lines.append(f"ex:{name} prov:wasRevisionOf ex:r{draw(st.integers(0, number - 1))} .")
    kinds = ["ContractNotice", "Disclosure", "Disclosure", "MineralsDeclaration", "Retraction", "Adjudication"]
    kind = draw(
        st.sampled_from(kinds if explicit else [*kinds, "Release", "MonitoringReport", "ContractNotice", "Reply"])
    )
    lines.append(f"ex:{name} a ew:{kind} .")
    if kind == "ContractNotice":
        lines += draw(_notice(number))
    elif kind == "Release":
        to = draw(st.sampled_from(levels))
        lines.append(
            f"ex:{name} ew:releases ex:r{draw(st.integers(0, 8))} ; ew:toVisibility vis:{to} ;"
            ' ew:releasedAt "2021-02-01T00:00:00Z"^^xsd:dateTime .',
        )
    elif kind == "MonitoringReport":
        lines += draw(_report(name, number))
    elif kind == "Reply":
        lines += draw(_reply(name, number))
    elif kind == "Adjudication":
        verdict = draw(st.sampled_from(["same", "same", "different"]))
        lines.append(
            f"ex:c{number}-0 a ew:SameSiteClaim ; ew:assertedIn ex:{name} ; ew:siteA {draw(_factory)} ;"
            f" ew:siteB ex:factory4 ; ew:verdict <https://w3id.org/ewgraph/kos/verdict/{verdict}> .",
        )
    elif kind == "Retraction":
        lines.append(f"ex:{name} ew:retracts ex:c{draw(st.integers(0, 8))}-0 .")
    else:
        lines.append(f"ex:{name} ew:fulfils ex:o{draw(st.integers(0, 8))} .")
        stricter = _STRICTNESS[_STRICTNESS.index(level) :]
        allowed = tuple(one for one in stricter if one in levels)
        for index in range(draw(st.integers(1, 3))):
            lines += draw(_claim(f"c{number}-{index}", name, allowed, declaration=kind == "MineralsDeclaration"))
    return Made(name, f"ex:{name} {{\n" + "\n".join(lines) + "\n}\n")


_party = st.sampled_from(["aff0", "aff1", "brand0"])
_model = st.integers(0, 2).map(lambda n: f"ex:model{n}")
_factory = st.integers(0, 3).map(lambda n: f"ex:factory{n}")
_basis = st.sampled_from(["contract-disclosure", "brand-list", "inferred"])


@st.composite
def _report(draw: st.DrawFn, name: str, number: int) -> list[str]:
    addressed = f"ex:c{draw(st.integers(0, 8))}-0"
    return [
        f"ex:c{number}-0 a ew:Finding ; ew:assertedIn ex:{name} ; ew:site {draw(_factory)} .",
        f"ex:a{number} a ew:CorrectiveAction ; ew:assertedIn ex:{name} ; ew:addresses {addressed} .",
    ]


@st.composite
def _reply(draw: st.DrawFn, name: str, number: int) -> list[str]:
    """An answer to one or two claims, and now and then a finding of its own to be answered in turn."""
    answered = draw(st.sets(st.integers(0, 8), min_size=1, max_size=2))
    lines = [f"ex:{name} ew:repliesTo {', '.join(f'ex:c{one}-0' for one in sorted(answered))} ."]
    if draw(st.booleans()):
        lines.append(f"ex:c{number}-0 a ew:Finding ; ew:assertedIn ex:{name} ; ew:site {draw(_factory)} .")
    return lines


@st.composite
def _notice(draw: st.DrawFn, number: int) -> list[str]:
    contract = f"ex:contract{draw(st.integers(0, 2))}"
    line = f"{contract}-l{number}"
    model = draw(_model)
    return [
        f"{contract} a ew:Contract ; ew:buyer ex:{draw(st.sampled_from(['aff0', 'aff1']))} ; ew:contractor ex:res0 ;",
        f'  ew:signedOn "2020-01-01"^^xsd:date ; ew:hasLine {line} .',
        f"{line} a ew:ContractLine ; ew:model {model} .",
        f"ex:o{number} a ew:Obligation ; ew:ofContract {contract} .",
        f"{model} a ew:ProductModel ; ew:brand ex:brand0 .",
    ]


@st.composite
def _claim(draw: st.DrawFn, name: str, record: str, levels: tuple[str, ...], *, declaration: bool) -> list[str]:
    head = f"ex:{name} ew:assertedIn ex:{record} ; ew:evidenceBasis eb:{draw(_basis)} ; "
    if len(levels) > 1 and draw(st.booleans()):
        head += f"ew:visibility vis:{draw(st.sampled_from(levels))} ; "
    start = draw(st.integers(2019, 2021))
    head += f'ew:validFrom "{start}-01-01"^^xsd:date ; '
    if draw(st.booleans()):
        head += f'ew:validTo "{start + 1}-01-01"^^xsd:date ; '
    if declaration:
        if draw(st.booleans()):
            return [head + "a ew:SourcingClaim ; ew:smelter ex:smelter0 ; ew:mine ex:mine0 .", "ex:mine0 a ew:Mine ."]
        into = (
            f"ew:intoModel {draw(_model)} ; ew:scope scope:model" if draw(st.booleans()) else "ew:scope scope:company"
        )
        return [
            head + f"a ew:SmelterListingClaim ; ew:declarant ex:brand0 ; ew:smelter ex:smelter0 ; {into} .",
            "ex:smelter0 a ew:Smelter .",
        ]
    site = draw(_factory)
    scope = draw(st.sampled_from(["contract", "model", "brand"]))
    head += f"a ew:SupplyClaim ; ew:site {site} ; ew:scope scope:{scope} ; "
    if scope == "contract":
        head += f"ew:scopeContract ex:contract{draw(st.integers(0, 2))} ; "
    what = draw(
        st.one_of(
            _model.map(lambda model: f"ew:output {model}"),
            _model.map(lambda model: f"ew:intoModel {model}"),
            _factory.map(lambda other: f"ew:deliveredTo {other}"),
            st.just("ew:forBrand ex:brand0"),
        ),
    )
    return [head + what + " .", f'{site} a ew:Factory ; rdfs:label "{site[3:]} by {record}" .']
