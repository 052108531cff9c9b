"""What an affiliate buys, by category and stage, and how it is assessed and disclosed."""

from __future__ import annotations

from dataclasses import dataclass

from ewgraph.model.rdf import IRI


@dataclass(frozen=True, slots=True)
class Assessed:
    """The word of an assessment about a category and a stage; it says nothing about any site or supplier.

    Attributes:
        level: the level of risk.
        inherited_from: the category that was assessed: the category itself or a broader one.
        market: the market it was assessed for.
        origin_country: the country of production it was assessed for.
        claim: the risk cell.
        record: the assessment.
    """

    level: IRI
    inherited_from: IRI
    market: IRI | None
    origin_country: IRI | None
    claim: IRI
    record: IRI


@dataclass(frozen=True, slots=True)
class Risk:
    """A category that is bought and a stage of production, with what one assessment says of it.

    Attributes:
        category: the category.
        stage: the stage.
        assessed: the assessment; None where there is none.
        models: how many models of contract lines are bought in the category, one for each line, at least one.
        disclosed: those of whose sites some tier of the stage is disclosed, or said not to exist.
        partly: of the others those of whose sites something is disclosed.
    """

    category: IRI
    stage: IRI
    assessed: Assessed | None
    models: int
    disclosed: int
    partly: int

    @property
    def undisclosed(self) -> int:
        """The rest."""
        return self.models - self.disclosed - self.partly
