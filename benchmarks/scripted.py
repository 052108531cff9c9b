"""A form checked as a user would script it: pandas, an rdflib graph, pyshacl.validate.

It says of each row what our mapping says, as far as a script of this length does; it knows neither cells nor contracts.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sys
from pathlib import Path

import pandas as pd
import pyshacl
from rdflib import RDF, RDFS, XSD, BNode, Graph, Literal, Namespace, URIRef

from benchmarks.forms import RESELLER
from benchmarks.watched import Spent
from ewgraph.assets import asset

EW = Namespace("https://w3id.org/ewgraph/ns#")
KOS = Namespace("https://w3id.org/ewgraph/kos/")
LOCN = Namespace("http://www.w3.org/ns/locn#")
PROV = Namespace("http://www.w3.org/ns/prov#")
SH = Namespace("http://www.w3.org/ns/shacl#")
ID = Namespace("https://data.example.org/id/")
COUNTRY = Namespace("http://publications.europa.eu/resource/authority/country/")
COUNTRIES = {
    "China": "CHN",
    "Viet Nam": "VNM",
    "Malaysia": "MYS",
    "Czech Republic": "CZE",
    "Mexico": "MEX",
}
TIERS = {"Main component": "strategic-component", "Final assembly": "final-assembly"}


def main() -> None:
    """Read, map and validate, and print the seconds of each."""
    logging.getLogger("rdflib").setLevel(logging.ERROR)  # it prints a traceback for each ill-formed date
    file = Path(sys.argv[1])
    spent = Spent()
    read = pd.read_excel if file.suffix == ".xlsx" else pd.read_csv
    rows = read(file, dtype=str, keep_default_na=False)
    read_at = spent.until_now()[1]
    graph = _graph(rows)
    mapped_at = spent.until_now()[1]
    shapes = _shapes()
    shapes_at = spent.until_now()[1]
    conforms, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inplace=True)
    wall, cpu = spent.until_now()
    results = len(list(report.subjects(RDF.type, SH.ValidationResult)))
    said = {"wall": wall, "cpu": cpu, "read": read_at, "map": mapped_at - read_at, "validate": cpu - shapes_at}
    print(json.dumps({**said, "triples": len(graph), "results": results, "conforms": bool(conforms)}))


def _shapes() -> Graph:
    """SHACL core: what a component of our own checks, a plain processor cannot."""
    shapes = Graph()
    for file in sorted(asset("shapes").glob("*.ttl")):
        shapes.parse(file)
    for component in list(shapes.subjects(RDF.type, SH.ConstraintComponent)):
        shapes.remove((component, None, None))
    return shapes


def _graph(rows: pd.DataFrame) -> Graph:
    graph, record = Graph(), ID["record/scripted"]
    graph.add((record, RDF.type, EW.Disclosure))
    graph.add((record, PROV.wasAttributedTo, URIRef(RESELLER.value)))
    graph.add((record, EW.receivedAt, Literal("2024-05-02T10:00:00Z", datatype=XSD.dateTime)))
    graph.add((record, EW.visibility, KOS["visibility/contract-party"]))
    sites: dict[str, URIRef] = {}
    for number, row in enumerate(rows.to_dict("records"), start=2):
        _row(graph, record, number, row, sites)
    return graph


def _row(graph: Graph, record: URIRef, number: int, row: dict[str, str], sites: dict[str, URIRef]) -> None:
    name, country = row["Site name"], COUNTRIES.get(row["Country"])
    key = "|".join((name, row["Full address"], row["Country"]))
    site = sites.get(key)
    if site is None:
        site = sites[key] = ID["site/" + hashlib.sha256(key.encode()).hexdigest()[:20]]
        _site(graph, site, row)
    claim = ID[f"claim/scripted-{number}-supply"]
    _claim(graph, record, claim, row, number)
    graph.add((claim, RDF.type, EW.SupplyClaim))
    graph.add((claim, EW.tier, KOS["tier/" + TIERS[row["Tier"]]] if row["Tier"] in TIERS else Literal(row["Tier"])))
    graph.add((claim, EW.scope, KOS["scope/contract"]))
    graph.add((claim, EW.scopeContract, URIRef(row["Contract identifier"].split("|")[0])))
    model = URIRef(row["Model identifier"].split("|")[0])
    component = row["Component"].lower()
    graph.add((claim, EW.output, KOS[f"component/{component}"] if component else model))
    if component:
        graph.add((claim, EW.intoModel, model))
    if row["Comment"]:
        graph.add((claim, RDFS.comment, Literal(row["Comment"])))
    claims = [claim]
    if row["Operated by"]:
        operated = f"{row['Operated by']}|{country}"
        operator = ID["organization/" + hashlib.sha256(operated.encode()).hexdigest()[:20]]
        graph.add((operator, RDF.type, EW.Organization))
        graph.add((operator, RDFS.label, Literal(row["Operated by"])))
        claim = ID[f"claim/scripted-{number}-operation"]
        _claim(graph, record, claim, row, number)
        graph.add((claim, RDF.type, EW.OperationClaim))
        graph.add((claim, EW.operator, operator))
        graph.add((claim, EW.relation, KOS["operation-relation/operates"]))
        claims.append(claim)
    for claim in claims if name else ():
        graph.add((claim, EW.site, site))


def _claim(graph: Graph, record: URIRef, claim: URIRef, row: dict[str, str], number: int) -> None:
    """What supply and operation have in common."""
    graph.add((claim, EW.assertedIn, record))
    graph.add((claim, EW.evidenceBasis, KOS["evidence-basis/contract-disclosure"]))
    graph.add((claim, EW.sourceRow, Literal(number)))
    graph.add((claim, EW.validFrom, Literal(row["Made here from"], datatype=XSD.date)))
    if row["No longer since"]:
        graph.add((claim, EW.validTo, Literal(row["No longer since"], datatype=XSD.date)))


def _site(graph: Graph, site: URIRef, row: dict[str, str]) -> None:
    if not row["Site name"]:
        return
    code = COUNTRIES.get(row["Country"])
    country = COUNTRY[code] if code else Literal(row["Country"])
    address = BNode()
    for subject, predicate, value in (
        (site, RDF.type, EW.Factory),
        (site, RDFS.label, Literal(row["Site name"])),
        (site, EW.nativeName, Literal(row["Name in the local language"])),
        (site, EW.country, country),
        (site, LOCN.address, address),
        (address, RDF.type, LOCN.Address),
        (address, LOCN.fullAddress, Literal(row["Full address"])),
        (address, LOCN.postName, Literal(row["Town"])),
        (address, LOCN.adminUnitL2, Literal(row["Province or state"])),
        (address, LOCN.postCode, Literal(row["Post code"])),
        (address, EW.country, country),
    ):
        graph.add((subject, predicate, value))


if __name__ == "__main__":
    main()
