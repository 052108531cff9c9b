"""The stored questions as functions: `Client.ask(contracts_touching(site=…))`. What they mean: docs/questions.md.

Generated from queries/ by tools/client_questions.py: do not edit.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final, TypedDict

from ewgraph.client.calls import Question


class AuditsAgainstFindingsRow(TypedDict):
    site: str
    topic: str
    audit: str
    auditedOn: dt.date
    clearance: str | None
    finding: str
    status: str
    severity: str | None
    record: str


_AUDITS_AGAINST_FINDINGS: Final = {
    "site": "IRI",
    "topic": "IRI",
    "audit": "IRI",
    "auditedOn": "date",
    "clearance": "IRI",
    "finding": "IRI",
    "status": "IRI",
    "severity": "IRI",
    "record": "IRI",
}


def audits_against_findings(
    *, site: str | None = None, known_at: dt.datetime | None = None
) -> Question[AuditsAgainstFindingsRow]:
    """The audits that found a site clean of what monitoring with its workers found there in the same period.

    Answers M13.

    Args:
        site: Only at this site.
        known_at: What was known by then; now where not given.
    """
    return Question("audits-against-findings", {"site": site, "knownAt": known_at}, _AUDITS_AGAINST_FINDINGS)


class ConflictsRow(TypedDict):
    kind: str
    about: str
    dimension: str
    valueA: str
    recordA: str
    claimA: str | None
    valueB: str | None
    recordB: str
    claimB: str | None


_CONFLICTS: Final = {
    "kind": "string",
    "about": "IRI",
    "dimension": "IRI",
    "valueA": "string",
    "recordA": "IRI",
    "claimA": "IRI",
    "valueB": "string",
    "recordB": "IRI",
    "claimB": "IRI",
}


def conflicts(about: str, *, window: int | None = None, known_at: dt.datetime | None = None) -> Question[ConflictsRow]:
    """What is said of a site or model that does not agree, and how it is to be read; nothing is decided.

    Answers C04, R07, M12.

    Args:
        about: The site or product model.
        window: Observations at most so many days apart contradict, later ones tell a change; 0 where not given.
        known_at: What was known by then; now where not given.
    """
    return Question("conflicts", {"about": about, "window": window, "knownAt": known_at}, _CONFLICTS)


class ContractsOfBuyerRow(TypedDict):
    buyer: str
    contract: str
    label: str | None
    contractor: str | None
    signedOn: dt.date | None
    endsOn: dt.date | None
    record: str


_CONTRACTS_OF_BUYER: Final = {
    "buyer": "IRI",
    "contract": "IRI",
    "label": "string",
    "contractor": "IRI",
    "signedOn": "date",
    "endsOn": "date",
    "record": "IRI",
}


def contracts_of_buyer(buyer: str, *, known_at: dt.datetime | None = None) -> Question[ContractsOfBuyerRow]:
    """The contracts of a buyer that the reader may see: of another affiliate only what was made public.

    Answers N02.

    Args:
        buyer: The buyer.
        known_at: What was known by then; now where not given.
    """
    return Question("contracts-of-buyer", {"buyer": buyer, "knownAt": known_at}, _CONTRACTS_OF_BUYER)


class ContractsTouchingRow(TypedDict):
    contract: str
    site: str
    reading: str
    scope: str
    basis: str
    hops: int
    path: str
    lastConfirmed: dt.datetime


_CONTRACTS_TOUCHING: Final = {
    "contract": "IRI",
    "site": "IRI",
    "reading": "string",
    "scope": "string",
    "basis": "string",
    "hops": "integer",
    "path": "string",
    "lastConfirmed": "dateTime",
}


def contracts_touching(
    site: str, *, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[ContractsTouchingRow]:
    """The contracts whose supply chain reaches a site, each with its best evidence path.

    Answers A13, M02.

    Args:
        site: The site that is asked about.
        valid_at: The day on which the claims hold; today where it is not given.
        known_at: What was known by then; now where it is not given.
    """
    return Question("contracts-touching", {"site": site, "validAt": valid_at, "knownAt": known_at}, _CONTRACTS_TOUCHING)


class ContractsWithOpenFindingsRow(TypedDict):
    contract: str
    site: str
    finding: str
    topic: str
    severity: str | None
    status: str
    record: str


_CONTRACTS_WITH_OPEN_FINDINGS: Final = {
    "contract": "IRI",
    "site": "IRI",
    "finding": "IRI",
    "topic": "IRI",
    "severity": "IRI",
    "status": "IRI",
    "record": "IRI",
}


def contracts_with_open_findings(
    *,
    contract: str | None = None,
    site: str | None = None,
    valid_at: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> Question[ContractsWithOpenFindingsRow]:
    """The contracts that lead, directly or over one more site, to a site with an open finding.

    Answers A13.

    Args:
        contract: Only this contract.
        site: Only this site.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "contracts-with-open-findings",
        {"contract": contract, "site": site, "validAt": valid_at, "knownAt": known_at},
        _CONTRACTS_WITH_OPEN_FINDINGS,
    )


