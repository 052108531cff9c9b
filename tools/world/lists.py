"""What brands say of where things are made: public lists, and deliveries between sites."""

from datetime import date

from world import cast
from world.chance import below, later, one, some
from world.entities import World
from world.pools import assembled_at, assemblers, makers
from world.trig import Graph, day


def lists(world: World) -> None:
    """Brands' public lists of 2024 and 2025: some per model, some by product, some without products."""
    basis = {
        "velmora": "brand-per-model",
        "tarnfield": "brand-list-with-product",
        "okonari": "brand-list",
        "zephylux": "brand-list-with-product",
        "brightquill": "brand-list",
    }
    for brand, strength in basis.items():
        for year in (2024, 2025):
            graph = world.record(
                "supplier-lists",
                "SupplierListEdition",
                f"list-{brand}-{year}",
                f"Supplier list of {cast.BRANDS[brand][0]}, {year}",
                brand,
                later(date(year, 2, 1), 0, 60, "list", brand, year),
                issuedFor=f'"{year}"^^xsd:gYear',
                sourceDocument=f'"https://data.example.org/documents/list-{brand}-{year}.pdf"^^xsd:anyURI',
            )
            sites = [site for site in assemblers(brand) + makers(brand) if below(10, "listed", brand, year, site)]
            if brand == "velmora":
                sites = (
                    ["northbridge-assembly"] if year == 2024 else ["northbridge-assembly", "yelun-kunshan-assembly"]
                ) + sites
            if brand == "zephylux":
                sites.append("saltmarsh-electronics")
            for row, site in enumerate(sites, start=2):
                _listed(world, graph, brand, year, site, strength, row)


def _listed(world: World, graph: Graph, brand: str, year: int, site: str, strength: str, row: int) -> None:  # noqa: PLR0913, PLR0917
    part = world.sites[site].component
    known = [
        model for model in world.models if world.models[model].brand == brand and site in assembled_at(world, model)
    ]
    per_model = not part and strength == "brand-per-model" and known
    bounds: dict[str, str | None] = {
        "validFrom": day(date(year, 1, 1)),
        "validTo": day(date(year + 1, 1, 1)) if year == 2024 else None,
    }
    subject = world.name_site(graph, site, address="province" if strength == "brand-list" else "street")
    common: dict[str, str | None] = {
        "site": subject,
        "tier": "tier:strategic-component" if part else "tier:final-assembly",
        "scope": "scope:brand",
        "sourceRow": str(row),
        **bounds,
    }
    if per_model:
        for model in known:
            world.name_claim(
                graph,
                f"list-{brand}-{year}-{site}-{model}",
                "SupplyClaim",
                output=world.name_model(graph, model),
                evidenceBasis="eb:brand-per-model",
                **common,
            )
        return
    world.name_claim(
        graph,
        f"list-{brand}-{year}-{site}",
        "SupplyClaim",
        forBrand=f"ex:{brand}",
        output=f"component:{part}" if part and strength != "brand-list" else None,
        evidenceBasis=f"eb:{strength if strength != 'brand-per-model' else 'brand-list-with-product'}",
        **common,
    )


def deliveries(world: World) -> None:
    """Site to site: works that feed other works, smelters whose metal a works buys, as brands tell the steward."""
    for brand in cast.BRANDS:
        graph = world.record(
            "deliveries",
            "Disclosure",
            f"deliveries-{brand}",
            f"Who supplies the works of {cast.BRANDS[brand][0]}",
            brand,
            later(date(2025, 5, 1), 0, 90, "deliveries", brand),
            "affiliates",
        )
        pool = makers(brand)
        for place, site in enumerate(pool[:8]):
            target = one(assemblers(brand), "target", brand, site)
            world.name_claim(
                graph,
                f"deliveries-{brand}-{site}",
                "SupplyClaim",
                site=world.name_site(graph, site),
                tier="tier:subassembly" if place % 3 == 0 else "tier:strategic-component",
                scope="scope:company",
                output=f"component:{world.sites[site].component}",
                deliveredTo=world.name_site(graph, target),
                evidenceBasis="eb:brand-list-with-product",
                validFrom=day(date(2024, 7, 1)),
            )
        smelters = [
            site
            for site in world.sites.values()
            if site.kind == "Smelter"
            and site.mineral in {"tin", "copper", "tantalum"}
            and site.key != "altiplano-smelter"
        ]
        for smelter in some(smelters, 2, "metal", brand):
            target = one(pool, "buys metal", brand, smelter.key)
            world.name_claim(
                graph,
                f"deliveries-{brand}-{smelter.key}",
                "SupplyClaim",
                site=world.name_site(graph, smelter.key),
                tier="tier:smelting-refining",
                scope="scope:company",
                output=f"min:{smelter.mineral}",
                deliveredTo=world.name_site(graph, target),
                evidenceBasis="eb:label-or-customs",
                validFrom=day(date(2024, 7, 1)),
            )
