"""A small world for disclosures: a reseller with two contracts, another reseller, and forms to hand in."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from ewgraph.ingest.disclosing.workplace import Workplace
from ewgraph.ingest.mapping.identifier_token import token
from tests.conftest import ROOT, House, named

BASE = "https://data.example.org/"
RESELLER, OTHER, BUYER = named("reseller"), named("reseller-2"), named("uni-a")
HEADINGS = (
    ("contract", "Contract identifier"),
    ("model", "Model identifier"),
    ("model_name", "Product model"),
    ("tier", "Tier"),
    ("component", "Component"),
    ("site_name", "Site name"),
    ("address", "Full address"),
    ("locality", "Town"),
    ("country", "Country"),
    ("operator_name", "Operator"),
    ("valid_from", "Made here from"),
    ("valid_to", "No longer since"),
    ("completeness", "Are all sites named?"),
    ("due_diligence", "If not known: what was done"),
    ("asked_name", "Who was asked"),
    ("sent_on", "Asked on"),
    ("site", "Site identifier"),
    ("operator", "Operator identifier"),
)


def contract(
    name: str, contractor: str = "reseller", buyer: str = "uni-a", models: Sequence[str] = ("L1", "L2")
) -> str:
    """The notice of a contract with lines and two duties, as TriG."""
    lines = " , ".join(f"ex:{name}-{model}" for model in models)
    described = "".join(
        f"ex:{name}-{model} a ew:ContractLine ; ew:model ex:{model} . "
        f'ex:{model} a ew:ProductModel ; rdfs:label "Laptop {model[1:]}" . '
        for model in models
    )
    return f"""
    ex:N-{name} {{
      ex:N-{name} a ew:ContractNotice ; prov:wasAttributedTo ex:{buyer} ; ew:visibility vis:contract-party ;
        ew:receivedAt "2026-01-20T00:00:00Z"^^xsd:dateTime .
      ex:{name} a ew:Contract ; rdfs:label "Contract {name}" ; ew:buyer ex:{buyer} ; ew:contractor ex:{contractor} ;
        ew:signedOn "2024-01-15"^^xsd:date ; ew:hasLine {lines} .
      {described}
      ex:{name}-O1 a ew:Obligation ; ew:ofContract ex:{name} ; ew:dueOn "2026-04-15"^^xsd:date ;
        ew:obligationType <https://w3id.org/ewgraph/kos/obligation-type/final-assembly-sites> .
      ex:{name}-O2 a ew:Obligation ; ew:ofContract ex:{name} ; ew:dueOn "2026-07-15"^^xsd:date ;
        ew:obligationType <https://w3id.org/ewgraph/kos/obligation-type/component-sites> .
    }}
    """


def row(site: str = "Plant 1", /, **cells: str) -> dict[str, str]:
    """A row of the form: a plant that makes model L1 of contract K1, unless the cells say otherwise."""
    given = {
        "contract": "K1",
        "model": "L1",
        "tier": "Final assembly",
        "site_name": site,
        "address": f"{site} Road 1",
        "locality": "Suzhou",
        "country": "CN",
        "valid_from": "2024-03-01",
        **cells,
    }
    return {
        name: token(named(text)) if name in {"contract", "model", "operator", "site"} and text else text
        for name, text in given.items()
    }


def form(*rows: Mapping[str, str]) -> bytes:
    """The disclosure form as a CSV file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([heading for _, heading in HEADINGS])
    writer.writerows([[each.get(name, "") for name, _ in HEADINGS] for each in rows])
    return text.getvalue().encode()


def workplace(house: House, **more: int) -> Workplace:
    """What taking files in works with, in a house."""
    return Workplace(
        house.ledger,
        house.gate,
        BASE,
        house.clock,
        shapes=ROOT / "shapes",
        kos=ROOT / "ontology" / "kos",
        **more,  # type: ignore[arg-type]
    )


def file(folder: Path, *rows: Mapping[str, str], name: str = "form.csv") -> Path:
    """The form, written."""
    path = folder / name
    path.write_bytes(form(*rows))
    return path
