"""TriG as the example files have it: prefixes, one graph per record, terms already written out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

KOS = "https://w3id.org/ewgraph/kos/"
DATA = "https://data.example.org/id/"
PREFIXES = {
    "ew": "https://w3id.org/ewgraph/ns#",
    "ex": DATA,
    **{kind: f"{DATA}{kind}/" for kind in ("site", "model", "contract", "record", "claim", "clauses")},
    "vis": f"{KOS}visibility/",
    "part": f"{KOS}part/",
    "tier": f"{KOS}tier/",
    "scope": f"{KOS}scope/",
    "eb": f"{KOS}evidence-basis/",
    "cpl": f"{KOS}completeness/",
    "component": f"{KOS}component/",
    "min": f"{KOS}mineral/",
    "site-type": f"{KOS}site-type/",
    "address-precision": f"{KOS}address-precision/",
    "ot": f"{KOS}obligation-type/",
    "trigger": f"{KOS}trigger/",
    "due-diligence": f"{KOS}due-diligence/",
    "finding-type": f"{KOS}finding-type/",
    "breach-status": f"{KOS}breach-status/",
    "linkage": f"{KOS}linkage/",
    "severity-rba": f"{KOS}severity/rba/",
    "band": f"{KOS}band/",
    "affected-group": f"{KOS}affected-group/",
    "remedy-type": f"{KOS}remedy-type/",
    "action-status": f"{KOS}action-status/",
    "verification-method": f"{KOS}verification-method/",
    "verification-verdict": f"{KOS}verification-verdict/",
    "verdict": f"{KOS}verdict/",
    "escalation-step": f"{KOS}escalation-step/",
    "operation-relation": f"{KOS}operation-relation/",
    "representation": f"{KOS}representation/",
    "site-attribute": f"{KOS}site-attribute/",
    "observation-topic": f"{KOS}observation-topic/",
    "worker-role": f"{KOS}worker-role/",
    "certification-status": f"{KOS}certification-status/",
    "standard": f"{KOS}standard/",
    "redaction": f"{KOS}redaction/",
    "confidence": f"{KOS}confidence/",
    "ew-code-1": f"{KOS}provision/ew-code-1/",
    "stage": f"{KOS}stage/",
    "risk-level": f"{KOS}risk-level/",
    "cpv": "http://data.europa.eu/cpv/cpv/",
    "country": "http://publications.europa.eu/resource/authority/country/",
    "adms": "http://www.w3.org/ns/adms#",
    "dct": "http://purl.org/dc/terms/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "locn": "http://www.w3.org/ns/locn#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

Objects = str | Iterable[str] | None


def text(words: str, language: str = "") -> str:
    """A string, with a language tag where one is given."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"@{language}' if language else f'"{escaped}"'


def day(value: date) -> str:
    """An xsd:date."""
    return f'"{value.isoformat()}"^^xsd:date'


def instant(value: datetime) -> str:
    """An xsd:dateTime; the value is taken as UTC."""
    return f'"{value:%Y-%m-%dT%H:%M:%S}Z"^^xsd:dateTime'


def typed(value: str, datatype: str) -> str:
    """A literal of a datatype given as prefixed name."""
    return f'"{value}"^^{datatype}'


def amount(value: Decimal | int) -> str:
    """An xsd:decimal with two places."""
    return f"{Decimal(value):.2f}"


def flag(*, value: bool) -> str:
    """An xsd:boolean."""
    return "true" if value else "false"


def blank(*pairs: tuple[str, str]) -> str:
    """A blank node written in place."""
    return "[ " + " ; ".join(f"{predicate} {value}" for predicate, value in pairs) + " ]"


@dataclass(slots=True)
class Graph:
    """One record's named graph: subjects in the order in which they were first spoken of."""

    name: str
    said: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def say(self, subject: str, predicates: dict[str, Objects]) -> None:
        """It adds statements about a subject, each once; None says nothing."""
        pairs = self.said.setdefault(subject, [])
        for predicate, objects in predicates.items():
            for value in [objects] if isinstance(objects, str) else (objects or []):
                if (predicate, value) not in pairs:
                    pairs.append((predicate, value))

    def lines(self) -> Iterable[str]:
        """The graph as TriG lines."""
        yield f"{self.name} {{"
        for subject, pairs in self.said.items():
            grouped: dict[str, list[str]] = {}
            for predicate, value in pairs:
                grouped.setdefault(predicate, []).append(value)
            parts = [f"{predicate} {' , '.join(values)}" for predicate, values in grouped.items()]
            yield f"  {subject} " + " ;\n    ".join(parts) + " ."
        yield "}"


def document(headline: str, graphs: Iterable[Graph]) -> str:
    """A whole file: what it is, the prefixes that it uses, its records."""
    body = "\n\n".join("\n".join(graph.lines()) for graph in graphs) + "\n"
    used = [name for name in PREFIXES if f"{name}:" in body]
    head = [f"# {headline}", "# Synthetic: written by tools/example_world.py, do not edit."]
    head += [f"@prefix {name}: <{PREFIXES[name]}> ." for name in used]
    return "\n".join(head) + "\n\n" + body
