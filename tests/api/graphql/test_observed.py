"""What was observed: a blank is unknown, and neither a no nor nought."""

from __future__ import annotations

import pytest

from tests.api.graphql.conftest import caller_of
from tests.conftest import House, named

VALUES = [
    ("12", {"__typename": "CountValue", "count": 12}),
    ("0", {"__typename": "CountValue", "count": 0}),
    ("99999999999", {"__typename": "TextValue", "text": "99999999999", "language": None}),
    ("2.50", {"__typename": "QuantityValue", "quantity": "2.5"}),
    ("true", {"__typename": "YesNoValue", "yes": True}),
    ("false", {"__typename": "YesNoValue", "yes": False}),
    ('"2024-05-01"^^xsd:date', {"__typename": "DateValue", "date": "2024-05-01"}),
    ('"some"@en', {"__typename": "TextValue", "text": "some", "language": "en"}),
    ('"no"', {"__typename": "TextValue", "text": "no", "language": None}),
    ("ex:tin", {"__typename": "ConceptValue", "concept": {"id": named("tin").value}}),
    (None, {"__typename": "Unknown", "reason": "NOT_REPORTED"}),
]
PARTS = """value { __typename ... on CountValue { count } ... on QuantityValue { quantity } ... on YesNoValue { yes }
  ... on DateValue { date } ... on TextValue { text language } ... on ConceptValue { concept { id } }
  ... on Unknown { reason } }"""


def told(value: str | None, kind: str = "ObservationClaim") -> str:
    said = f"ew:value {value} ;" if value else ""
    return f"""ex:R {{ ex:R a ew:MonitoringReport ; prov:wasAttributedTo ex:m ; ew:visibility vis:public ;
      ew:receivedAt "2024-06-01T00:00:00Z"^^xsd:dateTime . ex:S a ew:Mine .
      ex:c a ew:{kind} ; ew:assertedIn ex:R ; ew:site ex:S ; {said} ew:attribute ex:topic ;
        ew:observedOn "2024-05-01"^^xsd:date . }}"""


@pytest.mark.parametrize(("value", "expected"), VALUES)
@pytest.mark.parametrize("kind", ["ObservationClaim", "SiteAttributeClaim"])
def test_a_value_has_the_type_of_what_was_said(
    house: House,
    kind: str,
    value: str | None,
    expected: dict[str, object],
) -> None:
    house.load(told(value, kind))
    query = f"query ($id: ID!) {{ node(id: $id) {{ ... on {kind} {{ attribute {{ id }} {PARTS} }} }} }}"
    found = caller_of(house).ask(query, id=named("c").value)["node"]
    assert found == {"attribute": {"id": named("topic").value}, "value": expected}


def test_a_site_of_which_nobody_told_is_unknown(house: House) -> None:
    house.load(told("false"))
    query = f"""query ($id: ID!, $topic: ID!) {{ site(id: $id) {{
      observed(topic: $topic) {{ topic {{ id }} observedOn claim {{ id }} {PARTS} }} }} }}"""
    asker, site = caller_of(house), named("S").value
    assert asker.ask(query, id=site, topic=named("topic").value)["site"]["observed"] == [
        {
            "topic": {"id": named("topic").value},
            "observedOn": "2024-05-01",
            "claim": {"id": named("c").value},
            "value": {"__typename": "YesNoValue", "yes": False},
        },
    ]
    assert asker.ask(query, id=site, topic=named("other").value)["site"]["observed"] == [
        {
            "topic": {"id": named("other").value},
            "observedOn": None,
            "claim": None,
            "value": {"__typename": "Unknown", "reason": "NOT_OBSERVED"},
        },
    ]
    before = query.replace("site(id: $id)", 'site(id: $id, at: {validAt: "2024-04-30"})')
    (unknown,) = asker.ask(before, id=site, topic=named("topic").value)["site"]["observed"]
    assert unknown["value"]["__typename"] == "Unknown"


def test_what_is_withheld_is_told_as_what_nobody_observed(house: House) -> None:
    house.load(told("true").replace("vis:public", "vis:staff"))
    query = f"query ($id: ID!, $topic: ID!) {{ site(id: $id) {{ observed(topic: $topic) {{ {PARTS} }} }} }}"
    house.load("""ex:P { ex:P a ew:DatasetImport ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ;
      ew:receivedAt "2024-01-01T00:00:00Z"^^xsd:dateTime . ex:S a ew:Mine . }""")
    asker = caller_of(house)
    hidden = asker.post(query, id=named("S").value, topic=named("topic").value)
    absent = asker.post(query, id=named("S").value, topic=named("never").value)
    assert hidden.content == absent.content
    assert b"NOT_OBSERVED" in hidden.content
