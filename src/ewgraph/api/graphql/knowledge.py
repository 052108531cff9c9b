"""What is known and what is not: disclosure gaps, risk maps, changes, conflicts, and what affiliates have in common."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import Final

import strawberry

from ewgraph.api.graphql.answers import Answered, connection, stated
from ewgraph.api.graphql.claims import Record
from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.nodes import Contract, Organization, ProductModel, Site, boundary
from ewgraph.api.graphql.paging import PageInfo, asked
from ewgraph.api.graphql.values import Concept, Node, Thing
from ewgraph.model import codes, terms
from ewgraph.model import conflicts as conflicting
from ewgraph.model import leverage as counted
from ewgraph.model.changes import Change as TracedChange
from ewgraph.model.changes import ChangeKind
from ewgraph.model.codes import Completeness as Word
from ewgraph.model.codes import ConflictKind, DueDiligence, Tier
from ewgraph.model.gaps import Gap as TracedGap
from ewgraph.model.gaps import GapState, NextQuestion
from ewgraph.model.instants import zoned
from ewgraph.model.rdf import IRI, Term
from ewgraph.model.risks import Risk as TracedRisk
from ewgraph.trace import Window
from ewgraph.trace.changes import by_instant, what_changed
from ewgraph.trace.conflicts import by_kind, conflicts
from ewgraph.trace.gaps import by_model, disclosure_gaps
from ewgraph.trace.leverage import shared_leverage
from ewgraph.trace.risks import by_category, risk_map

strawberry.enum(GapState, description=GapState.__doc__)
strawberry.enum(NextQuestion, description=NextQuestion.__doc__)
strawberry.enum(ChangeKind, description=ChangeKind.__doc__)
strawberry.enum(Word, name="CompletenessWord", description=Word.__doc__)
for _code in (codes.DueDiligence, codes.ConflictKind):
    strawberry.enum(_code, description=_code.__doc__)


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


@strawberry.type
class Change:
    """One change in what is known."""

    change: ChangeKind
    at: dt.datetime | None = strawberry.field(
        description="When the record was received that made it, or when you came to see it; none where no record did.",
    )
    what: str = strawberry.field(description="The kind of a hop, `SAME_SITE`, or the class of another statement.")
    statement: Thing = strawberry.field(description="The claim, contract line or other statement.")
    record: Record
    about: Node = strawberry.field(description="Where the hop leads to, or what the statement names.")
    by: Record | None = strawberry.field(description="The record that made the change.")
    replaced_by: Thing | None = strawberry.field(description="What is said instead, of something that was revised.")


@strawberry.type
class ChangeEdge:
    """A change in a list of changes."""

    cursor: str
    node: Change


@strawberry.type
class ChangeConnection(Answered):
    """A part of what changed, by instant."""

    edges: list[ChangeEdge]
    page_info: PageInfo
    total_count: int


@strawberry.type
class ConflictSide:
    """What one record says."""

    record: Record
    statements: list[Thing] = strawberry.field(description="The claims that say so; none where it leaves it out.")
    values: list[str] = strawberry.field(description="What they say and the other side does not.")


@strawberry.type
class Conflict:
    """That two records do not agree about a site or model. Only a contradiction is alarming; nothing is decided."""

    kind: ConflictKind
    dimension: Concept = strawberry.field(description="The tier, attribute or topic.")
    one: ConflictSide
    other: ConflictSide


@strawberry.type
class ConflictEdge:
    """A conflict in a list of conflicts."""

    cursor: str
    node: Conflict


@strawberry.type
class ConflictConnection(Answered):
    """A part of what does not agree: contradictions first."""

    edges: list[ConflictEdge]
    page_info: PageInfo
    total_count: int


@strawberry.type
class LinkedCount:
    """How many affiliates are linked, as a size class; for staff as a number, and by how many contracts."""

    at_least: int
    at_most: int | None
    contracts: int | None


@strawberry.type
class SpendBand:
    """What affiliates together spend, in one currency, as a size class."""

    currency: str
    at_least: float
    below: float


@strawberry.type
class SharedLeverage(Answered):
    """What affiliates have in common at a site, counted over all views and never by name.

    Members are told of the affiliates of whose purchases they see nothing, as it was when the month began.
    """

    suspected: LinkedCount | None = strawberry.field(
        description="Those who buy a model that anybody says the site makes or supplies; the strict among them. "
        "None where they, or those who are not, may be fewer than `least`, or where such numbers are not told to you.",
    )
    strict: LinkedCount | None = strawberry.field(
        description="Those for whose own contract it is said by who answers for it; none where they are too few.",
    )
    spend: list[SpendBand] = strawberry.field(description="What the suspected spend on what leads to the site.")
    least: int = strawberry.field(description="So many affiliates are behind each number.")


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


_CHANGING: Final = frozenset({terms.Contract, terms.Site, terms.Boundary, terms.Organization})


def change_connection(  # noqa: PLR0913, PLR0917  # the arguments of the GraphQL field
    loader: Loader,
    node: IRI,
    since: dt.datetime,
    until: dt.datetime,
    first: int | None,
    after: str | None,
) -> ChangeConnection:
    """What changed of a contract, a site or a buyer's contracts."""
    window, begin, end = Window(*asked(first, after, "ssssss")), zoned(since), zoned(until)
    found = loader.traced(
        "what-changed",
        node,
        _CHANGING,
        lambda view, catalogue, node: what_changed(view, catalogue, node, since=begin, until=end, window=window),
        *(begin, end, window),
    )
    return connection(ChangeConnection, ChangeEdge, found, by_instant, partial(_change, loader))


