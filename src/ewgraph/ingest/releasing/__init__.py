"""The making of releases: that a record is opened to a wider audience, on its day, perhaps redacted; and called off.

Nothing is printed here, and who may do it is asked before: a command and a page both call `Releaser`.
"""

from ewgraph.ingest.releasing.releaser import Releaser
from ewgraph.ingest.releasing.request import EmbargoRequest, Outcome, ReleaseRequest
from ewgraph.ingest.releasing.standing import StandingRelease

__all__ = ["EmbargoRequest", "Outcome", "ReleaseRequest", "Releaser", "StandingRelease"]
