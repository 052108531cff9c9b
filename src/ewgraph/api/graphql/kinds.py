"""Which type of the schema a thing has, by its classes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ewgraph.api.graphql import activities, claims, contracts, nodes, values
from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.values import Node
from ewgraph.model import terms
from ewgraph.model.rdf import IRI

CLAIMS: Final[Mapping[IRI, type[claims.Claim]]] = {
    terms.SupplyClaim: claims.SupplyClaim,
    terms.SmelterListingClaim: claims.SmelterListingClaim,
    terms.SourcingClaim: claims.SourcingClaim,
    terms.Finding: claims.Finding,
    terms.OperationClaim: claims.OperationClaim,
    terms.SiteAttributeClaim: claims.SiteAttributeClaim,
    terms.ObservationClaim: claims.ObservationClaim,
    terms.RecruitmentClaim: claims.RecruitmentClaim,
    terms.RepresentationClaim: claims.RepresentationClaim,
    terms.WorkforceClaim: claims.WorkforceClaim,
    terms.CertificationClaim: claims.CertificationClaim,
    terms.DispositionClaim: claims.DispositionClaim,
    terms.ChemicalClaim: claims.ChemicalClaim,
    terms.CompletenessClaim: claims.CompletenessClaim,
    terms.SameSiteClaim: claims.SameSiteClaim,
    terms.SameOrgClaim: claims.SameOrgClaim,
    terms.RiskCell: claims.RiskCell,
    terms.ListedGoods: claims.ListedGoods,
    terms.Claim: claims.OtherClaim,
}
"""The types of claims by class; the last is for all others."""
ACTIVITIES: Final[Mapping[IRI, type[activities.Activity]]] = {
    terms.CorrectiveActionPlan: activities.CorrectiveActionPlan,
    terms.CorrectiveAction: activities.CorrectiveAction,
    terms.Remedy: activities.Remedy,
    terms.Verification: activities.Verification,
    terms.EscalationStep: activities.EscalationStep,
}
"""The types of activities by class."""
KINDS: Final[Mapping[IRI, type[Node]]] = {
    terms.Site: nodes.Site,
    terms.Contract: contracts.Contract,
    terms.ProductModel: nodes.ProductModel,
    terms.Organization: nodes.Organization,
    terms.Record: claims.Record,
    **CLAIMS,
    **ACTIVITIES,
    terms.ContractLine: contracts.ContractLine,
    terms.Obligation: contracts.Obligation,
    terms.ClauseSet: contracts.ClauseSet,
    terms.ObligationRule: contracts.ObligationRule,
    terms.Affiliation: nodes.Affiliation,
    terms.Boundary: nodes.Boundary,
    terms.SKOS.Concept: values.Concept,
}
"""The type of each class; a thing of several classes has the type of the first."""
BY_NAME: Final[Mapping[str, type[Node]]] = {kind.__name__: kind for kind in KINDS.values()}


def node_of(loader: Loader, node: IRI) -> Node:
    """A thing as the type of its class, as far as that is visible."""
    types = loader.types(node)
    return next((make for kind, make in KINDS.items() if kind in types), values.Thing).of(loader, node)
