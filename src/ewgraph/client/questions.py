"""The stored questions as functions: `Client.ask(contracts_touching(site=…))`. What they mean: docs/questions.md.

Generated from queries/ by tools/client_questions.py: do not edit.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final, TypedDict

from ewgraph.client.calls import Question


class ActionsDueRow(TypedDict):
    contractor: str
    contract: str
    site: str
    finding: str
    action: str
    dueOn: dt.date
    status: str
    record: str


_ACTIONS_DUE: Final = {
    "contractor": "IRI",
    "contract": "IRI",
    "site": "IRI",
    "finding": "IRI",
    "action": "IRI",
    "dueOn": "date",
    "status": "IRI",
    "record": "IRI",
}


def actions_due(
    due_by: dt.date,
    *,
    contractor: str | None = None,
    contract: str | None = None,
    valid_at: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> Question[ActionsDueRow]:
    """The corrective actions at the sites of a contractor's contracts that are due by a day and not done.

    Answers C08.

    Args:
        due_by: The last day.
        contractor: Only at the sites of this contractor's contracts.
        contract: Only at the sites of this contract.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "actions-due",
        {"dueBy": due_by, "contractor": contractor, "contract": contract, "validAt": valid_at, "knownAt": known_at},
        _ACTIONS_DUE,
    )


class ArmedGroupsAtTracedSitesRow(TypedDict):
    site: str
    country: str
    year: int
    presentOn: dt.date
    tracedOn: dt.date
    traced: str
    presence: str
    presenceRecord: str
    tracing: str
    tracingRecord: str


_ARMED_GROUPS_AT_TRACED_SITES: Final = {
    "site": "IRI",
    "country": "IRI",
    "year": "integer",
    "presentOn": "date",
    "tracedOn": "date",
    "traced": "string",
    "presence": "IRI",
    "presenceRecord": "IRI",
    "tracing": "IRI",
    "tracingRecord": "IRI",
}


def armed_groups_at_traced_sites(
    *,
    system: str | None = None,
    country: str | None = None,
    valid_at: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> Question[ArmedGroupsAtTracedSitesRow]:
    """The sites at which armed groups were seen in a year in which their minerals were said to be traced.

    Answers R14.

    Args:
        system: Only by this system of tracing, as it is written.
        country: Only sites of this country.
        valid_at: Observed by this day; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "armed-groups-at-traced-sites",
        {"system": system, "country": country, "validAt": valid_at, "knownAt": known_at},
        _ARMED_GROUPS_AT_TRACED_SITES,
    )


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


class CertificatesOfSiteRow(TypedDict):
    site: str
    kind: str
    standard: str | None
    status: str | None
    by: str | None
    begins: dt.date | None
    ends: dt.date | None
    claim: str | None
    record: str | None


_CERTIFICATES_OF_SITE: Final = {
    "site": "IRI",
    "kind": "string",
    "standard": "IRI",
    "status": "IRI",
    "by": "IRI",
    "begins": "date",
    "ends": "date",
    "claim": "IRI",
    "record": "IRI",
}


def certificates_of_site(
    site: str, *, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[CertificatesOfSiteRow]:
    """The certificates of a site that hold on a day, and the audits of it until then.

    Answers C10.

    Args:
        site: The site.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "certificates-of-site", {"site": site, "validAt": valid_at, "knownAt": known_at}, _CERTIFICATES_OF_SITE
    )


class ChangedObservationsRow(TypedDict):
    site: str
    beforeOn: dt.date
    before: str
    afterOn: dt.date
    after: str
    days: int
    beforeClaim: str
    beforeRecord: str
    afterClaim: str
    afterRecord: str


_CHANGED_OBSERVATIONS: Final = {
    "site": "IRI",
    "beforeOn": "date",
    "before": "string",
    "afterOn": "date",
    "after": "string",
    "days": "integer",
    "beforeClaim": "IRI",
    "beforeRecord": "IRI",
    "afterClaim": "IRI",
    "afterRecord": "IRI",
}


def changed_observations(
    topic: str, *, site: str | None = None, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[ChangedObservationsRow]:
    """The sites at which two successive observations of a topic differ.

    Answers R06.

    Args:
        topic: The topic, of the code list observation-topic, such as child labour.
        site: Only this site.
        valid_at: Observed by this day; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "changed-observations",
        {"topic": topic, "site": site, "validAt": valid_at, "knownAt": known_at},
        _CHANGED_OBSERVATIONS,
    )


class ChemicalsWithExposureFindingsRow(TypedDict):
    site: str
    casNumber: str
    use: str | None
    chemical: str
    inventory: str
    finding: str
    status: str
    record: str


_CHEMICALS_WITH_EXPOSURE_FINDINGS: Final = {
    "site": "IRI",
    "casNumber": "string",
    "use": "string",
    "chemical": "IRI",
    "inventory": "IRI",
    "finding": "IRI",
    "status": "IRI",
    "record": "IRI",
}


def chemicals_with_exposure_findings(
    *, site: str | None = None, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[ChemicalsWithExposureFindingsRow]:
    """The chemicals that a site's inventory names while a finding there is about exposure to chemicals.

    Answers M15.

    Args:
        site: Only at this site.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "chemicals-with-exposure-findings",
        {"site": site, "validAt": valid_at, "knownAt": known_at},
        _CHEMICALS_WITH_EXPOSURE_FINDINGS,
    )


class ClaimsByBasisRow(TypedDict):
    basis: str | None
    claims: int
    share: Decimal


_CLAIMS_BY_BASIS: Final = {"basis": "IRI", "claims": "integer", "share": "decimal"}


def claims_by_basis(*, known_at: dt.datetime | None = None) -> Question[ClaimsByBasisRow]:
    """How many claims rest on each kind of evidence, and which share of all that is.

    Answers R08.

    Args:
        known_at: What was known by then; now where not given.
    """
    return Question("claims-by-basis", {"knownAt": known_at}, _CLAIMS_BY_BASIS)


class ClausesOfContractRow(TypedDict):
    contract: str
    clauses: str
    label: str | None
    version: str | None
    jurisdiction: str | None
    obligationType: str | None
    trigger: str | None
    offset: str | None
    record: str


