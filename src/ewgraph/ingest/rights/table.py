"""Which class, word and level is whose to say. `docs/records.md` shows the same table."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from ewgraph.model import terms
from ewgraph.model.codes import Visibility
from ewgraph.model.rdf import IRI


class Sayer(enum.Enum):
    """Who may say something. The staff may say all of it."""

    ANYONE = "any organisation"
    MEMBERS = "affiliates, monitoring partners and the staff"
    PARTNERS = "monitoring partners and the staff"
    STAFF = "the staff"


class Row(NamedTuple):
    """What holds for one class.

    Attributes:
        sayer: who may say it.
        why: why nobody else, in words that end a sentence; empty where anybody may.
    """

    sayer: Sayer
    why: str = ""


_ANYONE: Final = Row(Sayer.ANYONE)
_MONITORING: Final = Row(Sayer.PARTNERS, "it rests on what workers said, or on what was seen on the spot")
_RISK: Final = Row(Sayer.PARTNERS, "risk is rated by those who do not gain by the rating")
_MATCH: Final = Row(Sayer.STAFF, "to take two names for one decides what others see")
_CONTRACT: Final = Row(Sayer.STAFF, "a contract gives its parties the right to read, and its models link them to sites")
_DERIVED: Final = Row(Sayer.STAFF, "a role follows from what records say, and is never stated")
_OPENING: Final = Row(Sayer.STAFF, "to open what was said to more people is not for who says it")
_WHOLE: Final = Row(Sayer.STAFF, "it says nothing by itself: use the class that fits")

SAYERS: Final[Mapping[IRI, Row]] = MappingProxyType(
    {
        # records
        terms.Disclosure: _ANYONE,
        terms.DueDiligenceRecord: _ANYONE,
        terms.SupplierListEdition: _ANYONE,
        terms.MineralsDeclaration: _ANYONE,
        terms.AuditReport: _ANYONE,
        terms.Reply: _ANYONE,
        terms.Retraction: _ANYONE,
        terms.MonitoringReport: _MONITORING,
        terms.Testimony: _MONITORING,
        terms.RiskAssessment: _RISK,
        terms.ContractNotice: _CONTRACT,
        terms.DatasetImport: Row(Sayer.STAFF, "it is the word of a third party, which the staff vouch for"),
        terms.Adjudication: _MATCH,
        terms.Release: _OPENING,
        terms.RedactedEdition: _OPENING,
        terms.Record: _WHOLE,
        # claims
        terms.SupplyClaim: _ANYONE,
        terms.SmelterListingClaim: _ANYONE,
        terms.SourcingClaim: _ANYONE,
        terms.OperationClaim: _ANYONE,
        terms.SiteAttributeClaim: _ANYONE,
        terms.ObservationClaim: _ANYONE,
        terms.RecruitmentClaim: _ANYONE,
        terms.RepresentationClaim: _ANYONE,
        terms.WorkforceClaim: _ANYONE,
        terms.CertificationClaim: _ANYONE,
        terms.DispositionClaim: _ANYONE,
        terms.ChemicalClaim: _ANYONE,
        terms.CompletenessClaim: _ANYONE,
        terms.Finding: _ANYONE,
        terms.RiskCell: _RISK,
        terms.ListedGoods: _RISK,
        terms.SameSiteClaim: _MATCH,
        terms.SameOrgClaim: _MATCH,
        terms.Claim: _WHOLE,
        # activities
        terms.CorrectiveActionPlan: _ANYONE,
        terms.CorrectiveAction: _ANYONE,
        terms.Remedy: _ANYONE,
        terms.Verification: Row(Sayer.PARTNERS, "nobody verifies what it did itself"),
        terms.EscalationStep: Row(Sayer.MEMBERS, "it is a buyer who presses a contractor"),
        terms.Activity: _WHOLE,
        # entities
        terms.Organization: _ANYONE,
        terms.ProductModel: _ANYONE,
        **dict.fromkeys(sorted(terms.SITE_CLASSES, key=str), _ANYONE),
        terms.Contract: _CONTRACT,
        terms.FrameworkAgreement: _CONTRACT,
        terms.CallOff: _CONTRACT,
        terms.ContractLine: _CONTRACT,
        terms.Obligation: Row(Sayer.STAFF, "nobody puts a duty on somebody else"),
        terms.ClauseSet: Row(Sayer.STAFF, "clauses are what buyers agreed on"),
        terms.ObligationRule: Row(Sayer.STAFF, "clauses are what buyers agreed on"),
        terms.Affiliation: Row(Sayer.STAFF, "membership gives the right to read"),
        terms.Entity: _WHOLE,
        terms.Affiliate: _DERIVED,
        terms.Auditor: _DERIVED,
        terms.Brand: _DERIVED,
        terms.Contractor: _DERIVED,
        terms.LabourAgent: _DERIVED,
        terms.MiningCompany: _DERIVED,
        terms.MonitoringPartner: _DERIVED,
        terms.Operator: _DERIVED,
        terms.Union: _DERIVED,
        # what addresses, places and identifiers are made of
        terms.LOCN.Address: _ANYONE,
        terms.GEO.Geometry: _ANYONE,
        terms.ADMS.Identifier: _ANYONE,
    },
)
"""The classes; what is not among them is the staff's to say."""

UNKNOWN: Final = Row(Sayer.STAFF, "what has no row in the table of rights is not for others")

WIDEST: Final[Mapping[IRI, Visibility]] = MappingProxyType(
    {
        terms.Disclosure: Visibility.LINKED_AFFILIATES,
        terms.DueDiligenceRecord: Visibility.LINKED_AFFILIATES,
        terms.SupplierListEdition: Visibility.PUBLIC,
        terms.MineralsDeclaration: Visibility.PUBLIC,
        terms.AuditReport: Visibility.LINKED_AFFILIATES,
        terms.Reply: Visibility.PUBLIC,
        terms.Retraction: Visibility.PUBLIC,
        terms.MonitoringReport: Visibility.LINKED_AFFILIATES,
        terms.Testimony: Visibility.MONITOR_ONLY,
        terms.RiskAssessment: Visibility.AFFILIATES,
    },
)
"""How wide an organisation may open its own record, by class. Wider is for a release, which the staff make."""

STAFF_WORDS: Final[Mapping[IRI, str]] = MappingProxyType(
    {
        **dict.fromkeys(
            (terms.buyer, terms.contractor, terms.hasLine, terms.covers, terms.underClauses, terms.underFramework),
            _CONTRACT.why,
        ),
        **dict.fromkeys((terms.ORG.member, terms.ORG.role, terms.viaConsortium), "membership gives the right to read"),
        **dict.fromkeys(
            (terms.releases, terms.toVisibility, terms.releasedAt, terms.redactedAs, terms.inFavourOf), _OPENING.why
        ),
        **dict.fromkeys((terms.siteA, terms.siteB, terms.organizationA, terms.organizationB), _MATCH.why),
        terms.accepted: "whether due diligence is enough is for the buyer to say, through the staff",
        terms.erasedOn: "to erase is for whoever runs the service",
    },
)
"""Properties that only the staff use, each with the reason."""

OWN_WORDS: Final = (terms.PROV.wasAttributedTo, terms.onBehalfOf, terms.declarant, terms.reviewedBy)
"""Properties that say whose word something is. `ew:certifier` is none: who granted a status is what a claim tells."""
