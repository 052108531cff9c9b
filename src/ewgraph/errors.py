"""The errors that ewgraph raises on purpose. They name the thing, the value and the rule, and know no HTTP.

EwgraphError
├── InputError             the data given are wrong
│   ├── IdentifierError      an identifier breaks its scheme's rule
│   ├── ParseError           a file cannot be read as the format it claims
│   ├── RightsError          what is said is not for its submitter to say
│   ├── ConflictError        the data contradict what the ledger already keeps
│   └── QueryError           a query cannot be parsed, or asks for what is not offered
├── ConformanceError       a record does not conform to its shapes; carries the report
├── NotFoundError          no such thing, or none that this reader may see: one class, on purpose
├── LimitError             a limit on time, memory or size was reached
├── CredentialError        a key was shown that is unknown or revoked
├── FormatError            none of the formats that the reader accepts is offered
├── UnavailableError       a resource is held by someone else for now (a locked data directory)
└── ConfigurationError     the settings or the installation are wrong
"""

from __future__ import annotations


class EwgraphError(Exception):
    """The root of every error that ewgraph raises on purpose."""


class InputError(EwgraphError):
    """The data given are wrong: the message says what, where, why, and what to do."""


class IdentifierError(InputError):
    """An identifier breaks the rule of its scheme."""


class ParseError(InputError):
    """A file cannot be read as the format it claims to be."""


class RightsError(InputError):
    """What is said is not for its submitter to say."""


class ConflictError(InputError):
    """The data contradict what the ledger already keeps."""


class QueryError(InputError):
    """A query cannot be parsed, or asks for what is not offered."""


class ConformanceError(EwgraphError):
    """A record does not conform to its shapes."""


class NotFoundError(EwgraphError):
    """There is no such thing, or none that this reader may see. The two are one, on purpose."""


class LimitError(EwgraphError):
    """A limit on time, memory or size was reached.

    Attributes:
        limit: the name of the limit, such as "seconds" or "bytes".
        retry_s: after how many seconds a further try may do, where that is known.
    """

    def __init__(self, message: str, *, limit: str, retry_s: int | None = None) -> None:
        super().__init__(message)
        self.limit = limit
        self.retry_s = retry_s


class CredentialError(EwgraphError):
    """A key was shown that is unknown or revoked."""


class FormatError(EwgraphError):
    """None of the formats that the reader accepts is offered."""


class UnavailableError(EwgraphError):
    """A resource is held by someone else for now."""


class ConfigurationError(EwgraphError):
    """The settings or the installation are wrong."""