_CLAUSES_OF_CONTRACT: Final = {
    "contract": "IRI",
    "clauses": "IRI",
    "label": "string",
    "version": "string",
    "jurisdiction": "string",
    "obligationType": "IRI",
    "trigger": "IRI",
    "offset": "string",
    "record": "IRI",
}


def clauses_of_contract(contract: str, *, known_at: dt.datetime | None = None) -> Question[ClausesOfContractRow]:
    """The sets of clauses under which a contract stands, their versions, and what they oblige to.

    Answers A18.

    Args:
        contract: The contract.
        known_at: What was known by then; now where not given.
    """
    return Question("clauses-of-contract", {"contract": contract, "knownAt": known_at}, _CLAUSES_OF_CONTRACT)


class ClosedSitesInDisclosuresRow(TypedDict):
    site: str
    closedFrom: dt.date
    closing: str
    closingRecord: str
    claim: str
    receivedAt: dt.datetime
    attributedTo: str
    record: str


_CLOSED_SITES_IN_DISCLOSURES: Final = {
    "site": "IRI",
    "closedFrom": "date",
    "closing": "IRI",
    "closingRecord": "IRI",
    "claim": "IRI",
    "receivedAt": "dateTime",
    "attributedTo": "IRI",
    "record": "IRI",
}


def closed_sites_in_disclosures(
    *, site: str | None = None, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[ClosedSitesInDisclosuresRow]:
    """The sites that are said to be closed and that a record received since names as supplying.

    Answers M12.

    Args:
        site: Only this site.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "closed-sites-in-disclosures",
        {"site": site, "validAt": valid_at, "knownAt": known_at},
        _CLOSED_SITES_IN_DISCLOSURES,
    )


class ComponentsWithoutASiteRow(TypedDict):
    contract: str
    model: str
    component: str
    completeness: str | None


_COMPONENTS_WITHOUT_A_SITE: Final = {"contract": "IRI", "model": "IRI", "component": "IRI", "completeness": "IRI"}


def components_without_a_site(
    contractor: str,
    *,
    contract: str | None = None,
    valid_at: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> Question[ComponentsWithoutASiteRow]:
    """For each model of a contractor's contracts, the main components of which no site is recorded.

    Answers C06.

    Args:
        contractor: The contractor.
        contract: Only the models of this contract.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "components-without-a-site",
        {"contractor": contractor, "contract": contract, "validAt": valid_at, "knownAt": known_at},
        _COMPONENTS_WITHOUT_A_SITE,
    )


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

    Answers C04, R07.

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


class ContractsWithClausesRow(TypedDict):
    buyer: str
    name: str | None
    country: str
    contract: str
    label: str | None
    clauses: str
    version: str | None
    endsOn: dt.date | None
    record: str


_CONTRACTS_WITH_CLAUSES: Final = {
    "buyer": "IRI",
    "name": "string",
    "country": "IRI",
    "contract": "IRI",
    "label": "string",
    "clauses": "IRI",
    "version": "string",
    "endsOn": "date",
    "record": "IRI",
}


def contracts_with_clauses(
    *, clauses: str | None = None, country: str | None = None, known_at: dt.datetime | None = None
) -> Question[ContractsWithClausesRow]:
    """The contracts that stand under a set of clauses, and the bodies that buy under them.

    Answers P01.

    Args:
        clauses: Only this set of clauses.
        country: Only buyers of this country.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "contracts-with-clauses", {"clauses": clauses, "country": country, "knownAt": known_at}, _CONTRACTS_WITH_CLAUSES
    )


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


class DisagreeingAttributesRow(TypedDict):
    site: str
    attribute: str
    valueA: str
    recordA: str
    claimA: str
    valueB: str
    recordB: str
    claimB: str


_DISAGREEING_ATTRIBUTES: Final = {
    "site": "IRI",
    "attribute": "IRI",
    "valueA": "string",
    "recordA": "IRI",
    "claimA": "IRI",
    "valueB": "string",
    "recordB": "IRI",
    "claimB": "IRI",
}


def disagreeing_attributes(
    *, site: str | None = None, attribute: str | None = None, known_at: dt.datetime | None = None
) -> Question[DisagreeingAttributesRow]:
    """The sites of which two records say different things for the same time: mineral, operator, country or address.

    Answers R07.

    Args:
        site: Only this site.
        attribute: Only this attribute, or the relation of an operator.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "disagreeing-attributes", {"site": site, "attribute": attribute, "knownAt": known_at}, _DISAGREEING_ATTRIBUTES
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

    Answers A06, A07.

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


class DueDiligenceRequestsRow(TypedDict):
    contractor: str
    contract: str
    obligation: str | None
    requestedFrom: str
    sentOn: dt.date
    status: str | None
    repliedOn: dt.date | None
    silent: bool
    accepted: bool
    record: str


_DUE_DILIGENCE_REQUESTS: Final = {
    "contractor": "IRI",
    "contract": "IRI",
    "obligation": "IRI",
    "requestedFrom": "IRI",
    "sentOn": "date",
    "status": "IRI",
    "repliedOn": "date",
    "silent": "boolean",
    "accepted": "boolean",
    "record": "IRI",
}


