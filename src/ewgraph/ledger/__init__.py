"""The truth: an append-only, durable table of records, with their sources, keys and releases; and what is under way."""

from ewgraph.ledger.accounts import Account, Accounts
from ewgraph.ledger.audit import COMMAND_LINE, Audit, AuditEntry, Event
from ewgraph.ledger.erasures import Erased, Erasures
from ewgraph.ledger.keys import Key, Keyring
from ewgraph.ledger.ledger import OPERATOR, Draft, Entry, Ledger, Packed
from ewgraph.ledger.quarantine import Quarantine, QuarantinedRow
from ewgraph.ledger.releases import ReleaseChange, ReleaseLog
from ewgraph.ledger.remembered import RememberedMappings
from ewgraph.ledger.rights import Right
from ewgraph.ledger.salts import Salt, Salts
from ewgraph.ledger.sessions import Session, Sessions
from ewgraph.ledger.submissions import StoredPart, Submission, Submissions
from ewgraph.ledger.texts import ServedText, ServedTexts
from ewgraph.ledger.watches import Watch, Watches

__all__ = [
    "COMMAND_LINE",
    "OPERATOR",
    "Account",
    "Accounts",
    "Audit",
    "AuditEntry",
    "Draft",
    "Entry",
    "Erased",
    "Erasures",
    "Event",
    "Key",
    "Keyring",
    "Ledger",
    "Packed",
    "Quarantine",
    "QuarantinedRow",
    "ReleaseChange",
    "ReleaseLog",
    "RememberedMappings",
    "Right",
    "Salt",
    "Salts",
    "ServedText",
    "ServedTexts",
    "Session",
    "Sessions",
    "StoredPart",
    "Submission",
    "Submissions",
    "Watch",
    "Watches",
]
