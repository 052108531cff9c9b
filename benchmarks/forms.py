"""Factory disclosure forms of a chosen size: models of one contract, each site in five rows, and some errors."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from openpyxl import Workbook

from ewgraph.ingest.mapping.identifier_token import token
from ewgraph.model.rdf import iri

_EX: Final = "https://data.example.org/id/bench/"
RESELLER: Final = iri(f"{_EX}reseller")
MODELS: Final = 40
_ROWS_OF_A_SITE: Final = 5
_BAD_IN: Final = 100
HEADINGS: Final = (
    "Contract identifier",
    "Model identifier",
    "Contract",
    "Product model",
    "Tier",
    "Component",
    "Site name",
    "Name in the local language",
    "Full address",
    "Town",
    "Province or state",
    "Post code",
    "Country",
    "Kind of site",
    "Operated by",
    "Made here from",
    "No longer since",
    "Are all sites named?",
    "Comment",
)
COUNTRY: Final = HEADINGS.index("Country")
_SINCE: Final = HEADINGS.index("Made here from")
_TIER: Final = HEADINGS.index("Tier")
_NAME: Final = HEADINGS.index("Site name")
_COMPONENTS: Final = ("Display", "Battery", "Mainboard", "Chassis", "Memory", "Storage")
_TOWNS: Final = (
    ("Kunshan", "Jiangsu", "China", "昆山"),
    ("Chongqing", "Chongqing", "China", "重庆"),
    ("Bắc Ninh", "Bắc Ninh", "Viet Nam", "Bắc Ninh"),
    ("Penang", "Pulau Pinang", "Malaysia", "Pulau Pinang"),
    ("Pardubice", "Pardubický kraj", "Czech Republic", "Pardubice"),
    ("Guadalajara", "Jalisco", "Mexico", "Guadalajara"),
)
_PLANTED: Final = ((COUNTRY, "Chnia"), (_SINCE, "31.02.2024"), (_TIER, "last assembly"), (_NAME, ""))


def contract() -> str:
    """A TriG text: the notice of the contract that the forms answer, with its models."""
    lines = " , ".join(f"ex:line{number}" for number in range(MODELS))
    models = "".join(
        f"ex:line{n} a ew:ContractLine ; ew:model ex:M{n} .\n"
        f'ex:M{n} a ew:ProductModel ; rdfs:label "Laptop {n}" ; ew:brand ex:brand .\n'
        for n in range(MODELS)
    )
    return f"""
@prefix ew: <https://w3id.org/ewgraph/ns#> .
@prefix vis: <https://w3id.org/ewgraph/kos/visibility/> .
@prefix duty: <https://w3id.org/ewgraph/kos/obligation-type/> .
@prefix ex: <{_EX}> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:notice {{
  ex:notice a ew:ContractNotice ; rdfs:label "Notice" ; prov:wasAttributedTo ex:buyer ;
    ew:visibility vis:contract-party ; ew:receivedAt "2024-01-20T00:00:00Z"^^xsd:dateTime .
  ex:buyer a ew:Organization ; rdfs:label "Buyer" .
  ex:reseller a ew:Organization ; rdfs:label "Reseller" .
  ex:brand a ew:Organization ; rdfs:label "Brand" .
  ex:K1 a ew:Contract ; rdfs:label "Laptops" ; ew:buyer ex:buyer ; ew:contractor ex:reseller ;
    ew:signedOn "2024-01-15"^^xsd:date ; ew:hasLine {lines} .
{models}  ex:O1 a ew:Obligation ; rdfs:label "Sites" ; ew:ofContract ex:K1 ; ew:dueOn "2026-04-15"^^xsd:date ;
    ew:obligationType duty:final-assembly-sites .
}}
"""


def rows(count: int) -> Iterator[list[str]]:
    """It yields the rows: one in a hundred has a bad cell."""
    chance = random.Random(count)  # noqa: S311  # always the same file
    identifier = token(iri(f"{_EX}K1"))
    models = [token(iri(f"{_EX}M{number}")) for number in range(MODELS)]
    for number in range(count):
        row = _row(number, chance, identifier, models)
        if number % _BAD_IN == _BAD_IN - 1:
            column, text = _PLANTED[number // _BAD_IN % len(_PLANTED)]
            row[column] = text
        yield row


def _row(number: int, chance: random.Random, identifier: str, models: list[str]) -> list[str]:
    site = number // _ROWS_OF_A_SITE
    model = number % _ROWS_OF_A_SITE + site * 7 % (MODELS - _ROWS_OF_A_SITE)
    town, province, country, native = _TOWNS[site % len(_TOWNS)]
    component = "" if site % 3 else _COMPONENTS[site // 3 % len(_COMPONENTS)]
    return [
        identifier,
        models[model],
        "Laptops",
        f"Laptop {model}",
        "Main component" if component else "Final assembly",
        component,
        f"{town} Works {site}",
        f"{native} {site}",
        f"{site % 900 + 1} Industrial Road, District {site // 900}",
        town,
        province,
        f"{10_000 + site % 89_999}",
        country,
        "Factory" if site % 4 else "",
        f"{town} Electronics {site % 200} Ltd" if site % 2 else "",
        f"2024-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
        f"2025-{chance.randrange(1, 13):02}-01" if chance.random() < 0.3 else "",
        "",
        "As told by the brand" if chance.random() < 0.1 else "",
    ]


def write_csv(path: Path, count: int) -> None:
    """Write a form as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(rows(count))


def write_xlsx(path: Path, count: int) -> None:
    """Write a form as a workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sites")
    sheet.append(HEADINGS)
    for row in rows(count):
        sheet.append([text or None for text in row])
    book.save(path)
