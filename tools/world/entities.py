"""The things of the world, and how a record names them: type, label, identifiers, an address, a model's brand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from world import cast
from world.chance import below
from world.trig import Graph, Objects, blank, flag, instant, text, typed

CITATION = "ewgraph example world, written by tools/example_world.py: invented, about nobody."
LAST_RECEIPT = date(2026, 10, 30)


@dataclass(frozen=True, slots=True)
class Site:
    """A place: its class, name and the city it is said to stand in."""

    key: str
    kind: str
    label: str
    city: tuple[str, str, str, float, float, str]
    site_type: str
    mineral: str = ""
    operator: str = ""
    component: str = ""
    native: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """A product model: brand, theme (a row of `cast.PRODUCTS`), number and the year it came out."""

    key: str
    label: str
    brand: str
    theme: str
    number: str
    gtin: str
    year: int
    before: str = ""


@dataclass(slots=True)
class World:
    """Organisations, sites and models by key, and the records by file name."""

    organizations: dict[str, tuple[str, str]] = field(default_factory=dict)
    sites: dict[str, Site] = field(default_factory=dict)
    models: dict[str, Model] = field(default_factory=dict)
    files: dict[str, list[Graph]] = field(default_factory=dict)

    def record(  # noqa: PLR0913, PLR0917 - the words of a record's head
        self,
        where: str,
        kind: str,
        slug: str,
        title: str,
        by: str | Iterable[str],
        on: date,
        visibility: str = "public",
        **more: Objects,
    ) -> Graph:
        """A new record in a file, with what every record says. Keywords are `ew:` properties."""
        if on > LAST_RECEIPT:
            raise ValueError(f"record {slug!r} is received on {on}, after the world ends")
        graph = Graph(f"record:{slug}")
        authors = [by] if isinstance(by, str) else list(by)
        received = datetime.combine(on, time(8)) + timedelta(minutes=below(600, "received", slug))
        graph.say(
            graph.name,
            {
                "a": f"ew:{kind}",
                "dct:title": text(f"{title} (synthetic)", "en"),
                "prov:wasAttributedTo": [f"ex:{author}" for author in authors],
                "ew:receivedAt": instant(received),
                "ew:visibility": f"vis:{visibility}",
                "ew:synthetic": flag(value=True),
                "dct:bibliographicCitation": text(CITATION),
                **{f"ew:{name}": value for name, value in more.items()},
            },
        )
        self.name_organizations(graph, authors)
        self.files.setdefault(where, []).append(graph)
        return graph

    def name_organizations(self, graph: Graph, keys: Iterable[str]) -> None:
        """It gives organisations their identity in a record."""
        for key in keys:
            label, country = self.organizations[key]
            graph.say(
                f"ex:{key}", {"a": "ew:Organization", "rdfs:label": text(label), "ew:country": f"country:{country}"}
            )

    def name_site(self, graph: Graph, key: str, *, address: str = "street") -> str:
        """It gives a site its identity in a record; `address` is the precision the source gives."""
        site = self.sites[key]
        city, province, country, longitude, latitude, street = site.city
        parts = [("a", "locn:Address")]
        if address == "street":
            parts += [
                ("locn:thoroughfare", text(f"{street} {1 + below(280, 'number', key)}")),
                ("locn:postName", text(city)),
            ]
        elif address == "locality":
            parts += [("locn:postName", text(city)), ("ew:addressPrecision", "address-precision:locality")]
        else:
            parts += [("ew:addressPrecision", "address-precision:province")]
        parts += [("locn:adminUnitL2", text(province)), ("ew:country", f"country:{country}")]
        graph.say(
            f"site:{key}",
            {
                "a": f"ew:{site.kind}",
                "rdfs:label": text(site.label),
                "ew:nativeName": text(*site.native.rsplit("@", 1)) if site.native else None,
                "ew:siteType": f"site-type:{site.site_type}",
                "ew:country": f"country:{country}",
                "ew:mineral": f"min:{site.mineral}" if site.mineral else None,
                "locn:address": blank(*parts),
            },
        )
        if address == "street":
            east, north = (below(90, axis, key) / 1000 - 0.045 for axis in "xy")
            point = f"POINT({longitude + east:.3f} {latitude + north:.3f})"
            graph.say(
                f"site:{key}",
                {"geo:hasGeometry": blank(("a", "geo:Geometry"), ("geo:asWKT", typed(point, "geo:wktLiteral")))},
            )
        return f"site:{key}"

    def name_model(self, graph: Graph, key: str, *, full: bool = False) -> str:
        """It gives a model its identity in a record; in full with number, category and GTIN."""
        model = self.models[key]
        graph.say(
            f"model:{key}", {"a": "ew:ProductModel", "rdfs:label": text(model.label), "ew:brand": f"ex:{model.brand}"}
        )
        if full:
            graph.say(
                f"model:{key}",
                {
                    "ew:category": f"cpv:{cast.PRODUCTS[model.theme][0]}",
                    "ew:modelNumber": text(model.number),
                    "adms:identifier": blank(
                        ("a", "adms:Identifier"),
                        ("skos:notation", text(model.gtin)),
                        ("adms:schemaAgency", text("gtin")),
                    ),
                    "ew:successorOf": f"model:{model.before}" if model.before else None,
                },
            )
            if model.before:
                self.name_model(graph, model.before)
        self.name_organizations(graph, [model.brand])
        return f"model:{key}"

    def name_claim(self, graph: Graph, slug: str, kind: str, **more: Objects) -> str:
        """It adds a claim, or an activity, to a record. Keywords are `ew:` properties."""
        subject = f"claim:{slug}"
        graph.say(
            subject,
            {"a": f"ew:{kind}", "ew:assertedIn": graph.name, **{f"ew:{name}": value for name, value in more.items()}},
        )
        return subject


def gtin13(number: int) -> str:
    """A GTIN-13 of prefix 29, which GS1 keeps for use inside a company, with its check digit."""
    body = f"29{number:010d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return f"{body}{-total % 10}"
