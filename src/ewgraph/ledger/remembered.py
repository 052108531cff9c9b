"""What a submitter once confirmed about a table with headings of its own: which column each heading is."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ewgraph.clock import Clock
from ewgraph.ledger.ledger import Ledger
from ewgraph.model.rdf import IRI


class RememberedMappings:
    """The confirmed columns in the ledger, by submitter, mapping and fingerprint of the headings."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock

    def remember(self, submitter: IRI, mapping: str, fingerprint: str, assigned: Mapping[str, str]) -> None:
        """Keep which heading each column has; what was confirmed before for the same headings is replaced."""
        with self._ledger.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO remembered_mapping VALUES (?, ?, ?, ?, ?)",
                (
                    *(submitter.value, mapping, fingerprint),
                    json.dumps(dict(assigned), ensure_ascii=False, sort_keys=True),
                    self._clock.now().isoformat(),
                ),
            )

    def any_of(self, submitter: IRI, mapping: str) -> bool:
        """Whether the submitter ever confirmed columns of a mapping."""
        return bool(
            self._ledger.query(
                "SELECT 1 FROM remembered_mapping WHERE submitter = ? AND mapping = ? LIMIT 1",
                (submitter.value, mapping),
            )
        )

    def recall(self, submitter: IRI, mapping: str, fingerprint: str) -> dict[str, str] | None:
        """Column to heading, as the submitter confirmed it; None where it never did."""
        found = self._ledger.query(
            "SELECT assigned FROM remembered_mapping WHERE submitter = ? AND mapping = ? AND fingerprint = ?",
            (submitter.value, mapping, fingerprint),
        )
        return dict(json.loads(found[0][0])) if found else None