class DisagreeingDisclosuresRow(TypedDict):
    kind: str
    model: str
    tier: str
    siteA: str
    recordA: str
    siteB: str
    recordB: str


_DISAGREEING_DISCLOSURES: Final = {
    "kind": "IRI",
    "model": "IRI",
    "tier": "IRI",
    "siteA": "IRI",
    "recordA": "IRI",
    "siteB": "IRI",
    "recordB": "IRI",
}


def disagreeing_disclosures(
    *, model: str | None = None, known_at: dt.datetime | None = None
) -> Question[DisagreeingDisclosuresRow]:
    """Two records that say of one model and tier, each as complete and for a shared time, different sites.

    Answers C04.

    Args:
        model: Only this model.
        known_at: What was known by then; now where not given.
    """
    return Question("disagreeing-disclosures", {"model": model, "knownAt": known_at}, _DISAGREEING_DISCLOSURES)


class DisclosureGapsRow(TypedDict):
    model: str
    tier: str
    state: str
    sites: int
    possibleSites: int
    lastConfirmed: dt.datetime | None
    completeness: str | None
    request: str | None
    question: str | None
    addressee: str | None
    obligation: str | None
    obligationType: str | None
    dueOn: dt.date | None
    clauses: str | None


_DISCLOSURE_GAPS: Final = {
    "model": "IRI",
    "tier": "IRI",
    "state": "string",
    "sites": "integer",
    "possibleSites": "integer",
    "lastConfirmed": "dateTime",
    "completeness": "IRI",
    "request": "IRI",
    "question": "string",
    "addressee": "IRI",
    "obligation": "IRI",
    "obligationType": "IRI",
    "dueOn": "date",
    "clauses": "IRI",
}


