"""The enumerations of the schema: the code lists as they are, and the classes by which things are told apart."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import TypeVar

import strawberry

from ewgraph.model import codes, terms
from ewgraph.model.rdf import IRI
from ewgraph.trace.reasons import How

for _code in (
    codes.ActionStatus,
    codes.CertificationStatus,
    codes.ConflictKind,
    codes.DueDiligence,
    codes.OperationRelation,
    codes.Part,
    codes.Redaction,
    codes.RemedyType,
    codes.Representation,
    codes.SiteType,
    codes.Trigger,
    codes.Verdict,
    codes.VerificationMethod,
    codes.VerificationVerdict,
    codes.WorkerRole,
    codes.Scope,
    codes.EvidenceBasis,
    codes.HopKind,
    codes.Tier,
    codes.Visibility,
    codes.Confidence,
    codes.BreachStatus,
    codes.FindingType,
    codes.Band,
    codes.AffectedGroup,
    codes.Linkage,
    codes.AddressPrecision,
):
    strawberry.enum(_code, description=_code.__doc__)

strawberry.enum(codes.Completeness, name="CompletenessWord", description=codes.Completeness.__doc__)
strawberry.enum(codes.EscalationStep, name="EscalationStepKind", description=codes.EscalationStep.__doc__)
strawberry.enum(How, name="WhyKind", description="By what a reader comes to see something.")


C = TypeVar("C", bound="Class")


class Class(enum.Enum):
    """A class of the ontology; the value is its IRI as text."""

    @property
    def iri(self) -> IRI:
        """The class."""
        return IRI(self.value)


@strawberry.enum(description="What a site is. A site can be several.")
class SiteKind(Class):
    """What a site is. A site can be several."""

    FACTORY = terms.Factory.value
    SMELTER = terms.Smelter.value
    MINE = terms.Mine.value
    RECYCLING_FACILITY = terms.RecyclingFacility.value
    WAREHOUSE = terms.Warehouse.value
    DORMITORY = terms.Dormitory.value


@strawberry.enum(description="What can be searched for.")
class EntityKind(Class):
    """What can be searched for."""

    SITE = terms.Site.value
    CONTRACT = terms.Contract.value
    PRODUCT_MODEL = terms.ProductModel.value
    ORGANIZATION = terms.Organization.value
    RECORD = terms.Record.value


@strawberry.enum(description="What kind of statement by someone a record is.")
class RecordKind(Class):
    """What kind of statement by someone a record is."""

    DISCLOSURE = terms.Disclosure.value
    DUE_DILIGENCE_RECORD = terms.DueDiligenceRecord.value
    SUPPLIER_LIST_EDITION = terms.SupplierListEdition.value
    MINERALS_DECLARATION = terms.MineralsDeclaration.value
    MONITORING_REPORT = terms.MonitoringReport.value
    AUDIT_REPORT = terms.AuditReport.value
    RISK_ASSESSMENT = terms.RiskAssessment.value
    TESTIMONY = terms.Testimony.value
    REPLY = terms.Reply.value
    DATASET_IMPORT = terms.DatasetImport.value
    CONTRACT_NOTICE = terms.ContractNotice.value
    ADJUDICATION = terms.Adjudication.value
    REDACTED_EDITION = terms.RedactedEdition.value
    RELEASE = terms.Release.value
    RETRACTION = terms.Retraction.value
    RECORD = terms.Record.value


@strawberry.enum(description="What kind of assertion a claim is.")
class ClaimKind(Class):
    """What kind of assertion a claim is."""

    SUPPLY_CLAIM = terms.SupplyClaim.value
    SMELTER_LISTING_CLAIM = terms.SmelterListingClaim.value
    SOURCING_CLAIM = terms.SourcingClaim.value
    OPERATION_CLAIM = terms.OperationClaim.value
    SITE_ATTRIBUTE_CLAIM = terms.SiteAttributeClaim.value
    OBSERVATION_CLAIM = terms.ObservationClaim.value
    RECRUITMENT_CLAIM = terms.RecruitmentClaim.value
    REPRESENTATION_CLAIM = terms.RepresentationClaim.value
    WORKFORCE_CLAIM = terms.WorkforceClaim.value
    CERTIFICATION_CLAIM = terms.CertificationClaim.value
    DISPOSITION_CLAIM = terms.DispositionClaim.value
    CHEMICAL_CLAIM = terms.ChemicalClaim.value
    COMPLETENESS_CLAIM = terms.CompletenessClaim.value
    SAME_SITE_CLAIM = terms.SameSiteClaim.value
    SAME_ORG_CLAIM = terms.SameOrgClaim.value
    FINDING = terms.Finding.value
    RISK_CELL = terms.RiskCell.value
    LISTED_GOODS = terms.ListedGoods.value
    CLAIM = terms.Claim.value


def of_types(kinds: type[C], types: Iterable[IRI]) -> list[C]:
    """The kinds that the types name, in the order of the enumeration."""
    named = {node.value for node in types}
    return [kind for kind in kinds if kind.value in named]