def conflict_connection(
    loader: Loader,
    about: IRI,
    days: int,
    first: int | None,
    after: str | None,
) -> ConflictConnection:
    """What does not agree about a site or model."""
    window = Window(*asked(first, after, "isssss"))
    found = loader.traced(
        "conflicts",
        about,
        {terms.Site, terms.ProductModel},
        lambda view, catalogue, node: conflicts(view, catalogue, node, days=days, window=window),
        *(days, window),
    )
    return connection(ConflictConnection, ConflictEdge, found, by_kind, partial(_conflict, loader))


def leverage_of(loader: Loader, site: IRI) -> SharedLeverage:
    """What affiliates have in common at a site; nothing at none."""
    found = loader.traced("shared-leverage", site, {terms.Site}, shared_leverage)
    told = next(iter(found), None)
    return SharedLeverage(
        suspected=_count(told.suspected) if told else None,
        strict=_count(told.strict) if told else None,
        spend=[
            SpendBand(currency=one.currency, at_least=float(one.at_least), below=float(one.below))
            for one in (told.spend if told else ())
        ],
        least=told.least if told else counted.LEAST,
        **stated(found),
    )


def _count(count: counted.Count | None) -> LinkedCount | None:
    return LinkedCount(at_least=count.at_least, at_most=count.at_most, contracts=count.contracts) if count else None


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


def _change(loader: Loader, change: TracedChange) -> Change:
    entry, instead = change.entry, change.replaced_by
    return Change(
        change=change.kind,
        at=change.at,
        what=entry.what,
        statement=Thing.of(loader, entry.claim),
        record=Record.of(loader, entry.record),
        about=_named(loader, entry.about),
        by=Record.of(loader, change.by) if change.by else None,
        replaced_by=Thing.of(loader, instead.claim) if instead else None,
    )


def _named(loader: Loader, node: IRI) -> Node:
    for kind, make in ((terms.Site, Site), (terms.ProductModel, ProductModel), (terms.Contract, Contract)):
        if loader.is_a(node, kind):
            return make.of(loader, node)
    return boundary(loader, node) or Thing.of(loader, node)


def _conflict(loader: Loader, conflict: conflicting.Conflict) -> Conflict:
    return Conflict(
        kind=conflict.kind,
        dimension=Concept.of(loader, conflict.dimension),
        one=_side(loader, conflict.one),
        other=_side(loader, conflict.other),
    )


def _side(loader: Loader, side: conflicting.Side) -> ConflictSide:
    return ConflictSide(
        record=Record.of(loader, side.record),
        statements=[Thing.of(loader, claim) for claim in side.claims],
        values=_texts(side.values),
    )


def _texts(values: Iterable[Term]) -> list[str]:
    return [value.value for value in values]
