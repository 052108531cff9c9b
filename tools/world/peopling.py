"""It fills the world: organisations, models, sites down to the mines."""

from world import cast
from world.chance import below, one
from world.entities import Model, Site, World, gtin13


def people(world: World) -> None:
    """It fills in the organisations."""
    world.organizations[cast.STEWARD] = ("Example Monitoring Steward", "NLD")
    for rows in (cast.CONSORTIA, cast.BRANDS, cast.RESELLERS, cast.AUDITORS, cast.AGENTS, cast.UNIONS):
        world.organizations.update(rows)
    for key, (label, country, *_) in (cast.AFFILIATES | cast.MONITORS).items():
        world.organizations[key] = (label, country)
    for stem in cast.STEMS:
        world.organizations[f"op-{stem.lower()}"] = (
            f"{stem} Group",
            one(("CHN", "TWN", "SGP", "KOR"), "operator", stem),
        )


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
                key,
                label,
                brand,
                theme,
                f"{brand[:2].upper()}{word[0]}{size}{generation}A",
                gtin13(4_000_000 + number * 37),
                2021 + below(2, "out", brand, theme) + 2 * (generation - 1),
                key.removesuffix("-g2") if suffix else "",
            )


def _place(world: World, site: Site) -> None:
    world.sites[site.key] = site


def factories(world: World) -> None:
    """Thirty final assembly works and ninety makers of components, two of each named for the stories."""
    bayan, samut = cast.FACTORY_CITIES[4], cast.FACTORY_CITIES[3]
    _place(
        world, Site("northbridge-assembly", "Factory", "Northbridge Assembly", bayan, "factory", operator="op-halvoren")
    )
    _place(
        world,
        Site(
            "saltmarsh-electronics",
            "Factory",
            "Saltmarsh Electronics",
            samut,
            "factory",
            operator="op-tavessa",
            native="ซอลต์มาร์ช อิเล็กทรอนิกส์@th",
        ),
    )
    _place(
        world,
        Site(
            "yelun-kunshan-assembly",
            "Factory",
            "Yelun Kunshan Assembly",
            cast.FACTORY_CITIES[0],
            "factory",
            operator="op-yelun",
            native="叶伦昆山组装厂@zh",
        ),
    )
    for place in range(27):
        stem, city = cast.STEMS[place % 20], cast.FACTORY_CITIES[(place * 5 + 1) % 14]
        _place(
            world,
            Site(
                f"assembly-{place + 1:02d}",
                "Factory",
                f"{stem} {city[0]} Assembly {place // 14 + 1}",
                city,
                "factory",
                operator=f"op-{stem.lower()}",
            ),
        )
    for place in range(90):
        stem, city = cast.STEMS[(place * 3) % 20], cast.FACTORY_CITIES[(place * 3 + place // 14) % 14]
        component = cast.COMPONENTS[place % 12]
        _place(
            world,
            Site(
                f"component-{place + 1:02d}",
                "Factory",
                f"{stem} {city[0]} {component.capitalize()} Works",
                city,
                "factory",
                operator=f"op-{stem.lower()}",
                component=component,
            ),
        )


def mineral_sites(world: World) -> None:
    """Thirty smelters and thirty mines."""
    oruro = (*cast.MINERAL_CITIES["tin"][0], "Calle Ejemplo")
    _place(world, Site("altiplano-smelter", "Smelter", "Altiplano Example Tin Smelter", oruro, "smelter", "tin"))
    _place(world, Site("cerro-vellado", "Mine", "Cerro Vellado Mine", oruro, "mine-asm", "tin"))
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
                _place(
                    world,
                    Site(
                        f"{kind.lower()}-{number:02d}",
                        kind,
                        f"{name} {city[0]} {mineral.capitalize()} {word}",
                        city,
                        site_type,
                        mineral,
                    ),
                )


def other_sites(world: World) -> None:
    """Eight recyclers, six warehouses and six dormitories."""
    cities = (
        ("Antwerp", "Antwerpen", "BEL", 4.40, 51.22, "Voorbeeldstraat"),
        ("Accra", "Greater Accra", "GHA", -0.19, 5.56, "Example Lane"),
        ("Rotterdam", "Zuid-Holland", "NLD", 4.48, 51.92, "Voorbeeldkade"),
        ("Malmö", "Skåne", "SWE", 13.00, 55.60, "Exempelgatan"),
    )
    for place in range(8):
        _place(
            world,
            Site(
                f"recycler-{place + 1}",
                "RecyclingFacility",
                f"{cast.STEMS[place]} {cities[place % 4][0]} Recycling",
                cities[place % 4],
                "recycler",
            ),
        )
    for place in range(6):
        _place(
            world,
            Site(
                f"warehouse-{place + 1}",
                "Warehouse",
                f"{cities[place % 4][0]} Example Warehouse {place + 1}",
                cities[place % 4],
                "warehouse",
            ),
        )
    for place in range(6):
        city = cast.FACTORY_CITIES[(3, 4, 0, 9, 11, 2)[place]]
        _place(
            world,
            Site(f"dormitory-{place + 1}", "Dormitory", f"{city[0]} Example Dormitory {place + 1}", city, "dormitory"),
        )


def peopled_world() -> World:
    """A world with its things and no record yet."""
    world = World()
    people(world)
    products(world)
    factories(world)
    mineral_sites(world)
    other_sites(world)
    return world
