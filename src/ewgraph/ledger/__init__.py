"""The truth: an append-only, durable table of records, with their sources, keys and releases; and what is under way."""

from ewgraph.ledger.keys import Key, Keyring
from ewgraph.ledger.ledger import OPERATOR, Draft, Entry, Ledger, Packed, ReleaseChange
from ewgraph.ledger.quarantine import Quarantine, QuarantinedRow
from ewgraph.ledger.remembered import RememberedMappings
from ewgraph.ledger.submissions import StoredPart, Submission, Submissions

__all__ = [
    "OPERATOR",
    "Draft",
    "Entry",
    "Key",
    "Keyring",
    "Ledger",
    "Packed",
    "Quarantine",
    "QuarantinedRow",
    "ReleaseChange",
    "RememberedMappings",
    "StoredPart",
    "Submission",
    "Submissions",
]
