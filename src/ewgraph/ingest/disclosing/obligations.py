"""Which duties of a contract a disclosure answers: those to name sites, by the claims that name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from ewgraph.ingest.answer.report import ObligationNote, ObligationState
from ewgraph.ingest.disclosing.context import Context, Obligation
from ewgraph.ingest.disclosing.statements import Described
from ewgraph.model import terms
from ewgraph.model.codes import Completeness, ObligationType, Tier
from ewgraph.model.rdf import IRI, Literal

_TIERS: Final[Mapping[str, frozenset[str]]] = {
    ObligationType.FINAL_ASSEMBLY_SITES.iri.value: frozenset({Tier.FINAL_ASSEMBLY.iri.value}),
    ObligationType.COMPONENT_SITES.iri.value: frozenset(
        tier.iri.value for tier in (Tier.SUBASSEMBLY, Tier.STRATEGIC_COMPONENT, Tier.MATERIAL_PROCESSING)
    ),
}
"""The duties to name sites, and the tiers that their sites are of."""

_ANSWERS: Final = frozenset({terms.SupplyClaim, terms.CompletenessClaim, terms.DueDiligenceRecord})
_PARTIAL: Final = frozenset({Completeness.PARTIAL.iri.value, Completeness.NOT_ASKED.iri.value})


@dataclass(slots=True)
class Answered:
    """What was said for a duty: the models that sites were named for, those for which not all were, and due diligence.

    A model that is not named counts as the empty text.
    """

    models: set[str] = field(default_factory=set)
    partial: set[str] = field(default_factory=set)
    diligence: bool = False


def answered(nodes: Described, context: Context) -> dict[str, Answered]:
    """The obligations that a record answers, and how far: those to which its claims, or it itself, speak."""
    claims = _claims(nodes) if context.obligations else []
    if not claims:
        return {}
    found: defaultdict[str, Answered] = defaultdict(Answered)
    open_duties: defaultdict[str, list[Obligation]] = defaultdict(list)
    for obligation in context.obligations:
        open_duties[obligation.contract].append(obligation)
    for what, said in claims:
        contract = said.get(terms.scopeContract) or said.get(terms.ofContract) or ""
        model = said.get(terms.intoModel) or said.get(terms.ofModel) or said.get(terms.output) or ""
        for obligation in open_duties.get(contract, ()):
            if not _concerns(obligation, said.get(terms.tier), model, what):
                continue
            if what == terms.SupplyClaim:
                found[obligation.iri].models.add(model)
            elif what == terms.DueDiligenceRecord:
                found[obligation.iri].diligence = True
            elif said.get(terms.completeness) in _PARTIAL:
                found[obligation.iri].partial.add(model)
    return {iri: answer for iri, answer in found.items() if answer.models or answer.diligence}


def _claims(nodes: Described) -> list[tuple[IRI, dict[IRI, str]]]:
    """The claims that may answer a duty: their classes, with the values of their properties."""
    return [
        (kind, {predicate: value.value for predicate, value in said if isinstance(value, IRI | Literal)})
        for said in nodes.values()
        for predicate, kind in said
        if predicate == terms.RDF.type and isinstance(kind, IRI) and kind in _ANSWERS
    ]


def _concerns(obligation: Obligation, tier: str | None, model: str, what: IRI) -> bool:
    """Whether a claim speaks to the obligation: by its tier and model; due diligence names neither."""
    tiers = frozenset({obligation.tier}) if obligation.tier else _TIERS.get(obligation.type, frozenset())
    if obligation.type not in _TIERS:
        return False
    if what == terms.DueDiligenceRecord:
        return True
    return tier in tiers and (obligation.model is None or model == obligation.model)


def notes(
    context: Context, contracts: Iterable[str], answers: Iterable[Mapping[str, Answered]]
) -> list[ObligationNote]:
    """What a disclosure does for each duty of the contracts that it speaks of.

    A duty is fulfilled where sites are named for each of its models and none is said to be incomplete; partly where for
    some, or where only due diligence is shown; or where another record answers it already.
    """
    merged: defaultdict[str, Answered] = defaultdict(Answered)
    for each in answers:
        for iri, answer in each.items():
            merged[iri].models |= answer.models
            merged[iri].partial |= answer.partial
            merged[iri].diligence |= answer.diligence
    named = set(contracts)
    return [
        ObligationNote(each.iri, each.label, each.due_on, _state(each, merged.get(each.iri), context))
        for each in context.obligations
        if each.contract in named
    ]


def _state(obligation: Obligation, answer: Answered | None, context: Context) -> ObligationState:
    if answer is None or not answer.models:
        if obligation.answered:
            return "fulfilled"
        return "partly" if answer else "open"
    owed = {obligation.model} if obligation.model else context.models.get(obligation.contract, frozenset())
    return "fulfilled" if owed <= answer.models and not answer.partial else "partly"
