"""The dataset described: VoID for what the caller sees, DCAT for how to get it, with no nameless node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ewgraph.api.linkeddata.dumps import Dump
from ewgraph.api.linkeddata.labels import local_name
from ewgraph.graph.audience import PUBLIC
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, Term, Triple
from ewgraph.web.holdings import KINDS, Statistics

_VOID: Final = "http://rdfs.org/ns/void#"
_DCAT: Final = "http://www.w3.org/ns/dcat#"
_DCT: Final = "http://purl.org/dc/terms/"
_FOAF: Final = "http://xmlns.com/foaf/0.1/"
_SPDX: Final = "http://spdx.org/rdf/terms#"
_TYPES: Final = "https://www.iana.org/assignments/media-types/"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_CONTINUOUS: Final = IRI("http://publications.europa.eu/resource/authority/frequency/UPDATE_CONT")
_SERVICES: Final[Mapping[str, Sequence[str]]] = MappingProxyType(
    {
        "sparql": ("SPARQL endpoint", "http://www.w3.org/TR/sparql11-protocol/", "sparql"),
        "graph-store?default": ("Graph store, to be read", "http://www.w3.org/TR/sparql11-http-rdf-update/"),
        "graphql": ("GraphQL endpoint", "https://spec.graphql.org/"),
        "queries": ("Stored queries", "queries/openapi.json"),
        "reconcile": (
            "Reconciliation",
            "https://reconciliation-api.github.io/specs/0.2/",
        ),
        "search": ("Search",),
        "feed": ("Change feed", "https://w3id.org/ldes/specification"),
    }
)
"""The ways in: what each is called, then what it conforms to, and where it describes itself."""
_INVENTED: Final = "{} of {} records say that they are invented: the example world, about nobody."
_WHAT: Final = "Who bought what from whom, where it was made, and on whose word."
_LICENSES: Final = (
    "Each record says under which licence it may be used, where its source says so; for the others none is stated."
)

PREFIXES: Final = {"void": _VOID, "spdx": _SPDX}


@dataclass(frozen=True, slots=True)
class Description:
    """All that is told of the dataset.

    Attributes:
        base: the address of the service.
        publisher: who speaks for the network, and its name.
        license: of the whole, where the operator states one.
        statistics: what the caller's graphs hold.
        version: of the ontology.
        dumps: of the public graph.
    """

    base: str
    publisher: tuple[IRI, str]
    license: str
    statistics: Statistics
    version: str
    dumps: Sequence[Dump]

    @property
    def dataset(self) -> IRI:
        """What the caller sees."""
        return IRI(f"{self.base}.well-known/void#dataset")

    @property
    def public(self) -> IRI:
        """What everybody sees, as the dumps hold it."""
        return IRI(f"{self.base}dumps#public")

    def triples(self) -> Iterator[Triple]:
        """The catalogue, the dataset, how to get it."""
        yield from self._catalog()
        yield from self._dataset()
        yield from self._partitions()
        yield from self._services()
        yield from self.distributions()

    def _catalog(self) -> Iterator[Triple]:
        catalog, (publisher, name) = IRI(f"{self.base}catalog#catalog"), self.publisher
        yield from _said(
            catalog,
            (terms.RDF.type, IRI(_DCAT + "Catalog")),
            (terms.DCT.title, Literal("ewgraph", language="en")),
            (terms.DCT.description, Literal(_WHAT, language="en")),
            (IRI(_DCT + "publisher"), publisher),
            (terms.FOAF.homepage, IRI(self.base)),
            (IRI(_DCAT + "dataset"), self.dataset),
            (IRI(_DCAT + "dataset"), self.public),
            *((IRI(_DCAT + "service"), IRI(f"{self.base}{path}")) for path in _SERVICES),
        )
        yield from _said(publisher, (terms.RDF.type, IRI(_FOAF + "Agent")), (IRI(_FOAF + "name"), Literal(name)))

    def _dataset(self) -> Iterator[Triple]:
        held = self.statistics
        rights = [Literal(_LICENSES, language="en")]
        if held.synthetic:
            rights.append(Literal(_INVENTED.format(held.synthetic, held.classes.get(terms.Record, 0)), language="en"))
        yield from _said(
            self.dataset,
            (terms.RDF.type, IRI(_VOID + "Dataset")),
            (terms.RDF.type, terms.DCAT.Dataset),
            (terms.DCT.title, Literal("ewgraph: disclosures of electronics supply chains", language="en")),
            (terms.DCT.description, Literal("What the caller may see; who shows a key may see more.", language="en")),
            (IRI(_DCT + "publisher"), self.publisher[0]),
            *((terms.DCT.license, IRI(self.license)) for _ in (self.license,) if self.license),
            *((IRI(_DCT + "rights"), text) for text in rights),
            (IRI(_DCT + "accrualPeriodicity"), _CONTINUOUS),
            *((IRI(_DCT + "modified"), _at(held.newest)) for _ in (held.newest,) if held.newest),
            (IRI(_DCAT + "landingPage"), IRI(self.base)),
            (IRI(_DCT + "conformsTo"), IRI(f"{terms.EW.rstrip('#')}/{self.version}")),
            (IRI(_VOID + "sparqlEndpoint"), IRI(f"{self.base}sparql")),
            (IRI(_VOID + "uriSpace"), Literal(f"{self.base}id/")),
            (IRI(_VOID + "uriLookupEndpoint"), IRI(f"{self.base}id?iri=")),
            (IRI(_VOID + "vocabulary"), IRI(terms.EW)),
            *((IRI(_VOID + "vocabulary"), IRI(space)) for space in _vocabularies(held.properties)),
            *((IRI(_VOID + "feature"), IRI(_FORMATS + name)) for name in _WRITTEN),
            (IRI(_VOID + "triples"), Literal(held.triples)),
            (IRI(_VOID + "classes"), Literal(len(held.classes))),
            (IRI(_VOID + "properties"), Literal(len(held.properties))),
            *((IRI(_VOID + "exampleResource"), node) for node in sorted(held.examples.values(), key=str)),
            *((IRI(_VOID + "dataDump"), IRI(f"{self.base}dumps/{dump.file}")) for dump in self.dumps[:1]),
            (IRI(_VOID + "subset"), self.public),
        )

    def _partitions(self) -> Iterator[Triple]:
        counts = {**{kind: 0 for _, kind in KINDS}, **self.statistics.classes}
        classes = {self._fragment("class", kind): kind for kind in sorted(counts, key=str)}
        properties = {self._fragment("property", each): each for each in sorted(self.statistics.properties, key=str)}
        yield from (Triple(self.dataset, IRI(_VOID + "classPartition"), part) for part in classes)
        yield from (Triple(self.dataset, IRI(_VOID + "propertyPartition"), part) for part in properties)
        for part, kind in classes.items():
            yield from _said(part, (IRI(_VOID + "class"), kind), (IRI(_VOID + "entities"), Literal(counts[kind])))
        for part, each in properties.items():
            counted = Literal(self.statistics.properties[each])
            yield from _said(part, (IRI(_VOID + "property"), each), (IRI(_VOID + "triples"), counted))

    def _fragment(self, what: str, node: IRI) -> IRI:
        space = node.value.removesuffix(local_name(node)).rstrip("#/").rpartition("/")[2]
        return IRI(f"{self.base}.well-known/void#{what}-{space.rstrip('#') or 'x'}-{local_name(node)}")

    def _services(self) -> Iterator[Triple]:
        for path, (title, *more) in _SERVICES.items():
            node = IRI(f"{self.base}{path}")
            yield from _said(
                node,
                (terms.RDF.type, IRI(_DCAT + "DataService")),
                (terms.DCT.title, Literal(title, language="en")),
                (IRI(_DCAT + "endpointURL"), node),
                (IRI(_DCAT + "servesDataset"), self.dataset),
                *((IRI(_DCT + "conformsTo"), IRI(each)) for each in more if each.startswith("http")),
                *(
                    (IRI(_DCAT + "endpointDescription"), IRI(self.base + each))
                    for each in more
                    if not each.startswith("http")
                ),
            )

    def distributions(self) -> Iterator[Triple]:
        """The dumps of what everybody sees."""
        yield from _said(
            self.public,
            (terms.RDF.type, terms.DCAT.Dataset),
            (terms.RDF.type, IRI(_VOID + "Dataset")),
            (terms.DCT.title, Literal("What everybody may see", language="en")),
            (terms.DCT.description, Literal("Each dump is what everybody saw at its instant.", language="en")),
            (IRI(_DCT + "publisher"), self.publisher[0]),
            *((terms.DCT.license, IRI(self.license)) for _ in (self.license,) if self.license),
            (IRI(_DCT + "rights"), Literal(_LICENSES, language="en")),
            (IRI(_DCT + "identifier"), Literal(PUBLIC.value)),
        )
        for dump in self.dumps:
            yield from self._distribution(dump)

    def _distribution(self, dump: Dump) -> Iterator[Triple]:
        node, sum_ = IRI(f"{self.base}dumps#{dump.name}"), IRI(f"{self.base}dumps#{dump.name}-sha256")
        yield Triple(self.public, terms.DCAT.distribution, node)
        rights = [f"{count} records under {license_}" for license_, count in dump.licenses.items()]
        rights += [f"Cite: {text}" for text in dump.citations]
        if dump.synthetic:
            rights.append(_INVENTED.format(dump.synthetic, dump.records))
        yield from _said(
            node,
            (terms.RDF.type, IRI(_DCAT + "Distribution")),
            (terms.DCT.title, Literal(dump.name)),
            (terms.DCT.issued, _at(dump.at)),
            (IRI(_DCAT + "downloadURL"), IRI(f"{self.base}dumps/{dump.file}")),
            (IRI(_DCAT + "accessURL"), IRI(f"{self.base}dumps")),
            (IRI(_DCAT + "mediaType"), IRI(_TYPES + "application/n-quads")),
            (IRI(_DCAT + "compressFormat"), IRI(_TYPES + "application/zstd")),
            (
                IRI(_DCAT + "byteSize"),
                Literal(str(dump.bytes), datatype=IRI("http://www.w3.org/2001/XMLSchema#nonNegativeInteger")),
            ),
            (IRI(_VOID + "triples"), Literal(dump.quads)),
            (IRI(_SPDX + "checksum"), sum_),
            (terms.DCT.description, Literal(f"SHA-256 of the canonical dataset (RDFC-1.0): {dump.canonical_sha256}")),
            *((IRI(_DCT + "rights"), Literal(text)) for text in rights),
        )
        yield from _said(
            sum_,
            (terms.RDF.type, IRI(_SPDX + "Checksum")),
            (IRI(_SPDX + "algorithm"), IRI(_SPDX + "checksumAlgorithm_sha256")),
            (
                IRI(_SPDX + "checksumValue"),
                Literal(dump.sha256, datatype=IRI("http://www.w3.org/2001/XMLSchema#hexBinary")),
            ),
        )


_WRITTEN: Final = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads")


def _vocabularies(properties: Iterable[IRI]) -> list[str]:
    """The namespaces of others whose properties are used."""
    spaces = {node.value.removesuffix(local_name(node)) for node in properties}
    return sorted(space for space in spaces if space != terms.EW)


def _at(instant: str) -> Literal:
    return Literal(instant.replace("+00:00", "Z"), datatype=terms.XSD.dateTime)


def _said(subject: IRI, *values: tuple[IRI, Term]) -> Iterator[Triple]:
    return (Triple(subject, predicate, value) for predicate, value in values)
