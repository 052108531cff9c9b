"""Which works make what, in this world: the truth that disclosures and lists tell a part of."""

from world import cast
from world.chance import below, some
from world.entities import World

STORY = {
    "velmora-slate-14": ("northbridge-assembly",),
    "tarnfield-slate-14": ("northbridge-assembly",),
    "zephylux-slate-14": ("saltmarsh-electronics",),
}


def assemblers(brand: str) -> list[str]:
    """The nine works that assemble for a brand; pools overlap, so brands share works."""
    start = list(cast.BRANDS).index(brand) * 6
    return [f"assembly-{(start + place) % 27 + 1:02d}" for place in range(9)]


def makers(brand: str) -> list[str]:
    """The thirty component works of a brand; pools overlap."""
    start = list(cast.BRANDS).index(brand) * 18
    return [f"component-{(start + place) % 90 + 1:02d}" for place in range(30)]


def assembled_at(world: World, model: str) -> tuple[str, ...]:
    """Where a model is put together, in this world."""
    pool = assemblers(world.models[model].brand)
    return STORY.get(model) or tuple(some(pool, 1 + below(2, "sites", model), "assembled", model))


def component_sites(world: World, model: str) -> list[str]:
    """The works that make five components of a model."""
    return some(makers(world.models[model].brand), 5, "components", model)