def disclosure_gaps(
    contract: str,
    *,
    confirmed_since: dt.datetime | None = None,
    valid_at: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> Question[DisclosureGapsRow]:
    """For each model of a contract and each tier, how far its sites are disclosed, and what to ask next, and whom.

    Answers A06, A07, A08.

    Args:
        contract: The contract.
        confirmed_since: What was last confirmed before is stale; 18 months before knownAt where not given.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "disclosure-gaps",
        {"contract": contract, "confirmedSince": confirmed_since, "validAt": valid_at, "knownAt": known_at},
        _DISCLOSURE_GAPS,
    )


class ExposedToRow(TypedDict):
    concerned: str
    who: str
    by: str
    site: str
    reading: str
    scope: str
    basis: str
    hops: int
    path: str
    lastConfirmed: dt.datetime


_EXPOSED_TO: Final = {
    "concerned": "string",
    "who": "IRI",
    "by": "IRI",
    "site": "IRI",
    "reading": "string",
    "scope": "string",
    "basis": "string",
    "hops": "integer",
    "path": "string",
    "lastConfirmed": "dateTime",
}


def exposed_to(
    finding: str, *, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[ExposedToRow]:
    """The contracts, buyers and brands that a finding's site reaches, each with its best evidence path.

    Answers M02, A13.

    Args:
        finding: The finding.
        valid_at: The day on which the claims of the chains hold; today where it is not given.
        known_at: What was known by then; now where it is not given.
    """
    return Question("exposed-to", {"finding": finding, "validAt": valid_at, "knownAt": known_at}, _EXPOSED_TO)


class LateDisclosuresRow(TypedDict):
    contract: str
    obligation: str
    type: str
    due: dt.date
    receivedAt: dt.datetime
    daysLate: int
    contractor: str | None
    record: str


_LATE_DISCLOSURES: Final = {
    "contract": "IRI",
    "obligation": "IRI",
    "type": "IRI",
    "due": "date",
    "receivedAt": "dateTime",
    "daysLate": "integer",
    "contractor": "IRI",
    "record": "IRI",
}


def late_disclosures(
    *, contract: str | None = None, known_at: dt.datetime | None = None
) -> Question[LateDisclosuresRow]:
    """The obligations whose first answer came after their day, and by how many days.

    Answers A05.

    Args:
        contract: Only of this contract.
        known_at: What was known by then; now where not given.
    """
    return Question("late-disclosures", {"contract": contract, "knownAt": known_at}, _LATE_DISCLOSURES)


class LeverageRow(TypedDict):
    site: str
    strict: int
    suspected: int


_LEVERAGE: Final = {"site": "IRI", "strict": "integer", "suspected": "integer"}


def leverage(
    *, site: str | None = None, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[LeverageRow]:
    """How many buyers are linked to each site, strictly and by suspicion, counted in the reader's own view only.

    Answers A09.

    Args:
        site: Only this site.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question("leverage", {"site": site, "validAt": valid_at, "knownAt": known_at}, _LEVERAGE)


class LeverageOfContractRow(TypedDict):
    contract: str
    site: str
    strict: int
    suspected: int


_LEVERAGE_OF_CONTRACT: Final = {"contract": "IRI", "site": "IRI", "strict": "integer", "suspected": "integer"}


def leverage_of_contract(
    contract: str, *, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[LeverageOfContractRow]:
    """How many other buyers are linked to the sites behind a contract, counted in the reader's own view only.

    Answers A09.

    Args:
        contract: The contract.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "leverage-of-contract", {"contract": contract, "validAt": valid_at, "knownAt": known_at}, _LEVERAGE_OF_CONTRACT
    )


class MineralOriginsRow(TypedDict):
    mineral: str
    site: str
    reading: str
    scope: str
    basis: str
    hops: int
    weakestClaim: str
    weakestRecord: str
    path: str
    lastConfirmed: dt.datetime


_MINERAL_ORIGINS: Final = {
    "mineral": "IRI",
    "site": "IRI",
    "reading": "string",
    "scope": "string",
    "basis": "string",
    "hops": "integer",
    "weakestClaim": "IRI",
    "weakestRecord": "IRI",
    "path": "string",
    "lastConfirmed": "dateTime",
}


def mineral_origins(
    start: str, *, mineral: str | None = None, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[MineralOriginsRow]:
    """The mines and smelters that minerals in what a contract or model holds may come from, with the weakest link.

    Answers R05, N05.

    Args:
        start: The contract or product model that is asked about.
        mineral: Only this mineral.
        valid_at: The day on which the claims hold; today where it is not given.
        known_at: What was known by then; now where it is not given.
    """
    return Question(
        "mineral-origins",
        {"start": start, "mineral": mineral, "validAt": valid_at, "knownAt": known_at},
        _MINERAL_ORIGINS,
    )


class MinesOfModelMineralRow(TypedDict):
    mine: str
    smelter: str
    scope: str
    basis: str
    reading: str
    listing: str
    listingRecord: str
    sourcing: str
    sourcingRecord: str


_MINES_OF_MODEL_MINERAL: Final = {
    "mine": "IRI",
    "smelter": "IRI",
    "scope": "IRI",
    "basis": "IRI",
    "reading": "string",
    "listing": "IRI",
    "listingRecord": "IRI",
    "sourcing": "IRI",
    "sourcingRecord": "IRI",
}


def mines_of_model_mineral(
    model: str,
    mineral: str,
    *,
    mine: str | None = None,
    valid_at: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> Question[MinesOfModelMineralRow]:
    """The mines that can be the source of a mineral in a model, with the weakest link of each chain.

    Answers R05, N05.

    Args:
        model: The product model.
        mineral: The mineral.
        mine: Only this mine.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "mines-of-model-mineral",
        {"model": model, "mineral": mineral, "mine": mine, "validAt": valid_at, "knownAt": known_at},
        _MINES_OF_MODEL_MINERAL,
    )


class ModelsFromListedCountriesRow(TypedDict):
    model: str
    site: str
    country: str
    goods: str
    topic: str | None
    claim: str
    record: str
    listing: str
    assessment: str


_MODELS_FROM_LISTED_COUNTRIES: Final = {
    "model": "IRI",
    "site": "IRI",
    "country": "IRI",
    "goods": "string",
    "topic": "IRI",
    "claim": "IRI",
    "record": "IRI",
    "listing": "IRI",
    "assessment": "IRI",
}


def models_from_listed_countries(
    *, model: str | None = None, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[ModelsFromListedCountriesRow]:
    """The models with a site in a country where goods of their kind, or a mineral in them, are listed for child or forced labour.

    Answers A23.

    Args:
        model: Only this model.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "models-from-listed-countries",
        {"model": model, "validAt": valid_at, "knownAt": known_at},
        _MODELS_FROM_LISTED_COUNTRIES,
    )


class ObservationsOfSiteRow(TypedDict):
    site: str
    topic: str
    observedOn: dt.date | None
    answer: str
    method: str | None
    claim: str | None
    record: str | None


_OBSERVATIONS_OF_SITE: Final = {
    "site": "IRI",
    "topic": "IRI",
    "observedOn": "date",
    "answer": "string",
    "method": "IRI",
    "claim": "IRI",
    "record": "IRI",
}


def observations_of_site(
    site: str, topic: str, *, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[ObservationsOfSiteRow]:
    """What was observed at a site on a topic; `unknown` where nobody looked or nothing was written down.

    Answers N04.

    Args:
        site: The site.
        topic: The topic, of the code list observation-topic.
        valid_at: Observed by this day; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "observations-of-site",
        {"site": site, "topic": topic, "validAt": valid_at, "knownAt": known_at},
        _OBSERVATIONS_OF_SITE,
    )


class OpenFindingsRow(TypedDict):
    site: str
    finding: str
    topic: str
    severity: str | None
    status: str
    record: str


_OPEN_FINDINGS: Final = {
    "site": "IRI",
    "finding": "IRI",
    "topic": "IRI",
    "severity": "IRI",
    "status": "IRI",
    "record": "IRI",
}


def open_findings(
    *, site: str | None = None, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[OpenFindingsRow]:
    """The open findings, by site.

    Answers A13, N01.

    Args:
        site: Only at this site.
        valid_at: The day on which they are open; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question("open-findings", {"site": site, "validAt": valid_at, "knownAt": known_at}, _OPEN_FINDINGS)


class OverdueDisclosuresRow(TypedDict):
    contract: str
    obligation: str
    type: str
    due: dt.date
    daysLate: int
    contractor: str | None
    record: str


_OVERDUE_DISCLOSURES: Final = {
    "contract": "IRI",
    "obligation": "IRI",
    "type": "IRI",
    "due": "date",
    "daysLate": "integer",
    "contractor": "IRI",
    "record": "IRI",
}


def overdue_disclosures(
    *,
    contract: str | None = None,
    type: str | None = None,
    valid_at: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> Question[OverdueDisclosuresRow]:
    """The obligations that are past their day and that nobody has answered.

    Answers A04.

    Args:
        contract: Only of this contract.
        type: Only of this obligation type.
        valid_at: The day on which they are overdue; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "overdue-disclosures",
        {"contract": contract, "type": type, "validAt": valid_at, "knownAt": known_at},
        _OVERDUE_DISCLOSURES,
    )


class PartialComponentDisclosuresRow(TypedDict):
    contract: str
    model: str | None
    tier: str
    missing: str | None
    claim: str
    record: str
    receivedAt: dt.datetime


_PARTIAL_COMPONENT_DISCLOSURES: Final = {
    "contract": "IRI",
    "model": "IRI",
    "tier": "IRI",
    "missing": "IRI",
    "claim": "IRI",
    "record": "IRI",
    "receivedAt": "dateTime",
}


def partial_component_disclosures(
    *, contract: str | None = None, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[PartialComponentDisclosuresRow]:
    """The contracts with a partial disclosure of component sites, and the component types that lack a site.

    Answers A06.

    Args:
        contract: Only this contract.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "partial-component-disclosures",
        {"contract": contract, "validAt": valid_at, "knownAt": known_at},
        _PARTIAL_COMPONENT_DISCLOSURES,
    )


class PathsRow(TypedDict):
    rank: int
    reading: str
    scope: str
    basis: str
    hops: int
    weakestClaim: str
    weakestRecord: str
    path: str
    lastConfirmed: dt.datetime


_PATHS: Final = {
    "rank": "integer",
    "reading": "string",
    "scope": "string",
    "basis": "string",
    "hops": "integer",
    "weakestClaim": "IRI",
    "weakestRecord": "IRI",
    "path": "string",
    "lastConfirmed": "dateTime",
}


def paths(
    from_: str,
    to: str,
    *,
    max_paths: int | None = None,
    max_hops: int | None = None,
    valid_at: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> Question[PathsRow]:
    """The best evidence paths from a contract, model or site to a site upstream of it.

    Answers A13, R05.

    Args:
        from_: The contract, product model or site where the paths begin.
        to: The site, or model, where they end.
        max_paths: How many paths at most, up to 100; 5 where it is not given.
        max_hops: Of how many hops at most, up to 50; 12 where it is not given.
        valid_at: The day on which the claims hold; today where it is not given.
        known_at: What was known by then; now where it is not given.
    """
    return Question(
        "paths",
        {"from": from_, "to": to, "maxPaths": max_paths, "maxHops": max_hops, "validAt": valid_at, "knownAt": known_at},
        _PATHS,
    )


class RecruitmentFeesOfModelsRow(TypedDict):
    contract: str
    model: str
    site: str
    finding: str
    status: str
    affectedBand: str | None
    remedy: str | None
    remedyType: str | None
    remedyStatus: str | None
    beneficiaries: int | None
    amount: Decimal | None
    currency: str | None
    paidOn: dt.date | None
    verified: bool
    record: str


_RECRUITMENT_FEES_OF_MODELS: Final = {
    "contract": "IRI",
    "model": "IRI",
    "site": "IRI",
    "finding": "IRI",
    "status": "IRI",
    "affectedBand": "IRI",
    "remedy": "IRI",
    "remedyType": "IRI",
    "remedyStatus": "IRI",
    "beneficiaries": "integer",
    "amount": "decimal",
    "currency": "string",
    "paidOn": "date",
    "verified": "boolean",
    "record": "IRI",
}


def recruitment_fees_of_models(
    *, contract: str | None = None, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[RecruitmentFeesOfModelsRow]:
    """The models that are made where workers paid recruitment fees, and whether the fees were repaid.

    Answers A15.

    Args:
        contract: Only the models of this contract.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "recruitment-fees-of-models",
        {"contract": contract, "validAt": valid_at, "knownAt": known_at},
        _RECRUITMENT_FEES_OF_MODELS,
    )


class RiskMapRow(TypedDict):
    category: str
    stage: str
    level: str | None
    inheritedFrom: str | None
    market: str | None
    originCountry: str | None
    models: int
    disclosed: int
    partly: int
    undisclosed: int
    claim: str | None
    record: str | None


_RISK_MAP: Final = {
    "category": "IRI",
    "stage": "IRI",
    "level": "IRI",
    "inheritedFrom": "IRI",
    "market": "IRI",
    "originCountry": "IRI",
    "models": "integer",
    "disclosed": "integer",
    "partly": "integer",
    "undisclosed": "integer",
    "claim": "IRI",
    "record": "IRI",
}


def risk_map(
    affiliate: str,
    *,
    confirmed_since: dt.datetime | None = None,
    valid_at: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> Question[RiskMapRow]:
    """The risk that assessments see in what an affiliate buys, by category and stage, and what is disclosed there.

    Answers A11, A12.

    Args:
        affiliate: The buyer.
        confirmed_since: What was last confirmed before is stale; 18 months before knownAt where not given.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "risk-map",
        {"affiliate": affiliate, "confirmedSince": confirmed_since, "validAt": valid_at, "knownAt": known_at},
        _RISK_MAP,
    )


class RiskOfContractLinesRow(TypedDict):
    contract: str
    line: str
    category: str
    stage: str
    level: str
    inheritedFrom: str
    market: str | None
    originCountry: str | None
    claim: str
    record: str


_RISK_OF_CONTRACT_LINES: Final = {
    "contract": "IRI",
    "line": "IRI",
    "category": "IRI",
    "stage": "IRI",
    "level": "IRI",
    "inheritedFrom": "IRI",
    "market": "IRI",
    "originCountry": "IRI",
    "claim": "IRI",
    "record": "IRI",
}


def risk_of_contract_lines(
    *, contract: str | None = None, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[RiskOfContractLinesRow]:
    """The risk that assessments see for each category of a contract, by stage of production.

    Answers A11.

    Args:
        contract: Only this contract.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "risk-of-contract-lines",
        {"contract": contract, "validAt": valid_at, "knownAt": known_at},
        _RISK_OF_CONTRACT_LINES,
    )


class SearchRow(TypedDict):
    entity: str
    kind: str
    label: str | None


_SEARCH: Final = {"entity": "IRI", "kind": "string", "label": "string"}


def search(text: str) -> Question[SearchRow]:
    """The things of whose name, model number or identifier a text is a part.

    Answers I02.

    Args:
        text: A part of the name or identifier, in any case.
    """
    return Question("search", {"text": text}, _SEARCH)


class SharedLeverageRow(TypedDict):
    site: str
    suspectedAtLeast: int | None
    suspectedAtMost: int | None
    suspectedContracts: int | None
    strictAtLeast: int | None
    strictAtMost: int | None
    strictContracts: int | None
    spend: str | None
    least: int


_SHARED_LEVERAGE: Final = {
    "site": "IRI",
    "suspectedAtLeast": "integer",
    "suspectedAtMost": "integer",
    "suspectedContracts": "integer",
    "strictAtLeast": "integer",
    "strictAtMost": "integer",
    "strictContracts": "integer",
    "spend": "string",
    "least": "integer",
}


def shared_leverage(site: str) -> Question[SharedLeverageRow]:
    """How many affiliates and contracts lead to a site, and what they spend, over all views and never by name.

    Answers A09, A10, M01.

    Args:
        site: The site that is asked about.
    """
    return Question("shared-leverage", {"site": site}, _SHARED_LEVERAGE)


class SitesOfContractModelsRow(TypedDict):
    contract: str
    model: str
    site: str
    label: str | None
    address: str | None
    country: str | None
    tier: str
    scope: str
    basis: str
    validFrom: dt.date | None
    validTo: dt.date | None
    claim: str
    record: str
    receivedAt: dt.datetime


_SITES_OF_CONTRACT_MODELS: Final = {
    "contract": "IRI",
    "model": "IRI",
    "site": "IRI",
    "label": "string",
    "address": "string",
    "country": "IRI",
    "tier": "IRI",
    "scope": "IRI",
    "basis": "IRI",
    "validFrom": "date",
    "validTo": "date",
    "claim": "IRI",
    "record": "IRI",
    "receivedAt": "dateTime",
}


def sites_of_contract_models(
    contract: str, *, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[SitesOfContractModelsRow]:
    """The sites where the models that a contract covers are made, on whose word.

    Answers A01.

    Args:
        contract: The contract.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "sites-of-contract-models",
        {"contract": contract, "validAt": valid_at, "knownAt": known_at},
        _SITES_OF_CONTRACT_MODELS,
    )


class SitesOfModelRow(TypedDict):
    model: str
    site: str
    label: str | None
    address: str | None
    country: str | None
    tier: str
    scope: str
    scopeContract: str | None
    basis: str
    validFrom: dt.date | None
    validTo: dt.date | None
    claim: str
    record: str
    receivedAt: dt.datetime


_SITES_OF_MODEL: Final = {
    "model": "IRI",
    "site": "IRI",
    "label": "string",
    "address": "string",
    "country": "IRI",
    "tier": "IRI",
    "scope": "IRI",
    "scopeContract": "IRI",
    "basis": "IRI",
    "validFrom": "date",
    "validTo": "date",
    "claim": "IRI",
    "record": "IRI",
    "receivedAt": "dateTime",
}


def sites_of_model(
    model: str,
    *,
    valid_at: dt.date | None = None,
    known_at: dt.datetime | None = None,
    confirmed_since: dt.datetime | None = None,
) -> Question[SitesOfModelRow]:
    """What was known at an instant about where a model was made on a day.

    Answers A02.

    Args:
        model: The product model.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
        confirmed_since: Only what was received since then; without it an open claim never grows stale.
    """
    return Question(
        "sites-of-model",
        {"model": model, "validAt": valid_at, "knownAt": known_at, "confirmedSince": confirmed_since},
        _SITES_OF_MODEL,
    )


class SitesTouchedByRow(TypedDict):
    contract: str
    site: str
    reading: str
    scope: str
    basis: str
    hops: int
    path: str
    lastConfirmed: dt.datetime


_SITES_TOUCHED_BY: Final = {
    "contract": "IRI",
    "site": "IRI",
    "reading": "string",
    "scope": "string",
    "basis": "string",
    "hops": "integer",
    "path": "string",
    "lastConfirmed": "dateTime",
}


def sites_touched_by(
    contract: str, *, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[SitesTouchedByRow]:
    """The sites that the supply chain of a contract reaches, each with its best evidence path.

    Answers A01.

    Args:
        contract: The contract that is asked about.
        valid_at: The day on which the claims hold; today where it is not given.
        known_at: What was known by then; now where it is not given.
    """
    return Question(
        "sites-touched-by", {"contract": contract, "validAt": valid_at, "knownAt": known_at}, _SITES_TOUCHED_BY
    )


class UndisclosedVeryHighRisksRow(TypedDict):
    contract: str
    line: str
    category: str
    stage: str
    inheritedFrom: str
    claim: str
    record: str


_UNDISCLOSED_VERY_HIGH_RISKS: Final = {
    "contract": "IRI",
    "line": "IRI",
    "category": "IRI",
    "stage": "IRI",
    "inheritedFrom": "IRI",
    "claim": "IRI",
    "record": "IRI",
}


def undisclosed_very_high_risks(
    *, contract: str | None = None, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[UndisclosedVeryHighRisksRow]:
    """The contract lines with a very high risk in a stage for which nothing was disclosed.

    Answers A12.

    Args:
        contract: Only this contract.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "undisclosed-very-high-risks",
        {"contract": contract, "validAt": valid_at, "knownAt": known_at},
        _UNDISCLOSED_VERY_HIGH_RISKS,
    )


class WhatChangedRow(TypedDict):
    at: dt.datetime | None
    change: str
    what: str
    claim: str
    record: str
    about: str
    by: str | None
    replacedBy: str | None


_WHAT_CHANGED: Final = {
    "at": "dateTime",
    "change": "string",
    "what": "string",
    "claim": "IRI",
    "record": "IRI",
    "about": "IRI",
    "by": "IRI",
    "replacedBy": "IRI",
}


def what_changed(
    about: str, from_: dt.datetime, to: dt.datetime, *, valid_at: dt.date | None = None
) -> Question[WhatChangedRow]:
    """What changed between two instants in what is known of a contract, a site or a buyer's contracts.

    Answers A03, I01.

    Args:
        about: The contract, site or buyer.
        from_: The earlier instant.
        to: The later instant.
        valid_at: The day on which the claims hold; today where it is not given.
    """
    return Question("what-changed", {"about": about, "from": from_, "to": to, "validAt": valid_at}, _WHAT_CHANGED)
