"""Worlds for non-interference: records that hold something of every kind, each naming who may see it."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from tests.graph.worlds import AFFILIATIONS, world
from tests.trace.worlds import supply_world, whole

LEVELS = ("public", "affiliates", "contract-party", "staff", "monitor-only")
_STRICTNESS = LEVELS
_NAME = re.compile(r"(?<![\w:/])ex:([\w-]+)")
_LABEL = re.compile(r'"([^"\n]+)"(?!\^\^)')
_party = st.sampled_from(["aff0", "aff1", "brand0", "res0"])
_factory = st.integers(0, 4).map(lambda n: f"ex:factory{n}")
_model = st.integers(0, 2).map(lambda n: f"ex:model{n}")
_contract = st.integers(0, 2).map(lambda n: f"ex:contract{n}")
_PREFIXES = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix locn: <http://www.w3.org/ns/locn#> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix kos: <https://w3id.org/ewgraph/kos/> .
"""

_KOS = "https://w3id.org/ewgraph/kos/"
_CONTENTS = """
ex:{c} a ew:Finding ; ew:assertedIn ex:{r} ; {more} ew:site {site} ; rdfs:label "finding of {r}" ;
  ew:findingType <{kos}finding-type/recruitment-fee> ; ew:breachStatus <{kos}breach-status/confirmed> ;
  ew:observedOn "2020-06-01"^^xsd:date .

ex:{c} a ew:Remedy ; ew:assertedIn ex:{r} ; {more} ew:addresses ex:c0-0 ; ew:beneficiaries {n} ;
  ew:amount {n}.50 ; ew:currency "EUR" ; ew:paidOn "2020-07-01"^^xsd:date .

ex:{r} ew:repliesTo ex:c0-0 ; rdfs:comment "reply in {r}" .

ex:{c} a ew:SiteAttributeClaim ; ew:assertedIn ex:{r} ; {more} ew:site {site} ; ew:value "{n}" ;
  ew:attribute <{kos}attribute/workers> .

ex:{c} a ew:Obligation ; ew:ofContract {contract} ; ew:assertedIn ex:{r} ; ew:dueOn "2021-0{d}-01"^^xsd:date ;
  ew:obligationType <{kos}obligation-type/component-sites> .

{site} a ew:Factory ; rdfs:label "site by {r}", "usine {n}"@fr ;
  adms:identifier [ a adms:Identifier ; skos:notation "N-{r}-{n}" ; adms:schemaAgency "os-id" ] ;
  locn:address [ a locn:Address ; locn:thoroughfare "{n} Road" ; locn:postName "Town of {r}" ] ;
  geo:hasGeometry [ a geo:Geometry ; geo:asWKT "POINT({n} {d})"^^geo:wktLiteral ] .

ex:{c} a ew:SupplyClaim ; ew:assertedIn ex:{r} ; {more} ew:site {site} ; ew:output {model} ;
  ew:tier tier:final-assembly ; ew:scope scope:model ; ew:evidenceBasis eb:contract-disclosure ;
  ew:sourceSheet "Sheet {n}" ; ew:sourceRow {n} ; ew:sourceColumn "C" .
{site} a ew:Factory ; rdfs:label "{site} of {c}" .

ex:{c} a ew:CompletenessClaim ; ew:assertedIn ex:{r} ; {more} ew:ofContract {contract} ;
  ew:tier tier:final-assembly ; ew:completeness <{kos}completeness/complete> .

{contract} a ew:Contract ; rdfs:label "contract by {r}" ; ew:buyer ex:aff{bit} ; ew:contractor ex:res0 ;
  ew:signedOn "2020-0{d}-01"^^xsd:date ; ew:hasLine ex:l-{r} .
ex:l-{r} a ew:ContractLine ; ew:model {model} ; ew:quantity {n} ; ew:value {n}000.00 ; ew:currency "EUR" .
{model} a ew:ProductModel ; rdfs:label "model by {r}" ; ew:modelNumber "M-{n}" ; ew:brand ex:brand0 .

ex:{r} ew:sourceDocument "https://files.example/{r}.xlsx"^^xsd:anyURI ; ew:sha256 "{n}abc" ;
  dct:title "Title of {r}"@en .

ex:{r} ew:retracts ex:c{bit}-0 .
""".strip().split("\n\n")
"""What a record may hold: `c` is a claim's name, `r` the record's, `more` the claim's own visibility if it has one."""


@st.composite
def explicit_world(draw: st.DrawFn) -> list[str]:
    """Records of which each names its parties, so that who may see it rests on nothing else."""
    plain = [AFFILIATIONS, *(made.text for made in draw(world(LEVELS, most=5)))]
    more = [_PREFIXES + draw(_record(f"s{number}")) for number in range(draw(st.integers(2, 6)))]
    first = draw(st.integers(1, len(plain)))
    return [*plain[:first], *more, *plain[first:]]


@st.composite
def linked_world(draw: st.DrawFn) -> list[str]:
    """Records whose audiences rest on each other: by contracts, by links of affiliates to sites, by releases."""
    plain = whole(draw(supply_world()))
    more = [_PREFIXES + draw(_record(f"s{number}")) for number in range(draw(st.integers(0, 3)))]
    return [*plain, *more]


@st.composite
def _record(draw: st.DrawFn, name: str) -> str:
    level = draw(st.sampled_from(LEVELS))
    author = draw(st.sampled_from(["res0", "brand0", "mon0", "mon0", "aff0"]))
    kind = draw(st.sampled_from(["Disclosure", "MonitoringReport", "ContractNotice", "Reply", "Testimony"]))
    said = [
        f"ex:{name} a ew:{kind} ; prov:wasAttributedTo ex:{author} ; ew:visibility vis:{level} .",
        f'ex:{name} ew:receivedAt "2021-01-0{draw(st.integers(1, 9))}T00:00:00Z"^^xsd:dateTime .',
        f"ex:{name} ew:party ex:{draw(_party)}, ex:res0 .",
        f'ex:{author} a ew:Organization ; rdfs:label "{author} by {name}" .',
    ]
    stricter = _STRICTNESS[_STRICTNESS.index(level) :]
    chosen = draw(st.lists(st.sampled_from(range(len(_CONTENTS))), min_size=1, max_size=4, unique=True))
    for number, content in enumerate(chosen):
        own = draw(st.sampled_from(["", *stricter]))
        said.append(
            _CONTENTS[content].format(
                c=f"{name}-{number}",
                r=name,
                kos=_KOS,
                n=draw(st.integers(10, 99)),
                d=draw(st.integers(1, 9)),
                bit=draw(st.integers(0, 1)),
                site=draw(_factory),
                model=draw(_model),
                contract=draw(_contract),
                more=f"ew:visibility vis:{own} ;" if own else "",
            )
        )
    return f"ex:{name} {{\n" + "\n".join(said) + "\n}\n"


def names_in(texts: list[str]) -> list[str]:
    """The IRIs that the records name, hidden ones among them, sorted."""
    found = {f"https://data.example.org/id/{name}" for text in texts for name in _NAME.findall(text)}
    return sorted(found)


def words_in(texts: list[str]) -> list[str]:
    """The texts that the records hold, sorted."""
    return sorted({word for text in texts for word in _LABEL.findall(text)})
