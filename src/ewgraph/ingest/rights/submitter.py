"""Who hands records in, and for whom it may speak."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from ewgraph.access import View
from ewgraph.errors import InputError, RightsError
from ewgraph.graph.audience import AFFILIATES
from ewgraph.ingest.rights.table import SAYERS, UNKNOWN, Sayer
from ewgraph.ledger import OPERATOR
from ewgraph.model.rdf import IRI


@dataclass(frozen=True, slots=True)
class Submitter:
    """Who hands records in.

    Attributes:
        iri: what the ledger keeps as the submitter. The staff go by the operator's, as with disclosures.
        voices: the organisations whose word it may hand in; None for the operator, who hands in anybody's.
        trusted: whether it may say what only the staff may.
        member: whether it is an affiliate or a monitoring partner.
        partner: whether it is a monitoring partner.
        hands_on: whether it hands in a document that may be another's: a form for declarations of minerals goes up and
            down the chain, and names its declarant. The record of it is still the word of who hands it in.
    """

    iri: IRI
    voices: frozenset[IRI] | None
    trusted: bool = False
    member: bool = False
    partner: bool = False
    hands_on: bool = False

    @classmethod
    def operator(cls) -> Self:
        """Whoever runs the data directory."""
        return cls(OPERATOR, None, trusted=True)

    @classmethod
    def staff(cls, steward: IRI, on_behalf_of: IRI | None = None) -> Self:
        """The staff of the steward, who may speak for one other organisation at a time."""
        return cls(OPERATOR, frozenset({steward} if on_behalf_of is None else {steward, on_behalf_of}), trusted=True)

    @classmethod
    def of(cls, view: View, steward: IRI, on_behalf_of: IRI | None = None) -> Self:
        """The submitter that a reader is.

        Args:
            view: what it may read, which tells its part.
            steward: the organisation that speaks for the network.
            on_behalf_of: whose word it hands in; None for its own.

        Raises:
            InputError: it is nobody, or may not speak for that one.
        """
        organization = view.principal.organization
        if organization is None and view.principal.name == "staff":
            return cls.staff(steward, on_behalf_of)
        if organization is None:
            raise InputError("the public hands nothing in: say which organisation does, or that the staff do")
        if on_behalf_of not in {None, organization}:
            raise InputError(
                f"{organization.value!r} hands in only its own word, not for {on_behalf_of!s}. Ask the staff to do it"
            )
        own = frozenset({organization})
        return cls(
            organization, own, trusted=organization == steward, member=AFFILIATES in view.graphs, partner=view.monitors
        )

    @classmethod
    def handing_in(cls, view: View, submitter: IRI) -> Self:
        """Who hands in a table that is the word of a reader.

        Args:
            view: what the one may read whose word it is.
            submitter: who hands it in: that one, or the operator for it.

        Raises:
            InputError: it is nobody's word.
        """
        author = view.principal.organization
        if author is None:
            raise InputError("say whose disclosure this is, by the IRI of the organisation")
        own = frozenset({author})
        if submitter == OPERATOR:
            return cls(OPERATOR, own, trusted=True, hands_on=True)
        return cls(submitter, own, member=AFFILIATES in view.graphs, partner=view.monitors, hands_on=True)

    def may(self, sayer: Sayer) -> bool:
        """Whether it is among those who may say something."""
        return (
            self.trusted
            or {
                Sayer.ANYONE: True,
                Sayer.MEMBERS: self.member,
                Sayer.PARTNERS: self.partner,
                Sayer.STAFF: False,
            }[sayer]
        )

    def may_correct(self, kind: IRI | None) -> bool:
        """Whether it may correct its own records of a class: those that it may state."""
        return self.may((SAYERS.get(kind, UNKNOWN) if kind else UNKNOWN).sayer)

    def check_correction(self, record: IRI, kind: IRI) -> None:
        """Refuse to take back what it may not state.

        Raises:
            RightsError: it may not.
        """
        if not self.may_correct(kind):
            raise RightsError(
                f"<{record.value}> is of the class <{kind.value}>, which {self.name} may not state, nor take "
                "back. Ask the staff to do it"
            )

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return "the staff" if self.iri == OPERATOR else f"<{self.iri.value}>"
