"""What is asked when a file is handed in, and whose word it may be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self, TypeAlias

from ewgraph.errors import InputError
from ewgraph.ledger import OPERATOR
from ewgraph.model.rdf import IRI, iri

Told: TypeAlias = Callable[[str, int, int], None]
"""Called with the stage (read, validate, commit), how much of it is done and how much there is as far as known."""

Stopped: TypeAlias = Callable[[], bool]
"""Asked between batches whether to stop."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for a file.

    Attributes:
        submitter: who hands it in; the operator of the service where the staff do.
        on_behalf_of: whose word it is; None where it is the submitter's own. Only the operator speaks for others.
        mapping: the id of the mapping; None to find it out.
        contract: the contract that rows speak of which name none.
        dry_run: whether to look only, and store nothing.
        received_at: when it was received; None for now.
        assigned: column to heading, as the sender confirmed it; None for what was confirmed before, or the headings.
        language: the language of hints.
    """

    submitter: IRI
    on_behalf_of: IRI | None = None
    mapping: str | None = None
    contract: IRI | None = None
    dry_run: bool = False
    received_at: dt.datetime | None = None
    assigned: Mapping[str, str] | None = None
    language: str = "en"

    @property
    def author(self) -> IRI:
        """Whose word it is.

        Raises:
            InputError: the submitter may not speak for others, or it is not said for whom the operator speaks.
        """
        if self.on_behalf_of is None or self.on_behalf_of == self.submitter:
            if self.submitter == OPERATOR:
                raise InputError("say whose disclosure this is, by the IRI of the organisation")
            return self.submitter
        if self.submitter != OPERATOR:
            raise InputError(
                f"{self.submitter.value!r} can hand in only what it says itself, not for {self.on_behalf_of.value!r}. "
                "Ask the staff to do it"
            )
        return self.on_behalf_of

    def slots(self, received_at: str) -> dict[str, str]:
        """What fills the slots of a mapping that no column fills."""
        given = {"submitter": self.author.value, "onBehalfOf": "", "receivedAt": received_at}
        given["language"] = self.language
        return {**given, "contract": self.contract.value} if self.contract else given

    def as_json(self) -> dict[str, Any]:
        """What a submission keeps of it besides submitter, author and mapping, as JSON values."""
        return {
            "contract": self.contract.value if self.contract else None,
            "receivedAt": self.received_at.isoformat() if self.received_at else None,
            "assigned": dict(self.assigned) if self.assigned is not None else None,
            "language": self.language,
            "dryRun": self.dry_run,
        }

    @classmethod
    def from_json(cls, submitter: IRI, author: IRI, mapping: str | None, kept: Mapping[str, Any]) -> Self:
        """The request of a submission, from what it keeps."""
        return cls(
            submitter=submitter,
            on_behalf_of=None if author == submitter else author,
            mapping=mapping,
            contract=iri(kept["contract"]) if kept.get("contract") else None,
            dry_run=bool(kept.get("dryRun")),
            received_at=dt.datetime.fromisoformat(kept["receivedAt"]) if kept.get("receivedAt") else None,
            assigned=kept.get("assigned"),
            language=kept.get("language") or "en",
        )
