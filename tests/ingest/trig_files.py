"""Small records as TriG, and files of them."""

from pathlib import Path

from ewgraph.ingest.reading import SourceFile, read_content

ROOT = Path(__file__).parents[2]
PREFIXES = """@prefix ew: <https://w3id.org/ewgraph/ns#> .
@prefix vis: <https://w3id.org/ewgraph/kos/visibility/> .
@prefix ex: <https://data.example.org/id/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

LIMIT = 1_000_000


def node(name: str, more: str = "") -> str:
    return (
        f"ex:{name} a ew:Disclosure ; prov:wasAttributedTo ex:reseller ; ew:visibility vis:public ; {more} "
        'ew:receivedAt "2024-05-02T10:00:00Z"^^xsd:dateTime .\n'
        'ex:reseller a ew:Organization ; rdfs:label "Reseller" .\n'
    )


def record(name: str, more: str = "") -> str:
    return f"ex:{name} {{ {node(name, more)} }}\n"


def trig(*records: str) -> bytes:
    return (PREFIXES + "".join(records)).encode()


def read(content: bytes, name: str = "file.trig", file_format: str | None = None) -> SourceFile:
    return read_content(name, content, limit=LIMIT, file_format=file_format)
