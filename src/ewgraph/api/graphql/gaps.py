"""What is disclosed and what is not: disclosure gaps of a contract, and the risk map of a buyer."""

from __future__ import annotations

import datetime as dt
from functools import partial

import strawberry

from ewgraph.api.graphql.answers import Answered, connection
from ewgraph.api.graphql.claims import Record
from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.nodes import Organization, ProductModel
from ewgraph.api.graphql.paging import PageInfo, asked
from ewgraph.api.graphql.values import Concept, Thing
from ewgraph.model import terms
from ewgraph.model.codes import Completeness as Word
from ewgraph.model.codes import DueDiligence, Tier
from ewgraph.model.gaps import Gap as TracedGap
from ewgraph.model.gaps import GapState, NextQuestion
from ewgraph.model.instants import zoned
from ewgraph.model.rdf import IRI
from ewgraph.model.risks import Risk as TracedRisk
from ewgraph.trace import Window
from ewgraph.trace.gaps import by_model, disclosure_gaps
from ewgraph.trace.risks import by_category, risk_map

strawberry.enum(GapState, description=GapState.__doc__)
strawberry.enum(NextQuestion, description=NextQuestion.__doc__)


@strawberry.type
class DisclosureGap:
    """How far the sites of a tier behind a model are disclosed under a contract, and what to ask next."""

    model: ProductModel
    tier: Tier
    state: GapState
    sites: int = strawberry.field(description="How many sites chains of scope MODEL or better lead to.")
    possible_sites: int = strawberry.field(description="How many only weaker chains lead to.")
    last_confirmed: dt.datetime | None = strawberry.field(
        description="When the newest record that names one of the former was received.",
    )
    completeness: Word | None = strawberry.field(description="What was last said of whether those named are all.")
    request: DueDiligence | None = strawberry.field(
        description="How far the last formal request up the chain has come.",
    )
    question: NextQuestion | None = strawberry.field(description="What to ask next; none for nothing.")
    addressees: list[Organization] = strawberry.field(description="The contractors, whom to ask.")
    obligation: Thing | None = strawberry.field(description="The obligation to disclose them that is due first.")
    obligation_type: Concept | None = strawberry.field(description="What is owed.")
    due_on: dt.date | None = strawberry.field(description="Its last day.")
    clauses: list[Thing] = strawberry.field(description="The clause sets of the contract, under which to ask.")


@strawberry.type
class DisclosureGapEdge:
    """A cell in the table of models and tiers."""

    cursor: str
    node: DisclosureGap


@strawberry.type
class DisclosureGapConnection(Answered):
    """A part of the table of models and tiers: by model, then from final assembly to extraction."""

    edges: list[DisclosureGapEdge]
    page_info: PageInfo
    total_count: int


@strawberry.type
class Risk:
    """A category that is bought and a stage of production, with what one assessment says of it."""

    category: Concept
    stage: Concept
    level: Concept | None = strawberry.field(description="The level of risk; none where nobody assessed it.")
    inherited_from: Concept | None = strawberry.field(
        description="The category that was assessed: the category itself, or the nearest broader one.",
    )
    market: Concept | None = strawberry.field(description="The market it was assessed for.")
    origin_country: Concept | None = strawberry.field(description="The country of production it was assessed for.")
    record: Record | None = strawberry.field(description="The assessment.")
    models: int = strawberry.field(
        description="How many models of contract lines are bought in the category: one for each line, at least one.",
    )
    disclosed: int = strawberry.field(
        description="Those of whose sites some tier of the stage is disclosed, or said not to exist.",
    )
    partly: int = strawberry.field(description="Of the others those of whose sites something is disclosed.")
    undisclosed: int = strawberry.field(description="The rest.")


@strawberry.type
class RiskEdge:
    """A row of a risk map."""

    cursor: str
    node: Risk


@strawberry.type
class RiskConnection(Answered):
    """A part of a risk map: by category, then by stage."""

    edges: list[RiskEdge]
    page_info: PageInfo
    total_count: int


def gap_connection(
    loader: Loader,
    contract: IRI,
    confirmed_since: dt.datetime | None,
    first: int | None,
    after: str | None,
) -> DisclosureGapConnection:
    """How far the sites behind a contract are disclosed."""
    window, since = Window(*asked(first, after, "si")), zoned(confirmed_since) if confirmed_since else None
    found = loader.traced(
        "disclosure-gaps",
        contract,
        {terms.Contract},
        lambda view, catalogue, node: disclosure_gaps(view, catalogue, node, confirmed_since=since, window=window),
        *(since, window),
    )
    return connection(DisclosureGapConnection, DisclosureGapEdge, found, by_model, partial(_gap, loader))


def risk_connection(
    loader: Loader,
    affiliate: IRI,
    confirmed_since: dt.datetime | None,
    first: int | None,
    after: str | None,
) -> RiskConnection:
    """What a buyer buys, by risk."""
    window, since = Window(*asked(first, after, "sss")), zoned(confirmed_since) if confirmed_since else None
    found = loader.traced(
        "risk-map",
        affiliate,
        {terms.Organization},
        lambda view, catalogue, node: risk_map(view, catalogue, node, confirmed_since=since, window=window),
        *(since, window),
    )
    return connection(RiskConnection, RiskEdge, found, by_category, partial(_risk, loader))


def _gap(loader: Loader, gap: TracedGap) -> DisclosureGap:
    return DisclosureGap(
        model=ProductModel.of(loader, gap.known.model),
        tier=gap.known.tier,
        state=gap.state,
        sites=len(gap.known.named),
        possible_sites=len(gap.known.possible),
        last_confirmed=gap.known.last_confirmed,
        completeness=gap.completeness,
        request=gap.request,
        question=gap.question,
        addressees=[Organization.of(loader, one) for one in gap.addressees],
        obligation=Thing.of(loader, gap.owed.obligation) if gap.owed else None,
        obligation_type=Concept.of(loader, gap.owed.kind) if gap.owed else None,
        due_on=gap.owed.due_on if gap.owed else None,
        clauses=[Thing.of(loader, one) for one in gap.clauses],
    )


def _risk(loader: Loader, risk: TracedRisk) -> Risk:
    def code(node: IRI | None) -> Concept | None:
        return Concept.of(loader, node) if node else None

    assessed = risk.assessed
    return Risk(
        category=Concept.of(loader, risk.category),
        stage=Concept.of(loader, risk.stage),
        level=code(assessed.level) if assessed else None,
        inherited_from=code(assessed.inherited_from) if assessed else None,
        market=code(assessed.market) if assessed else None,
        origin_country=code(assessed.origin_country) if assessed else None,
        record=Record.of(loader, assessed.record) if assessed else None,
        models=risk.models,
        disclosed=risk.disclosed,
        partly=risk.partly,
        undisclosed=risk.undisclosed,
    )
