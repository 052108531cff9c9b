"""The things of the world, and how a record names them: type, label, identifiers, an address, a model's brand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from world import cast
from world.chance import below, one
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

    def record(self, where: str, kind: str, slug: str, title: str, by: str | Iterable[str], on: date,  # noqa: PLR0913
               visibility: str = "public", **more: Objects) -> Graph:
        """A new record in a file, with what every record says. Keywords are `ew:` properties."""
        if on > LAST_RECEIPT:
            raise ValueError(f"record {slug!r} is received on {on}, after the world ends")
        graph = Graph(f"record:{slug}")
        authors = [by] if isinstance(by, str) else list(by)
        received = datetime.combine(on, time(8)) + timedelta(minutes=below(600, "received", slug))
        graph.say(graph.name, {
            "a": f"ew:{kind}",
            "dct:title": text(f"{title} (synthetic)", "en"),
            "prov:wasAttributedTo": [f"ex:{author}" for author in authors],
            "ew:receivedAt": instant(received),
            "ew:visibility": f"vis:{visibility}",
            "ew:synthetic": flag(True),
            "dct:bibliographicCitation": text(CITATION),
            **{f"ew:{name}": value for name, value in more.items()},
        })
        self.name_organizations(graph, authors)
        self.files.setdefault(where, []).append(graph)
        return graph

    def name_organizations(self, graph: Graph, keys: Iterable[str]) -> None:
        """It gives organisations their identity in a record."""
        for key in keys:
            label, country = self.organizations[key]
            graph.say(f"ex:{key}", {"a": "ew:Organization", "rdfs:label": text(label), "ew:country": f"country:{country}"})

    def name_site(self, graph: Graph, key: str, *, address: str = "street") -> str:
        """It gives a site its identity in a record; `address` is the precision the source gives."""
        site = self.sites[key]
        city, province, country, longitude, latitude, street = site.city
        parts = [("a", "locn:Address")]
        if address == "street":
            parts += [("locn:thoroughfare", text(f"{street} {1 + below(280, 'number', key)}")), ("locn:postName", text(city))]
        elif address == "locality":
            parts += [("locn:postName", text(city)), ("ew:addressPrecision", "address-precision:locality")]
        else:
            parts += [("ew:addressPrecision", "address-precision:province")]
        parts += [("locn:adminUnitL2", text(province)), ("ew:country", f"country:{country}")]
        graph.say(f"site:{key}", {
            "a": f"ew:{site.kind}",
            "rdfs:label": text(site.label),
            "ew:nativeName": text(*site.native.rsplit("@", 1)) if site.native else None,
            "ew:siteType": f"site-type:{site.site_type}",
            "ew:country": f"country:{country}",
            "ew:mineral": f"min:{site.mineral}" if site.mineral else None,
            "locn:address": blank(*parts),
        })
        if address == "street":
            point = f"POINT({longitude + below(90, 'x', key) / 1000 - 0.045:.3f} {latitude + below(90, 'y', key) / 1000 - 0.045:.3f})"
            graph.say(f"site:{key}", {
                "geo:hasGeometry": blank(("a", "geo:Geometry"), ("geo:asWKT", typed(point, "geo:wktLiteral")))})
        return f"site:{key}"

    def name_model(self, graph: Graph, key: str, *, full: bool = False) -> str:
        """It gives a model its identity in a record; in full with number, category and GTIN."""
        model = self.models[key]
        graph.say(f"model:{key}", {"a": "ew:ProductModel", "rdfs:label": text(model.label), "ew:brand": f"ex:{model.brand}"})
        if full:
            graph.say(f"model:{key}", {
                "ew:category": f"cpv:{cast.PRODUCTS[model.theme][0]}",
                "ew:modelNumber": text(model.number),
                "adms:identifier": blank(("a", "adms:Identifier"), ("skos:notation", text(model.gtin)),
                                         ("adms:schemaAgency", text("gtin"))),
                "ew:successorOf": f"model:{model.before}" if model.before else None,
            })
            if model.before:
                self.name_model(graph, model.before)
        self.name_organizations(graph, [model.brand])
        return f"model:{key}"

    def name_claim(self, graph: Graph, slug: str, kind: str, **more: Objects) -> str:
        """It adds a claim, or an activity, to a record. Keywords are `ew:` properties."""
        subject = f"claim:{slug}"
        graph.say(subject, {"a": f"ew:{kind}", "ew:assertedIn": graph.name,
                            **{f"ew:{name}": value for name, value in more.items()}})
        return subject


def gtin13(number: int) -> str:
    """A GTIN-13 of prefix 29, which GS1 keeps for use inside a company, with its check digit."""
    body = f"29{number:010d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return f"{body}{-total % 10}"


def people(world: World) -> None:
    """It fills in the organisations."""
    world.organizations[cast.STEWARD] = ("Example Monitoring Steward", "NLD")
    for rows in (cast.CONSORTIA, cast.BRANDS, cast.RESELLERS, cast.AUDITORS, cast.AGENTS, cast.UNIONS):
        world.organizations.update(rows)
    for key, (label, country, *_) in (cast.AFFILIATES | cast.MONITORS).items():
        world.organizations[key] = (label, country)
    for stem in cast.STEMS:
        world.organizations[f"op-{stem.lower()}"] = (f"{stem} Group", one(("CHN", "TWN", "SGP", "KOR"), "operator", stem))


def products(world: World) -> None:
    """Sixty models: twelve of each brand, the second generation of a line following the first."""
    lines = [(brand, theme) for brand in cast.BRANDS for theme in cast.PRODUCTS]
    number = 0
    for brand in cast.BRANDS:
        mine = [theme for maker, theme in lines if maker == brand]
        for place in range(12):
            theme = mine[place % 8]
            generation = 1 + place // 8
            word = cast.PRODUCTS[theme][1]
            size = 14 if theme == "laptops" else 10 + below(18, "size", brand, theme)
            suffix = "" if generation == 1 else "-g2"
            key = f"{brand}-{word.lower()}-{size}{suffix}"
            number += 1
            label = f"{cast.BRANDS[brand][0].split()[0]} {word} {size}{' G2' if suffix else ''}"
            world.models[key] = Model(
                key, label, brand, theme, f"{brand[:2].upper()}{word[0]}{size}{generation}A", gtin13(4_000_000 + number * 37),
                2021 + below(2, "out", brand, theme) + 2 * (generation - 1), key.removesuffix("-g2") if suffix else "")


def _add(world: World, site: Site) -> None:
    world.sites[site.key] = site


def factories(world: World) -> None:
    """Thirty final assembly works and ninety makers of components, two of each named for the stories."""
    bayan, samut = cast.FACTORY_CITIES[4], cast.FACTORY_CITIES[3]
    _add(world, Site("northbridge-assembly", "Factory", "Northbridge Assembly", bayan, "factory", operator="op-halvoren"))
    _add(world, Site("saltmarsh-electronics", "Factory", "Saltmarsh Electronics", samut, "factory", operator="op-tavessa",
                     native="ซอลต์มาร์ช อิเล็กทรอนิกส์@th"))
    _add(world, Site("yelun-kunshan-assembly", "Factory", "Yelun Kunshan Assembly", cast.FACTORY_CITIES[0], "factory",
                     operator="op-yelun", native="叶伦（昆山）组装厂@zh"))
    for place in range(27):
        stem, city = cast.STEMS[place % 20], cast.FACTORY_CITIES[(place * 5 + 1) % 14]
        _add(world, Site(f"assembly-{place + 1:02d}", "Factory", f"{stem} {city[0]} Assembly {place // 14 + 1}", city, "factory",
                         operator=f"op-{stem.lower()}"))
    for place in range(90):
        stem, city = cast.STEMS[(place * 3) % 20], cast.FACTORY_CITIES[(place * 3 + place // 14) % 14]
        component = cast.COMPONENTS[place % 12]
        _add(world, Site(f"component-{place + 1:02d}", "Factory", f"{stem} {city[0]} {component.capitalize()} Works", city,
                         "factory", operator=f"op-{stem.lower()}", component=component))


def mineral_sites(world: World) -> None:
    """Thirty smelters and thirty mines."""
    oruro = (*cast.MINERAL_CITIES["tin"][0], "Calle Ejemplo")
    _add(world, Site("altiplano-smelter", "Smelter", "Altiplano Example Tin Smelter", oruro, "smelter", "tin"))
    _add(world, Site("cerro-vellado", "Mine", "Cerro Vellado Mine", oruro, "mine-asm", "tin"))
    for kind, counts, word in (("Smelter", cast.SMELTERS_PER, "Smelter"), ("Mine", cast.MINES_PER, "Mine")):
        number = 1
        for mineral, count in counts.items():
            cities = cast.MINERAL_CITIES[mineral]
            for place in range(count - (mineral == "tin")):
                number += 1
                city = (*cities[place % len(cities)], "Example Road")
                name = one(cast.STEMS, "smelter", number) if kind == "Smelter" else cast.MINE_WORDS[number % 10]
                site_type = "smelter" if kind == "Smelter" else ("mine-asm" if place % 2 else "mine-lsm")
                if kind == "Smelter" and mineral in {"gold", "cobalt", "lithium"}:
                    site_type = "refinery"
                _add(world, Site(f"{kind.lower()}-{number:02d}", kind, f"{name} {city[0]} {mineral.capitalize()} {word}", city,
                                 site_type, mineral))


def other_sites(world: World) -> None:
    """Eight recyclers, six warehouses and six dormitories."""
    cities = (("Antwerp", "Antwerpen", "BEL", 4.40, 51.22, "Voorbeeldstraat"), ("Accra", "Greater Accra", "GHA", -0.19, 5.56, "Example Lane"),
              ("Rotterdam", "Zuid-Holland", "NLD", 4.48, 51.92, "Voorbeeldkade"), ("Malmö", "Skåne", "SWE", 13.00, 55.60, "Exempelgatan"))
    for place in range(8):
        _add(world, Site(f"recycler-{place + 1}", "RecyclingFacility", f"{cast.STEMS[place]} {cities[place % 4][0]} Recycling",
                         cities[place % 4], "recycler"))
    for place in range(6):
        _add(world, Site(f"warehouse-{place + 1}", "Warehouse", f"{cities[place % 4][0]} Example Warehouse {place + 1}",
                         cities[place % 4], "warehouse"))
    for place in range(6):
        city = cast.FACTORY_CITIES[(3, 4, 0, 9, 11, 2)[place]]
        _add(world, Site(f"dormitory-{place + 1}", "Dormitory", f"{city[0]} Example Dormitory {place + 1}", city, "dormitory"))


def peopled_world() -> World:
    """A world with its things and no record yet."""
    world = World()
    people(world)
    products(world)
    factories(world)
    mineral_sites(world)
    other_sites(world)
    return world
