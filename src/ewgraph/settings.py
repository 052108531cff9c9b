"""The settings: one frozen object, from `EWGRAPH_*` variables; an unknown one of ours is an error.

Read by `ewgraph.web.app` and `ewgraph.cli` only; everything else is handed what it needs.
"""

from __future__ import annotations

import dataclasses
import ipaddress
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from ewgraph.errors import ConfigurationError

_PREFIX = "EWGRAPH_"
_MOST_SKEW = 600
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})

OIDC_ALGORITHMS: Final = frozenset(
    {f"{family}{bits}" for family in ("RS", "PS", "ES") for bits in (256, 384, 512)} | {"EdDSA", "Ed25519"}
)
"""The algorithms by which only the provider can have signed a token: never `none`, never HMAC."""


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """What can be set, each by the variable of its name in capitals behind `EWGRAPH_`.

    Attributes:
        data: the data directory: ledger, graph store, checkpoints.
        base: the address under which the service is reached, and new IRIs are minted; without it this machine, at the
            port where the service listens.
        steward: the IRI of the organisation that speaks for the network: its affiliations count.
        license: the IRI of the licence that the data as a whole are offered under; empty: none is stated for the whole.
        query_seconds: how long one query of a reader may take before it is stopped.
        query_megabytes: how much memory one query of a reader may take.
        result_megabytes: how large the answer to one query may be.
        query_workers: how many queries of readers run at the same time.
        query_workers_each: how many of them are of one reader, or from one address of the public; never all of them.
        query_wait_seconds: how long a query waits for its turn.
        query_waiting: how many queries wait at the same time.
        request_megabytes: how large the body of a request may be.
        request_seconds: how long the answer to a request may take to begin, once the request has come in.
        requests_per_second: how many requests of one reader, or from one address of the public, are answered in the
            long run; 0 for as many as come.
        wrong_credentials_per_minute: how many wrong keys and tokens may come from one address; 0 for as many as come.
        connections_each: how many connections one address may have, unless there is a proxy; 0 for as many as come.
        trusted_proxies: the addresses and networks, with commas between, of the proxies before the service: where
            requests come from is read from their `X-Forwarded-For`, and from nobody else's.
        load_megabytes: how large a file may be that is loaded, uncompressed, or handed in as a disclosure.
        jobs: how many disclosures that were handed in over HTTP are worked on at the same time.
        job_megabytes: how much memory each process of such a job may take.
        upload_hours: how long an uploaded file is kept that no job needs.
        least_organizations: so many affiliates have to be behind a number about what others buy; 3 or more.
        least_workers: so many workers have to be behind a number of them that is taken in; 5 or more.
        graphql_introspection: to whom GraphQL tells its schema as a whole by introspection: `everyone`, `members` or
            `nobody`; it can be read at `/graphql/schema.graphql` in any case.
        graphql_documents: a folder of GraphQL documents that clients may ask by their SHA-256; empty: there are none.
        log_level: `debug`, `info`, `warning` or `error`.
        oidc_issuer: the identity provider (OpenID Connect) that people sign in with; without one nobody does.
        oidc_audience: the `aud` of its access tokens that are meant for this service; empty: none are taken.
        oidc_client_id: what the provider calls this service; empty: there is no signing in.
        oidc_client_secret_file: the file that holds the client secret; empty for a client without one.
        oidc_algorithms: the algorithms by which its tokens may be signed, between spaces.
        oidc_skew_seconds: by how much the provider's clock may differ from this one.
        oidc_organization_claim: the claim of an access token that names its bearer's organisation, where the provider
            is trusted to say that of people without an account here; empty: nobody without an account comes in.
        session_hours: how long a session lasts after signing in.
    """

    data: Path = Path("ewgraph-data")
    base: str = "http://localhost:8000/"
    steward: str = "https://data.example.org/id/steward"
    license: str = ""
    query_seconds: float = 10.0
    query_megabytes: int = 1024
    result_megabytes: int = 32
    query_workers: int = 2
    query_workers_each: int = 1
    query_wait_seconds: float = 10.0
    query_waiting: int = 64
    request_megabytes: int = 32
    request_seconds: float = 90.0
    requests_per_second: float = 300.0
    wrong_credentials_per_minute: float = 60.0
    connections_each: int = 256
    trusted_proxies: str = ""
    load_megabytes: int = 100
    jobs: int = 1
    job_megabytes: int = 4096
    upload_hours: float = 24.0
    least_organizations: int = 3
    least_workers: int = 5
    graphql_introspection: str = "members"
    graphql_documents: str = ""
    log_level: str = "info"
    oidc_issuer: str = ""
    oidc_audience: str = ""
    oidc_client_id: str = ""
    oidc_client_secret_file: str = ""
    oidc_algorithms: str = " ".join(sorted(OIDC_ALGORITHMS))
    oidc_skew_seconds: int = 60
    oidc_organization_claim: str = ""
    session_hours: float = 8.0

    def __post_init__(self) -> None:
        """Refuse what cannot be meant.

        Raises:
            ConfigurationError: a value is out of its range.
        """
        megabytes = ("query_megabytes", "result_megabytes", "request_megabytes", "load_megabytes", "job_megabytes")
        counts = ("query_workers", "query_workers_each", "query_waiting", "jobs")
        seconds = ("query_seconds", "query_wait_seconds", "request_seconds")
        for name in ("upload_hours", "session_hours", *seconds, *counts, *megabytes):
            if getattr(self, name) <= 0:
                raise ConfigurationError(f"{_PREFIX}{name.upper()} must be more than 0, not {getattr(self, name)!r}")
        self._check_floors()
        self._check_proxies()
        self._check_oidc()
        if self.graphql_introspection not in {"everyone", "members", "nobody"}:
            raise ConfigurationError(
                f"{_PREFIX}GRAPHQL_INTROSPECTION is everyone, members or nobody, not {self.graphql_introspection!r}",
            )
        if self.log_level not in {"debug", "info", "warning", "error"}:
            raise ConfigurationError(
                f"{_PREFIX}LOG_LEVEL is debug, info, warning or error, not {self.log_level!r}",
            )
        for name in ("base", "steward", *(("license",) if self.license else ())):
            if not urlsplit(value := getattr(self, name)).scheme:
                raise ConfigurationError(f"{_PREFIX}{name.upper()} is a full IRI, such as https://…, not {value!r}")

    def _check_floors(self) -> None:
        for name, floor in (("least_organizations", 3), ("least_workers", 5)):
            if getattr(self, name) < floor:
                raise ConfigurationError(
                    f"{_PREFIX}{name.upper()} is {floor} or more, not {getattr(self, name)!r}: "
                    "fewer could be recognised"
                )
        for name in ("requests_per_second", "wrong_credentials_per_minute", "connections_each"):
            if not 0 <= getattr(self, name) < math.inf:
                raise ConfigurationError(f"{_PREFIX}{name.upper()} is 0 or more, not {getattr(self, name)!r}")

    def proxies(self) -> list[str]:
        """The addresses and networks of the trusted proxies."""
        return [part.strip() for part in self.trusted_proxies.split(",") if part.strip()]

    def _check_proxies(self) -> None:
        for proxy in self.proxies():
            try:
                ipaddress.ip_network(proxy)
            except ValueError as error:
                raise ConfigurationError(
                    f"{_PREFIX}TRUSTED_PROXIES has addresses and networks such as 10.0.0.0/8, not {proxy!r}"
                ) from error

    def _check_oidc(self) -> None:
        """Refuse a provider that cannot be trusted to be itself, and settings that would let in more than is meant."""
        unsafe = sorted(set(self.oidc_algorithms.split()) - OIDC_ALGORITHMS)
        if unsafe or not self.oidc_algorithms.split():
            known = ", ".join(sorted(OIDC_ALGORITHMS))
            raise ConfigurationError(
                f"{_PREFIX}OIDC_ALGORITHMS are of {known}, not {unsafe[0] if unsafe else 'none'!r}"
            )
        if not 0 <= self.oidc_skew_seconds <= _MOST_SKEW:
            raise ConfigurationError(
                f"{_PREFIX}OIDC_SKEW_SECONDS is from 0 to {_MOST_SKEW}, not {self.oidc_skew_seconds!r}"
            )
        if not self.oidc_issuer:
            for name in ("audience", "client_id", "client_secret_file", "organization_claim"):
                if getattr(self, f"oidc_{name}"):
                    raise ConfigurationError(f"{_PREFIX}OIDC_{name.upper()} says nothing without {_PREFIX}OIDC_ISSUER")
            return
        if not is_protected(self.oidc_issuer) or {"?", "#"} & set(self.oidc_issuer):
            raise ConfigurationError(
                f"{_PREFIX}OIDC_ISSUER is an https address without query and fragment, not {self.oidc_issuer!r}"
            )
        if not self.oidc_audience and not self.oidc_client_id:
            raise ConfigurationError(
                f"{_PREFIX}OIDC_ISSUER needs {_PREFIX}OIDC_CLIENT_ID, to sign in, or {_PREFIX}OIDC_AUDIENCE, for tokens"
            )
        if self.oidc_audience == self.oidc_client_id:
            raise ConfigurationError(
                f"{_PREFIX}OIDC_AUDIENCE is another name than {_PREFIX}OIDC_CLIENT_ID: "
                "else the proof that somebody signed in would be a token to come in with"
            )
        if self.oidc_client_id and not is_protected(self.base):
            raise ConfigurationError(f"to sign in, {_PREFIX}BASE is an https address, not {self.base!r}")