def due_diligence_requests(
    *,
    contract: str | None = None,
    contractor: str | None = None,
    valid_at: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> Question[DueDiligenceRequestsRow]:
    """What contractors asked of others in place of an outcome, whom they asked, and who is silent.

    Answers A08, C07.

    Args:
        contract: Only for this contract.
        contractor: Only what this contractor asked.
        valid_at: The day by which it was asked and answered; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "due-diligence-requests",
        {"contract": contract, "contractor": contractor, "validAt": valid_at, "knownAt": known_at},
        _DUE_DILIGENCE_REQUESTS,
    )


class ExpiringContractsWithOpenActionsRow(TypedDict):
    contract: str
    endsOn: dt.date
    site: str
    finding: str
    action: str
    dueOn: dt.date | None
    status: str
    record: str


_EXPIRING_CONTRACTS_WITH_OPEN_ACTIONS: Final = {
    "contract": "IRI",
    "endsOn": "date",
    "site": "IRI",
    "finding": "IRI",
    "action": "IRI",
    "dueOn": "date",
    "status": "IRI",
    "record": "IRI",
}


def expiring_contracts_with_open_actions(
    ends_by: dt.date,
    *,
    contract: str | None = None,
    valid_at: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> Question[ExpiringContractsWithOpenActionsRow]:
    """The contracts that end by a day while corrective actions at their sites are not verified as done.

    Answers A17.

    Args:
        ends_by: The last day of the contracts.
        contract: Only this contract.
        valid_at: The first day of the contracts, on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "expiring-contracts-with-open-actions",
        {"endsBy": ends_by, "contract": contract, "validAt": valid_at, "knownAt": known_at},
        _EXPIRING_CONTRACTS_WITH_OPEN_ACTIONS,
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


class FindingsOfAProvisionRow(TypedDict):
    contract: str
    model: str
    brand: str
    site: str
    finding: str
    cited: str
    status: str
    severity: str | None
    record: str


_FINDINGS_OF_A_PROVISION: Final = {
    "contract": "IRI",
    "model": "IRI",
    "brand": "IRI",
    "site": "IRI",
    "finding": "IRI",
    "cited": "IRI",
    "status": "IRI",
    "severity": "IRI",
    "record": "IRI",
}


def findings_of_a_provision(
    provision: str,
    *,
    brand: str | None = None,
    contract: str | None = None,
    valid_at: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> Question[FindingsOfAProvisionRow]:
    """The findings on a provision of a code, at the sites that make models of a contract.

    Answers A14.

    Args:
        provision: The provision, such as that on freedom of association.
        brand: Only models of this brand.
        contract: Only models of this contract.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "findings-of-a-provision",
        {"provision": provision, "brand": brand, "contract": contract, "validAt": valid_at, "knownAt": known_at},
        _FINDINGS_OF_A_PROVISION,
    )


class HoldersOfIdentifierRow(TypedDict):
    entity: str
    kind: str
    label: str | None
    scheme: str | None


_HOLDERS_OF_IDENTIFIER: Final = {"entity": "IRI", "kind": "string", "label": "string", "scheme": "string"}


def holders_of_identifier(identifier: str, *, scheme: str | None = None) -> Question[HoldersOfIdentifierRow]:
    """What has an identifier; more than one answer is a conflict, or two names of one thing.

    Answers I02.

    Args:
        identifier: The identifier as it is written.
        scheme: Who gives it, such as RMI or LEI.
    """
    return Question("holders-of-identifier", {"identifier": identifier, "scheme": scheme}, _HOLDERS_OF_IDENTIFIER)


class InstrumentsOfFindingsRow(TypedDict):
    instrument: str
    findings: int
    sites: int


_INSTRUMENTS_OF_FINDINGS: Final = {"instrument": "IRI", "findings": "integer", "sites": "integer"}


def instruments_of_findings(*, known_at: dt.datetime | None = None) -> Question[InstrumentsOfFindingsRow]:
    """The conventions and codes that findings cite most, themselves or by the counterparts of what they cite.

    Answers R12.

    Args:
        known_at: What was known by then; now where not given.
    """
    return Question("instruments-of-findings", {"knownAt": known_at}, _INSTRUMENTS_OF_FINDINGS)


class InterviewsBehindFindingRow(TypedDict):
    finding: str
    site: str
    topic: str
    language: str | None
    interviews: str
    waves: int


_INTERVIEWS_BEHIND_FINDING: Final = {
    "finding": "IRI",
    "site": "IRI",
    "topic": "IRI",
    "language": "string",
    "interviews": "IRI",
    "waves": "integer",
}


def interviews_behind_finding(
    finding: str, *, known_at: dt.datetime | None = None
) -> Question[InterviewsBehindFindingRow]:
    """How many interviews are behind a finding, by language, for the monitoring partner that held them.

    Answers M07.

    Args:
        finding: The finding.
        known_at: What was known by then; now where not given.
    """
    return Question("interviews-behind-finding", {"finding": finding, "knownAt": known_at}, _INTERVIEWS_BEHIND_FINDING)


class LastDisclosureOfModelRow(TypedDict):
    tier: str
    site: str
    label: str | None
    output: str
    scopeContract: str | None
    validFrom: dt.date | None
    validTo: dt.date | None
    claim: str
    record: str
    receivedAt: dt.datetime


_LAST_DISCLOSURE_OF_MODEL: Final = {
    "tier": "IRI",
    "site": "IRI",
    "label": "string",
    "output": "IRI",
    "scopeContract": "IRI",
    "validFrom": "date",
    "validTo": "date",
    "claim": "IRI",
    "record": "IRI",
    "receivedAt": "dateTime",
}


def last_disclosure_of_model(
    declarant: str, model: str, *, known_at: dt.datetime | None = None
) -> Question[LastDisclosureOfModelRow]:
    """What a declarant said last of where a model or its parts are made, by tier, to begin the next disclosure from.

    Answers C05.

    Args:
        declarant: Who disclosed it.
        model: The product model.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "last-disclosure-of-model",
        {"declarant": declarant, "model": model, "knownAt": known_at},
        _LAST_DISCLOSURE_OF_MODEL,
    )


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


class ListedSitesByYearRow(TypedDict):
    year: str
    country: str | None
    tier: str
    sites: int
    lists: int


_LISTED_SITES_BY_YEAR: Final = {
    "year": "string",
    "country": "IRI",
    "tier": "IRI",
    "sites": "integer",
    "lists": "integer",
}


def listed_sites_by_year(
    *, brand: str | None = None, known_at: dt.datetime | None = None
) -> Question[ListedSitesByYearRow]:
    """How many sites brands' lists name, by year, country and tier.

    Answers R01.

    Args:
        brand: Only the lists of this brand.
        known_at: What was known by then; now where not given.
    """
    return Question("listed-sites-by-year", {"brand": brand, "knownAt": known_at}, _LISTED_SITES_BY_YEAR)


class ListsAfterReportsRow(TypedDict):
    brand: str
    site: str
    report: str
    published: dt.date
    before: str
    after: str
    issued: dt.date
    notice: str


_LISTS_AFTER_REPORTS: Final = {
    "brand": "IRI",
    "site": "IRI",
    "report": "IRI",
    "published": "date",
    "before": "IRI",
    "after": "IRI",
    "issued": "date",
    "notice": "string",
}


def lists_after_reports(
    *, brand: str | None = None, site: str | None = None, known_at: dt.datetime | None = None
) -> Question[ListsAfterReportsRow]:
    """The sites that a brand's list no longer names in the first edition after a public report on them.

    Answers P05.

    Args:
        brand: Only the lists of this brand.
        site: Only this site.
        known_at: What was known by then; now where not given.
    """
    return Question("lists-after-reports", {"brand": brand, "site": site, "knownAt": known_at}, _LISTS_AFTER_REPORTS)


class MigrantsWithoutAVoiceRow(TypedDict):
    site: str
    migrantShare: Decimal
    union: str
    grievanceChannel: str
    claim: str
    record: str


_MIGRANTS_WITHOUT_A_VOICE: Final = {
    "site": "IRI",
    "migrantShare": "decimal",
    "union": "string",
    "grievanceChannel": "string",
    "claim": "IRI",
    "record": "IRI",
}


def migrants_without_a_voice(
    share: Decimal, *, site: str | None = None, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[MigrantsWithoutAVoiceRow]:
    """The sites with many migrant workers of which no union, or no way to complain, is known.

    Answers M09.

    Args:
        share: The share of migrants from which on a site is told, such as 0.25.
        site: Only this site.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "migrants-without-a-voice",
        {"share": share, "site": site, "validAt": valid_at, "knownAt": known_at},
        _MIGRANTS_WITHOUT_A_VOICE,
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


class MineralsFromListedCountriesRow(TypedDict):
    mineral: str
    country: str
    goods: str
    topic: str | None
    reading: str
    site: str
    model: str
    claim: str
    sourcing: str | None
    listing: str
    assessment: str


_MINERALS_FROM_LISTED_COUNTRIES: Final = {
    "mineral": "IRI",
    "country": "IRI",
    "goods": "string",
    "topic": "IRI",
    "reading": "string",
    "site": "IRI",
    "model": "IRI",
    "claim": "IRI",
    "sourcing": "IRI",
    "listing": "IRI",
    "assessment": "IRI",
}


def minerals_from_listed_countries(
    category: str, *, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[MineralsFromListedCountriesRow]:
    """The minerals in products of a category that may come from a country where they are listed for child or forced labour.

    Answers P04.

    Args:
        category: The category; narrower ones count too.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "minerals-from-listed-countries",
        {"category": category, "validAt": valid_at, "knownAt": known_at},
        _MINERALS_FROM_LISTED_COUNTRIES,
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


class ModelsSharingASiteRow(TypedDict):
    contract: str
    model: str
    site: str
    otherModel: str
    otherBrand: str
    claim: str
    record: str
    otherClaim: str
    otherRecord: str


_MODELS_SHARING_A_SITE: Final = {
    "contract": "IRI",
    "model": "IRI",
    "site": "IRI",
    "otherModel": "IRI",
    "otherBrand": "IRI",
    "claim": "IRI",
    "record": "IRI",
    "otherClaim": "IRI",
    "otherRecord": "IRI",
}


def models_sharing_a_site(
    *,
    contract: str | None = None,
    model: str | None = None,
    valid_at: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> Question[ModelsSharingASiteRow]:
    """The models of a contract that are made at a site where another brand's model is made too.

    Answers A19.

    Args:
        contract: Only models of this contract.
        model: Only this model.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "models-sharing-a-site",
        {"contract": contract, "model": model, "validAt": valid_at, "knownAt": known_at},
        _MODELS_SHARING_A_SITE,
    )


class NamesOfSiteRow(TypedDict):
    site: str
    other: str
    label: str | None
    verdict: str
    standing: bool
    score: Decimal | None
    decidedBy: str | None
    decidedAt: dt.datetime
    record: str


_NAMES_OF_SITE: Final = {
    "site": "IRI",
    "other": "IRI",
    "label": "string",
    "verdict": "IRI",
    "standing": "boolean",
    "score": "decimal",
    "decidedBy": "IRI",
    "decidedAt": "dateTime",
    "record": "IRI",
}


def names_of_site(site: str, *, known_at: dt.datetime | None = None) -> Question[NamesOfSiteRow]:
    """The other names of a site: what was decided of whether it is one with others, and what became of the decision.

    Answers I07.

    Args:
        site: The site.
        known_at: What was known by then; now where not given.
    """
    return Question("names-of-site", {"site": site, "knownAt": known_at}, _NAMES_OF_SITE)


class ObligationsFromFindingsRow(TypedDict):
    contract: str
    obligation: str
    type: str
    due: dt.date
    finding: str
    site: str | None
    record: str


_OBLIGATIONS_FROM_FINDINGS: Final = {
    "contract": "IRI",
    "obligation": "IRI",
    "type": "IRI",
    "due": "date",
    "finding": "IRI",
    "site": "IRI",
    "record": "IRI",
}


def obligations_from_findings(
    *, contract: str | None = None, finding: str | None = None, known_at: dt.datetime | None = None
) -> Question[ObligationsFromFindingsRow]:
    """The obligations that began because a finding was recorded.

    Answers A21.

    Args:
        contract: Only of this contract.
        finding: Only from this finding.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "obligations-from-findings",
        {"contract": contract, "finding": finding, "knownAt": known_at},
        _OBLIGATIONS_FROM_FINDINGS,
    )


class ObligationsOfContractorRow(TypedDict):
    contract: str
    obligation: str
    type: str
    model: str | None
    due: dt.date
    status: str
    answeredAt: dt.datetime | None
    answer: str | None
    record: str


_OBLIGATIONS_OF_CONTRACTOR: Final = {
    "contract": "IRI",
    "obligation": "IRI",
    "type": "IRI",
    "model": "IRI",
    "due": "date",
    "status": "IRI",
    "answeredAt": "dateTime",
    "answer": "IRI",
    "record": "IRI",
}


def obligations_of_contractor(
    contractor: str,
    *,
    contract: str | None = None,
    valid_at: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> Question[ObligationsOfContractorRow]:
    """What a contractor must deliver, for which contract and by when, and how far that is.

    Answers C01.

    Args:
        contractor: The contractor.
        contract: Only of this contract.
        valid_at: The day on which it is asked; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "obligations-of-contractor",
        {"contractor": contractor, "contract": contract, "validAt": valid_at, "knownAt": known_at},
        _OBLIGATIONS_OF_CONTRACTOR,
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


class PendingReleasesRow(TypedDict):
    release: str
    releases: str
    toVisibility: str
    releasedAt: dt.datetime
    reason: str | None


_PENDING_RELEASES: Final = {
    "release": "IRI",
    "releases": "IRI",
    "toVisibility": "IRI",
    "releasedAt": "dateTime",
    "reason": "string",
}


def pending_releases(*, known_at: dt.datetime | None = None) -> Question[PendingReleasesRow]:
    """The releases that are planned and whose day has not come.

    Answers M14.

    Args:
        known_at: What was known by then; now where not given.
    """
    return Question("pending-releases", {"knownAt": known_at}, _PENDING_RELEASES)


class PromisedActionsRow(TypedDict):
    site: str
    finding: str
    action: str
    plan: str | None
    dueOn: dt.date | None
    status: str
    reportedDoneOn: dt.date | None
    overdue: bool
    verified: bool
    record: str


_PROMISED_ACTIONS: Final = {
    "site": "IRI",
    "finding": "IRI",
    "action": "IRI",
    "plan": "IRI",
    "dueOn": "date",
    "status": "IRI",
    "reportedDoneOn": "date",
    "overdue": "boolean",
    "verified": "boolean",
    "record": "IRI",
}


def promised_actions(
    *, site: str | None = None, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[PromisedActionsRow]:
    """What was promised at a site in answer to findings, what is overdue, and what was verified.

    Answers M03.

    Args:
        site: Only at this site.
        valid_at: The day on which it is asked; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question("promised-actions", {"site": site, "validAt": valid_at, "knownAt": known_at}, _PROMISED_ACTIONS)


class RecordsSinceRow(TypedDict):
    recordedAt: dt.datetime
    record: str
    kind: str
    attributedTo: str
    receivedAt: dt.datetime
    revises: str | None


_RECORDS_SINCE: Final = {
    "recordedAt": "dateTime",
    "record": "IRI",
    "kind": "IRI",
    "attributedTo": "IRI",
    "receivedAt": "dateTime",
    "revises": "IRI",
}


def records_since(since: dt.datetime, *, attributed_to: str | None = None) -> Question[RecordsSinceRow]:
    """The records that were taken in since an instant, in the order of their arrival.

    Answers I01.

    Args:
        since: Taken in at this instant or later: the last one that is known, of which there may be more.
        attributed_to: Only records of this organization.
    """
    return Question("records-since", {"since": since, "attributedTo": attributed_to}, _RECORDS_SINCE)


class RecordsWithoutDocumentRow(TypedDict):
    record: str
    title: str | None
    attributedTo: str
    receivedAt: dt.datetime
    claims: int


_RECORDS_WITHOUT_DOCUMENT: Final = {
    "record": "IRI",
    "title": "string",
    "attributedTo": "IRI",
    "receivedAt": "dateTime",
    "claims": "integer",
}


def records_without_document(
    *, attributed_to: str | None = None, known_at: dt.datetime | None = None
) -> Question[RecordsWithoutDocumentRow]:
    """The records behind whose claims there is no document.

    Answers R09.

    Args:
        attributed_to: Only records of this organization.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "records-without-document", {"attributedTo": attributed_to, "knownAt": known_at}, _RECORDS_WITHOUT_DOCUMENT
    )


class RecruitmentCorridorsRow(TypedDict):
    originCountry: str
    agent: str | None
    feeAmount: Decimal | None
    currency: str | None
    workers: str | None
    validFrom: dt.date | None
    validTo: dt.date | None
    claim: str
    record: str


_RECRUITMENT_CORRIDORS: Final = {
    "originCountry": "IRI",
    "agent": "IRI",
    "feeAmount": "decimal",
    "currency": "string",
    "workers": "IRI",
    "validFrom": "date",
    "validTo": "date",
    "claim": "IRI",
    "record": "IRI",
}


def recruitment_corridors(
    site: str, *, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[RecruitmentCorridorsRow]:
    """From which countries a site's workers are recruited, by whom, and what fee is reported.

    Answers M10.

    Args:
        site: The site.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "recruitment-corridors", {"site": site, "validAt": valid_at, "knownAt": known_at}, _RECRUITMENT_CORRIDORS
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


class RecurredFindingsRow(TypedDict):
    site: str
    topic: str
    closed: str
    closedOn: dt.date
    closedRecord: str
    finding: str
    begunOn: dt.date
    status: str
    record: str


_RECURRED_FINDINGS: Final = {
    "site": "IRI",
    "topic": "IRI",
    "closed": "IRI",
    "closedOn": "date",
    "closedRecord": "IRI",
    "finding": "IRI",
    "begunOn": "date",
    "status": "IRI",
    "record": "IRI",
}


def recurred_findings(*, site: str | None = None, known_at: dt.datetime | None = None) -> Question[RecurredFindingsRow]:
    """The findings on a topic that came up again at a site after one was closed.

    Answers M06.

    Args:
        site: Only at this site.
        known_at: What was known by then; now where not given.
    """
    return Question("recurred-findings", {"site": site, "knownAt": known_at}, _RECURRED_FINDINGS)


class RecyclersOfContractsRow(TypedDict):
    contract: str
    site: str
    label: str | None
    address: str | None
    country: str | None
    quantity: Decimal | None
    completeness: str | None
    claim: str
    record: str


_RECYCLERS_OF_CONTRACTS: Final = {
    "contract": "IRI",
    "site": "IRI",
    "label": "string",
    "address": "string",
    "country": "IRI",
    "quantity": "decimal",
    "completeness": "IRI",
    "claim": "IRI",
    "record": "IRI",
}


def recyclers_of_contracts(
    *, contract: str | None = None, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[RecyclersOfContractsRow]:
    """Who took devices of a contract at the end of their use, where, and whether that is said to be all.

    Answers A24, P09.

    Args:
        contract: Only of this contract.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "recyclers-of-contracts",
        {"contract": contract, "validAt": valid_at, "knownAt": known_at},
        _RECYCLERS_OF_CONTRACTS,
    )


class RemediesShortOfCohortRow(TypedDict):
    site: str
    finding: str
    affectedBand: str
    remedyType: str
    remedies: int
    reached: int
    untold: int
    record: str


_REMEDIES_SHORT_OF_COHORT: Final = {
    "site": "IRI",
    "finding": "IRI",
    "affectedBand": "IRI",
    "remedyType": "IRI",
    "remedies": "integer",
    "reached": "integer",
    "untold": "integer",
    "record": "IRI",
}


def remedies_short_of_cohort(
    *, site: str | None = None, known_at: dt.datetime | None = None
) -> Question[RemediesShortOfCohortRow]:
    """The remedies that reached fewer workers than the finding says were affected, or of which nobody said how many.

    Answers M05.

    Args:
        site: Only at this site.
        known_at: What was known by then; now where not given.
    """
    return Question("remedies-short-of-cohort", {"site": site, "knownAt": known_at}, _REMEDIES_SHORT_OF_COHORT)


class RepliesToFindingsRow(TypedDict):
    site: str
    finding: str
    reply: str
    repliedBy: str
    receivedAt: dt.datetime
    text: str | None
    document: str | None
    record: str


_REPLIES_TO_FINDINGS: Final = {
    "site": "IRI",
    "finding": "IRI",
    "reply": "IRI",
    "repliedBy": "IRI",
    "receivedAt": "dateTime",
    "text": "string",
    "document": "string",
    "record": "IRI",
}


def replies_to_findings(
    *, site: str | None = None, finding: str | None = None, known_at: dt.datetime | None = None
) -> Question[RepliesToFindingsRow]:
    """What a company answered to a finding, and when.

    Answers P10.

    Args:
        site: Only findings at this site.
        finding: Only to this finding.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "replies-to-findings", {"site": site, "finding": finding, "knownAt": known_at}, _REPLIES_TO_FINDINGS
    )


class ReportsAboutSiteRow(TypedDict):
    report: str
    kind: str
    title: str | None
    attributedTo: str
    issuedOn: dt.date | None
    receivedAt: dt.datetime
    findings: int
    document: str | None


_REPORTS_ABOUT_SITE: Final = {
    "report": "IRI",
    "kind": "string",
    "title": "string",
    "attributedTo": "IRI",
    "issuedOn": "date",
    "receivedAt": "dateTime",
    "findings": "integer",
    "document": "string",
}


def reports_about_site(site: str, *, known_at: dt.datetime | None = None) -> Question[ReportsAboutSiteRow]:
    """The reports that exist about a site.

    Answers P03.

    Args:
        site: The site.
        known_at: What was known by then; now where not given.
    """
    return Question("reports-about-site", {"site": site, "knownAt": known_at}, _REPORTS_ABOUT_SITE)


class RetaliationAfterInterviewsRow(TypedDict):
    site: str
    month: str
    testimony: str
    finding: str
    begunOn: dt.date
    days: int
    status: str
    record: str


_RETALIATION_AFTER_INTERVIEWS: Final = {
    "site": "IRI",
    "month": "string",
    "testimony": "IRI",
    "finding": "IRI",
    "begunOn": "date",
    "days": "integer",
    "status": "IRI",
    "record": "IRI",
}


def retaliation_after_interviews(
    *, site: str | None = None, known_at: dt.datetime | None = None
) -> Question[RetaliationAfterInterviewsRow]:
    """The findings of retaliation that began after interviews at a site, for the monitoring partner that held them.

    Answers M11.

    Args:
        site: Only at this site.
        known_at: What was known by then; now where not given.
    """
    return Question("retaliation-after-interviews", {"site": site, "knownAt": known_at}, _RETALIATION_AFTER_INTERVIEWS)


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


class RiskOverEditionsRow(TypedDict):
    stage: str
    market: str | None
    originCountry: str | None
    issuedOn: dt.date
    level: str
    standing: bool
    claim: str
    record: str


_RISK_OVER_EDITIONS: Final = {
    "stage": "IRI",
    "market": "IRI",
    "originCountry": "IRI",
    "issuedOn": "date",
    "level": "IRI",
    "standing": "boolean",
    "claim": "IRI",
    "record": "IRI",
}


def risk_over_editions(
    category: str, *, stage: str | None = None, known_at: dt.datetime | None = None
) -> Question[RiskOverEditionsRow]:
    """What assessments said of the risk of a category, edition by edition.

    Answers R10.

    Args:
        category: The category.
        stage: Only this stage of production.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "risk-over-editions", {"category": category, "stage": stage, "knownAt": known_at}, _RISK_OVER_EDITIONS
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


class SitesByLinkedBuyersRow(TypedDict):
    site: str
    label: str | None
    buyers: int
    contracts: int
    models: int


_SITES_BY_LINKED_BUYERS: Final = {
    "site": "IRI",
    "label": "string",
    "buyers": "integer",
    "contracts": "integer",
    "models": "integer",
}


def sites_by_linked_buyers(
    country: str, *, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[SitesByLinkedBuyersRow]:
    """The sites of a country, first those that most buyers' contracts lead to, counted in the reader's own view only.

    Answers M01.

    Args:
        country: The country.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "sites-by-linked-buyers",
        {"country": country, "validAt": valid_at, "knownAt": known_at},
        _SITES_BY_LINKED_BUYERS,
    )


class SitesNamedByBrandRow(TypedDict):
    site: str
    label: str | None
    country: str | None
    model: str | None
    tier: str
    year: str | None
    document: str | None
    claim: str
    record: str


_SITES_NAMED_BY_BRAND: Final = {
    "site": "IRI",
    "label": "string",
    "country": "IRI",
    "model": "IRI",
    "tier": "IRI",
    "year": "string",
    "document": "string",
    "claim": "IRI",
    "record": "IRI",
}


def sites_named_by_brand(
    brand: str, *, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[SitesNamedByBrandRow]:
    """Where a brand says that its products are made.

    Answers P02.

    Args:
        brand: The brand.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "sites-named-by-brand", {"brand": brand, "validAt": valid_at, "knownAt": known_at}, _SITES_NAMED_BY_BRAND
    )


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


class SitesOfSameOperatorRow(TypedDict):
    site: str
    finding: str
    organization: str
    relation: str | None
    otherSite: str
    otherRelation: str | None
    claim: str
    record: str


_SITES_OF_SAME_OPERATOR: Final = {
    "site": "IRI",
    "finding": "IRI",
    "organization": "IRI",
    "relation": "IRI",
    "otherSite": "IRI",
    "otherRelation": "IRI",
    "claim": "IRI",
    "record": "IRI",
}


def sites_of_same_operator(
    *, site: str | None = None, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[SitesOfSameOperatorRow]:
    """The other sites of whoever operates, owns or staffs a site in breach, or recruits for it.

    Answers M08.

    Args:
        site: Only the site in breach.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "sites-of-same-operator", {"site": site, "validAt": valid_at, "knownAt": known_at}, _SITES_OF_SAME_OPERATOR
    )


class SitesOfSeveralBrandsRow(TypedDict):
    site: str
    label: str | None
    brands: int
    claims: int


_SITES_OF_SEVERAL_BRANDS: Final = {"site": "IRI", "label": "string", "brands": "integer", "claims": "integer"}


def sites_of_several_brands(
    *, least: int | None = None, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[SitesOfSeveralBrandsRow]:
    """The sites that are said to work for several brands.

    Answers R03.

    Args:
        least: How many brands at least; 3 where not given.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "sites-of-several-brands", {"least": least, "validAt": valid_at, "knownAt": known_at}, _SITES_OF_SEVERAL_BRANDS
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


class SmeltersByDeclarantsRow(TypedDict):
    mineral: str
    smelter: str
    brands: int
    declarations: int


_SMELTERS_BY_DECLARANTS: Final = {"mineral": "IRI", "smelter": "IRI", "brands": "integer", "declarations": "integer"}


def smelters_by_declarants(
    *, mineral: str | None = None, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[SmeltersByDeclarantsRow]:
    """In how many brands' declarations each smelter appears, by mineral.

    Answers R04.

    Args:
        mineral: Only of this mineral.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "smelters-by-declarants",
        {"mineral": mineral, "validAt": valid_at, "knownAt": known_at},
        _SMELTERS_BY_DECLARANTS,
    )


class SmeltersToQuestionRow(TypedDict):
    mineral: str
    smelter: str
    label: str | None
    identifier: str | None
    status: str
    certificate: str | None
    certificateRecord: str | None
    claim: str
    record: str


_SMELTERS_TO_QUESTION: Final = {
    "mineral": "IRI",
    "smelter": "IRI",
    "label": "string",
    "identifier": "string",
    "status": "string",
    "certificate": "IRI",
    "certificateRecord": "IRI",
    "claim": "IRI",
    "record": "IRI",
}


def smelters_to_question(
    brand: str, *, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[SmeltersToQuestionRow]:
    """The smelters that a brand declares of which no conformance is known, or no identifier.

    Answers C11.

    Args:
        brand: The brand.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "smelters-to-question", {"brand": brand, "validAt": valid_at, "knownAt": known_at}, _SMELTERS_TO_QUESTION
    )


class TransparencyOfContractorsRow(TypedDict):
    contractor: str
    quarter: str
    complete: int
    partial: int
    noneExists: int
    notAsked: int


_TRANSPARENCY_OF_CONTRACTORS: Final = {
    "contractor": "IRI",
    "quarter": "string",
    "complete": "integer",
    "partial": "integer",
    "noneExists": "integer",
    "notAsked": "integer",
}


def transparency_of_contractors(
    *, contractor: str | None = None, known_at: dt.datetime | None = None
) -> Question[TransparencyOfContractorsRow]:
    """What contractors said of how complete their disclosures are, counted by quarter in the reader's own view only.

    Answers A20.

    Args:
        contractor: Only this contractor.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "transparency-of-contractors", {"contractor": contractor, "knownAt": known_at}, _TRANSPARENCY_OF_CONTRACTORS
    )


class UnansweredNoticesRow(TypedDict):
    contract: str
    contractor: str | None
    notice: str
    sentOn: dt.date
    days: int
    record: str


_UNANSWERED_NOTICES: Final = {
    "contract": "IRI",
    "contractor": "IRI",
    "notice": "IRI",
    "sentOn": "date",
    "days": "integer",
    "record": "IRI",
}


def unanswered_notices(
    *, contract: str | None = None, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[UnansweredNoticesRow]:
    """The formal notices that no reply is recorded to.

    Answers A16.

    Args:
        contract: Only for this contract.
        valid_at: The day by which no reply came; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "unanswered-notices", {"contract": contract, "validAt": valid_at, "knownAt": known_at}, _UNANSWERED_NOTICES
    )


class UndecidedSitesRow(TypedDict):
    declarant: str
    site: str
    other: str
    score: Decimal | None
    claim: str
    record: str


_UNDECIDED_SITES: Final = {
    "declarant": "IRI",
    "site": "IRI",
    "other": "IRI",
    "score": "decimal",
    "claim": "IRI",
    "record": "IRI",
}


def undecided_sites(
    *, declarant: str | None = None, known_at: dt.datetime | None = None
) -> Question[UndecidedSitesRow]:
    """The disclosed sites that look like another known one, of which nobody has decided yet whether they are one.

    Answers C03.

    Args:
        declarant: Only sites that this organization disclosed.
        known_at: What was known by then; now where not given.
    """
    return Question("undecided-sites", {"declarant": declarant, "knownAt": known_at}, _UNDECIDED_SITES)


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


class UnionsAtSiteRow(TypedDict):
    site: str
    representation: str
    union: str | None
    name: str | None
    agreement: str
    observedOn: dt.date | None
    claim: str | None
    record: str | None


_UNIONS_AT_SITE: Final = {
    "site": "IRI",
    "representation": "string",
    "union": "IRI",
    "name": "string",
    "agreement": "string",
    "observedOn": "date",
    "claim": "IRI",
    "record": "IRI",
}


def unions_at_site(
    site: str, *, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[UnionsAtSiteRow]:
    """Which union represents the workers of a site, and whether a collective agreement is recorded.

    Answers P08.

    Args:
        site: The site.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question("unions-at-site", {"site": site, "validAt": valid_at, "knownAt": known_at}, _UNIONS_AT_SITE)


class UnverifiedActionsRow(TypedDict):
    site: str
    finding: str
    action: str
    reportedDoneOn: dt.date | None
    otherwise: str | None
    record: str


_UNVERIFIED_ACTIONS: Final = {
    "site": "IRI",
    "finding": "IRI",
    "action": "IRI",
    "reportedDoneOn": "date",
    "otherwise": "IRI",
    "record": "IRI",
}


def unverified_actions(
    *, site: str | None = None, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[UnverifiedActionsRow]:
    """The actions that a company reported as done and that no interviews with workers bear out.

    Answers M04.

    Args:
        site: Only at this site.
        valid_at: The day by which they were reported; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question("unverified-actions", {"site": site, "validAt": valid_at, "knownAt": known_at}, _UNVERIFIED_ACTIONS)


class VersionsRow(TypedDict):
    what: str
    title: str | None
    version: str | None
    iri: str | None


_VERSIONS: Final = {"what": "IRI", "title": "string", "version": "string", "iri": "IRI"}


def versions(*, what: str | None = None) -> Question[VersionsRow]:
    """Which version of the ontology, of each code list and of each set of clauses the data are read with.

    Answers I09.

    Args:
        what: Only this one.
    """
    return Question("versions", {"what": what}, _VERSIONS)


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

    Answers A03.

    Args:
        about: The contract, site or buyer.
        from_: The earlier instant.
        to: The later instant.
        valid_at: The day on which the claims hold; today where it is not given.
    """
    return Question("what-changed", {"about": about, "from": from_, "to": to, "validAt": valid_at}, _WHAT_CHANGED)


class WhatIsKnownOfSiteRow(TypedDict):
    site: str
    openFindings: int
    otherFindings: int
    reports: int
    audits: int
    observations: int
    lastReceived: dt.datetime | None
    lastObserved: dt.date | None
    reading: str


_WHAT_IS_KNOWN_OF_SITE: Final = {
    "site": "IRI",
    "openFindings": "integer",
    "otherFindings": "integer",
    "reports": "integer",
    "audits": "integer",
    "observations": "integer",
    "lastReceived": "dateTime",
    "lastObserved": "date",
    "reading": "string",
}


def what_is_known_of_site(
    site: str, *, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[WhatIsKnownOfSiteRow]:
    """How much is recorded about a site, and until when: never whether it complies.

    Answers N01.

    Args:
        site: The site.
        valid_at: The day on which it is asked; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question(
        "what-is-known-of-site", {"site": site, "validAt": valid_at, "knownAt": known_at}, _WHAT_IS_KNOWN_OF_SITE
    )


class WhoSaidItRow(TypedDict):
    finding: str
    saidBy: str
    name: str | None
    basis: str | None
    worker: str
    record: str


_WHO_SAID_IT: Final = {
    "finding": "IRI",
    "saidBy": "IRI",
    "name": "string",
    "basis": "IRI",
    "worker": "string",
    "record": "IRI",
}


def who_said_it(finding: str, *, known_at: dt.datetime | None = None) -> Question[WhoSaidItRow]:
    """Which organization stands behind a finding; which worker spoke is not in the graph.

    Answers N03.

    Args:
        finding: The finding.
        known_at: What was known by then; now where not given.
    """
    return Question("who-said-it", {"finding": finding, "knownAt": known_at}, _WHO_SAID_IT)


class WhomToTellRow(TypedDict):
    rank: int
    role: str
    who: str
    name: str | None
    by: str
    record: str


_WHOM_TO_TELL: Final = {
    "rank": "integer",
    "role": "string",
    "who": "IRI",
    "name": "string",
    "by": "IRI",
    "record": "IRI",
}


def whom_to_tell(
    finding: str, *, valid_at: dt.date | None = None, known_at: dt.datetime | None = None
) -> Question[WhomToTellRow]:
    """Who must be told of a finding, in the order in which it is to be told.

    Answers M02.

    Args:
        finding: The finding.
        valid_at: The day on which the claims hold; today where not given.
        known_at: What was known by then; now where not given.
    """
    return Question("whom-to-tell", {"finding": finding, "validAt": valid_at, "knownAt": known_at}, _WHOM_TO_TELL)


class WorkersRepaidRow(TypedDict):
    total: int
    site: str
    finding: str
    remedy: str
    beneficiaries: int | None
    amount: Decimal | None
    currency: str | None
    paidOn: dt.date | None
    verified: bool
    record: str


_WORKERS_REPAID: Final = {
    "total": "integer",
    "site": "IRI",
    "finding": "IRI",
    "remedy": "IRI",
    "beneficiaries": "integer",
    "amount": "decimal",
    "currency": "string",
    "paidOn": "date",
    "verified": "boolean",
    "record": "IRI",
}


def workers_repaid(*, known_at: dt.datetime | None = None) -> Question[WorkersRepaidRow]:
    """How many workers got fees repaid, remedy by remedy, with the sum of those that tell a number.

    Answers P06.

    Args:
        known_at: What was known by then; now where not given.
    """
    return Question("workers-repaid", {"knownAt": known_at}, _WORKERS_REPAID)


class YearsOnListsRow(TypedDict):
    brand: str
    site: str
    first: str
    last: str
    editions: int


_YEARS_ON_LISTS: Final = {"brand": "IRI", "site": "IRI", "first": "string", "last": "string", "editions": "integer"}


def years_on_lists(*, brand: str | None = None, known_at: dt.datetime | None = None) -> Question[YearsOnListsRow]:
    """How long each site stays on the list of a brand.

    Answers R02.

    Args:
        brand: Only the lists of this brand.
        known_at: What was known by then; now where not given.
    """
    return Question("years-on-lists", {"brand": brand, "knownAt": known_at}, _YEARS_ON_LISTS)
