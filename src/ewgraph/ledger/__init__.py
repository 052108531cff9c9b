"""The truth: an append-only, durable table of records, with their sources, keys and releases."""

from ewgraph.ledger.keys import Key, Keyring
from ewgraph.ledger.ledger import OPERATOR, Draft, Entry, Ledger, ReleaseChange

__all__ = ["OPERATOR", "Draft", "Entry", "Key", "Keyring", "Ledger", "ReleaseChange"]