def is_protected(address: str) -> bool:
    """Whether what is sent there can be neither read nor changed on its way: TLS, or this machine.

    >>> is_protected("https://id.example.org/realm"), is_protected("http://id.example.org/"), is_protected("http://[::1]:80/")
    (True, False, True)
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in _THIS_MACHINE))


KEY = "EWGRAPH_KEY"
"""The variable with the key by which a command asks another service: no setting of a service."""
_DEFAULTS = Settings()


def from_environment(environment: Mapping[str, str], *, port: int | None = None, **overrides: object) -> Settings:
    """The settings that the environment gives; an override that is not None wins.

    Args:
        environment: the variables.
        port: where the service listens, if it does: that is its address where none is set.
        overrides: settings by their names.

    Raises:
        ConfigurationError: a variable of ours is unknown, or its value does not parse.
    """
    fields = {field.name: field for field in dataclasses.fields(Settings)}
    values: dict[str, object] = {"base": f"http://localhost:{port}/"} if port else {}
    for variable, text in environment.items():
        if not variable.startswith(_PREFIX) or variable == KEY:
            continue
        name = variable.removeprefix(_PREFIX).lower()
        if name not in fields:
            known = ", ".join(sorted(_PREFIX + field.upper() for field in fields))
            raise ConfigurationError(f"{variable} is not a setting of ewgraph. Known are {known}")
        kind = type(getattr(_DEFAULTS, name))
        try:
            values[name] = kind(text)
        except ValueError as error:
            raise ConfigurationError(f"{variable}={text!r} is no {kind.__name__}") from error
    values.update({name: value for name, value in overrides.items() if value is not None})
    return Settings(**values)  # type: ignore[arg-type]  # the field's own default gave each its type


def as_environment(settings: Settings) -> dict[str, str]:
    """The variables that give these settings to another process."""
    return {_PREFIX + field.name.upper(): str(getattr(settings, field.name)) for field in dataclasses.fields(Settings)}
