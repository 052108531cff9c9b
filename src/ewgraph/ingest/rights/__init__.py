"""Rights to say: what a submitter may hand in, and every reason why not.

* `table`: which class, word and level is whose to say, as data;
* `submitter`: who hands in, and for whom it may speak;
* `rules`: what a record alone shows to be somebody else's to say;
* `knowledge`: the same for what other records decide: corrections, names, contracts.

The operator of the data directory may say anything. Nothing here knows how a record came.
"""

from __future__ import annotations

from ewgraph.ingest.rights.knowledge import Rights
from ewgraph.ingest.rights.rules import Reason, reasons
from ewgraph.ingest.rights.submitter import Submitter

__all__ = ["Reason", "Rights", "Submitter", "reasons"]
