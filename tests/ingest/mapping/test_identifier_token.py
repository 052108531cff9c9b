import base64
import hashlib

import pytest

from ewgraph.ingest.mapping.identifier_token import read, token
from ewgraph.model.rdf import IRI

SITE = IRI("https://data.example.org/id/site-1")


def test_a_token_gives_its_identifier_back() -> None:
    assert read(token(SITE)) == SITE
    assert read(f" {token(SITE)[:-4]}{token(SITE)[-4:].lower()} ") == SITE


@pytest.mark.parametrize("text", ["", "|", SITE.value, token(SITE)[:-1], token(SITE).replace("-1|", "-2|"), "x|AAAA"])
def test_a_token_that_was_changed_gives_none(text: str) -> None:
    assert read(text) is None


def test_a_token_of_what_is_no_iri_gives_none() -> None:
    forged = token(IRI("urn:x:y"))
    assert read(forged) == IRI("urn:x:y")
    check = base64.b32encode(hashlib.sha256(b"no iri").digest()).decode()[:4]
    assert read(f"no iri|{check}") is None
