"""Settings come from variables of ours, and none is misread in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from ewgraph.errors import ConfigurationError
from ewgraph.settings import Settings, from_environment


def test_nothing_set_gives_the_defaults() -> None:
    assert from_environment({"PATH": "/bin"}) == Settings()


def test_a_variable_is_read_as_its_field_is_typed() -> None:
    settings = from_environment({"EWGRAPH_DATA": "/d", "EWGRAPH_QUERY_SECONDS": "2.5", "EWGRAPH_QUERY_WORKERS": "3"})
    assert (settings.data, settings.query_seconds, settings.query_workers) == (Path("/d"), 2.5, 3)


def test_an_override_wins_unless_it_is_none() -> None:
    assert from_environment({"EWGRAPH_DATA": "/d"}, data=Path("/e"), base=None).data == Path("/e")


def test_the_address_is_where_the_service_listens_unless_it_is_set() -> None:
    assert from_environment({}, port=8377).base == "http://localhost:8377/"
    assert (
        from_environment({"EWGRAPH_BASE": "https://graph.example.org/"}, port=8377).base == "https://graph.example.org/"
    )


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("EWGRAPH_DAAT", "/d", "EWGRAPH_DAAT is not a setting"),
        ("EWGRAPH_QUERY_SECONDS", "soon", "'soon' is no float"),
        ("EWGRAPH_QUERY_WORKERS", "0", "QUERY_WORKERS must be more than 0"),
        ("EWGRAPH_LOG_LEVEL", "loud", "'loud'"),
        ("EWGRAPH_LEAST_ORGANIZATIONS", "2", "LEAST_ORGANIZATIONS is 3 or more"),
        ("EWGRAPH_LEAST_WORKERS", "4", "LEAST_WORKERS is 5 or more"),
        ("EWGRAPH_STEWARD", "us", "EWGRAPH_STEWARD is a full IRI"),
    ],
)
def test_what_cannot_be_meant_is_an_error(variable: str, value: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        from_environment({variable: value})


ISSUER = {"EWGRAPH_OIDC_ISSUER": "https://login.example.org/realm"}


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"EWGRAPH_OIDC_CLIENT_ID": "x"}, "OIDC_CLIENT_ID says nothing without EWGRAPH_OIDC_ISSUER"),
        ({"EWGRAPH_OIDC_AUDIENCE": "x"}, "OIDC_AUDIENCE says nothing without EWGRAPH_OIDC_ISSUER"),
        (ISSUER, "needs EWGRAPH_OIDC_CLIENT_ID"),
        (ISSUER | {"EWGRAPH_OIDC_CLIENT_ID": "x", "EWGRAPH_OIDC_AUDIENCE": "x"}, "is another name than"),
        (ISSUER | {"EWGRAPH_OIDC_CLIENT_ID": "x", "EWGRAPH_BASE": "http://data.example.org/"}, "BASE is an https"),
        ({"EWGRAPH_OIDC_ISSUER": "http://login.example.org", "EWGRAPH_OIDC_CLIENT_ID": "x"}, "is an https address"),
        ({"EWGRAPH_OIDC_ISSUER": "https://login.example.org?x", "EWGRAPH_OIDC_CLIENT_ID": "x"}, "without query"),
        ({"EWGRAPH_OIDC_ISSUER": "https://", "EWGRAPH_OIDC_CLIENT_ID": "x"}, "is an https address"),
        ({"EWGRAPH_OIDC_ISSUER": "https://[", "EWGRAPH_OIDC_CLIENT_ID": "x"}, "is an https address"),
        ({"EWGRAPH_OIDC_ALGORITHMS": "RS256 none"}, "not 'none'"),
        ({"EWGRAPH_OIDC_ALGORITHMS": "HS256"}, "not 'HS256'"),
        ({"EWGRAPH_OIDC_ALGORITHMS": " "}, "OIDC_ALGORITHMS are of"),
        ({"EWGRAPH_OIDC_SKEW_SECONDS": "-1"}, "from 0 to 600"),
        ({"EWGRAPH_OIDC_SKEW_SECONDS": "3600"}, "from 0 to 600"),
        ({"EWGRAPH_SESSION_HOURS": "0"}, "SESSION_HOURS must be more than 0"),
    ],
)
def test_an_identity_provider_that_would_let_in_more_than_is_meant_is_an_error(
    variables: dict[str, str], said: str
) -> None:
    with pytest.raises(ConfigurationError, match=said):
        from_environment(variables)


def test_an_identity_provider_is_named_with_what_it_is_for() -> None:
    for more in ({"EWGRAPH_OIDC_CLIENT_ID": "x"}, {"EWGRAPH_OIDC_AUDIENCE": "x"}):
        assert from_environment(ISSUER | more).oidc_issuer == "https://login.example.org/realm"
