"""From smelter to mine: brands' mineral declarations and who says which mine feeds which smelter."""

from datetime import date

from world import cast
from world.chance import below, later, one, some
from world.entities import Site, World
from world.trig import amount, day, text

MODEL_SCOPE = {"tarnfield": "tarnfield-slate-14", "okonari": "okonari-slate-14"}


def _smelters(world: World, mineral: str = "") -> list[str]:
    return [
        site.key
        for site in world.sites.values()
        if site.kind == "Smelter" and site.mineral == (mineral or site.mineral)
    ]


def declarations(world: World) -> None:
    """Company scope of every brand for two years; model scope of two models, for the steward and the affiliates."""
    for brand, (label, _) in cast.BRANDS.items():
        for year in (2024, 2025):
            graph = world.record(
                "minerals",
                "MineralsDeclaration",
                f"minerals-{brand}-{year}",
                f"Minerals declaration of {label}, {year}",
                brand,
                later(date(year, 5, 1), 0, 45, "minerals", brand, year),
                sourceDocument=f'"https://data.example.org/documents/minerals-{brand}-{year}.xlsx"^^xsd:anyURI',
            )
            listed = [
                site
                for site in some(_smelters(world), 15, "declared", brand)
                if below(10, "declared", brand, year, site)
            ]
            listed = [site for site in listed if site != "altiplano-smelter"] + ["altiplano-smelter"] * (
                brand == "velmora"
            )
            for row, site in enumerate(listed, start=5):
                world.name_claim(
                    graph,
                    f"declares-{brand}-{year}-{site}",
                    "SmelterListingClaim",
                    declarant=f"ex:{brand}",
                    mineral=f"min:{world.sites[site].mineral}",
                    smelter=world.name_site(graph, site, address="locality"),
                    scope="scope:company",
                    evidenceBasis="eb:brand-list",
                    validFrom=day(date(year, 1, 1)),
                    validTo=day(date(2025, 1, 1)) if year == 2024 else None,
                    sourceSheet=text("Smelter List"),
                    sourceRow=str(row),
                )
    for brand, model in MODEL_SCOPE.items():
        graph = world.record(
            "minerals",
            "MineralsDeclaration",
            f"minerals-{model}",
            f"Minerals declaration for {world.models[model].label}",
            brand,
            date(2025, 8, 18),
            "affiliates",
        )
        for row, site in enumerate(
            some([key for key in _smelters(world) if key != "altiplano-smelter"], 6, "model scope", model), start=5
        ):
            world.name_claim(
                graph,
                f"declares-{model}-{site}",
                "SmelterListingClaim",
                declarant=f"ex:{brand}",
                mineral=f"min:{world.sites[site].mineral}",
                smelter=world.name_site(graph, site, address="locality"),
                scope="scope:model",
                intoModel=world.name_model(graph, model),
                evidenceBasis="eb:brand-per-model",
                validFrom=day(date(2025, 1, 1)),
                sourceSheet=text("Smelter List"),
                sourceRow=str(row),
            )


def sourcing(world: World) -> None:
    """Mine to smelter: mine lists that brands hand on, recycled shares, one edge seen by a monitor."""
    brands = list(cast.BRANDS)
    mines = [site for site in world.sites.values() if site.kind == "Mine" and site.mineral in cast.SMELTERS_PER]
    for place, brand in enumerate(brands):
        graph = world.record(
            "minerals",
            "MineralsDeclaration",
            f"mine-list-{brand}",
            f"Mine list handed on by {cast.BRANDS[brand][0]}",
            brand,
            later(date(2025, 6, 20), 0, 40, "mine list", brand),
        )
        for row, mine in enumerate(mines[place::5], start=5):
            if mine.key == "cerro-vellado":
                continue
            smelter = one(_smelters(world, mine.mineral), "feeds", mine.key)
            world.name_claim(
                graph,
                f"feeds-{mine.key}",
                "SourcingClaim",
                smelter=world.name_site(graph, smelter, address="locality"),
                mine=world.name_site(graph, mine.key, address="province"),
                mineral=f"min:{mine.mineral}",
                evidenceBasis="eb:brand-list",
                validFrom=day(date(2025, 1, 1)),
                sourceSheet=text("Mine List"),
                sourceRow=str(row),
            )
        recycled = one(_smelters(world, "gold"), "recycled", brand)
        world.name_claim(
            graph,
            f"recycled-{brand}",
            "SourcingClaim",
            smelter=world.name_site(graph, recycled, address="locality"),
            mineral="min:gold",
            recycledShare=amount(1),
            evidenceBasis="eb:brand-list",
            validFrom=day(date(2025, 1, 1)),
        )
    graph = world.record(
        "minerals",
        "MonitoringReport",
        "cerro-vellado-trade",
        "Where the tin of Cerro Vellado goes",
        "quebrada-alta",
        date(2025, 9, 15),
        aboutSite="site:cerro-vellado",
    )
    world.name_claim(
        graph,
        "feeds-cerro-vellado",
        "SourcingClaim",
        smelter=world.name_site(graph, "altiplano-smelter"),
        mine=world.name_site(graph, "cerro-vellado"),
        mineral="min:tin",
        evidenceBasis="eb:monitor-observation",
        validFrom=day(date(2024, 3, 1)),
        confidence="confidence:medium",
    )


def visits(world: World) -> None:
    """Mines visited in four years; a question that was not asked has a claim without a value."""
    mines = [site for site in world.sites.values() if site.kind == "Mine"]
    for year in (2022, 2023, 2024, 2025):
        graph = world.record(
            "mine-visits",
            "DatasetImport",
            f"mine-visits-{year}",
            f"Mine visits of {year}",
            "quebrada-alta",
            date(year, 12, 5),
        )
        for mine in mines:
            if mine.key != "cerro-vellado" and below(2, "visited", year, mine.key):
                continue
            seen = later(date(year, 2, 1), 0, 270, "visit", year, mine.key)
            site = world.name_site(graph, mine.key)
            for topic, value in _seen(mine, year):
                world.name_claim(
                    graph,
                    f"visit-{year}-{mine.key}-{topic}",
                    "ObservationClaim",
                    site=site,
                    attribute=f"observation-topic:{topic}",
                    value=value,
                    observedOn=day(seen),
                    method="verification-method:observation",
                    evidenceBasis="eb:monitor-observation",
                )


def _seen(mine: Site, year: int) -> list[tuple[str, str | None]]:
    child: str | None = None
    if mine.key == "cerro-vellado":
        child = {2023: "true", 2025: "false"}.get(year)
    elif mine.site_type == "mine-asm" and below(5, "asked", mine.key, year) > 1:
        child = "true" if below(6, "child", mine.key, year) == 0 else "false"
    rows: list[tuple[str, str | None]] = [("child-labour", child), ("main-mineral", text(mine.mineral))]
    if below(2, "workers asked", mine.key, year):
        rows.append(("worker-count", str(20 + 10 * below(60, "workers", mine.key, year))))
    if mine.city[2] == "COD" and mine.mineral in {"tantalum", "gold"}:
        rows.append(("armed-group-presence", "true" if below(3, "armed", mine.key, year) == 0 else "false"))
        rows.append(("traceability", text("tagged")))
    return rows
