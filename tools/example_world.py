"""It writes the example world to data/example, or with --check says whether the committed files are in step."""

import argparse
import sys
from pathlib import Path

from world import aftermath, lists, market, minerals, monitoring, stories, supply
from world.contracts import contracts
from world.entities import World
from world.peopling import peopled_world
from world.trig import document

FOLDER = Path(__file__).resolve().parent.parent / "data" / "example"
HEADLINES = {
    "affiliations": "Who is affiliated with the steward, and through which consortium.",
    "catalogue": "Product models by brand, and the clause sets.",
    "contracts": "Contract notices: parties, lines, and for contracts that are not public the obligations.",
    "obligations": "Obligations of public contracts, and those that a finding sets going: for the parties.",
    "disclosures": "What contractors disclosed, revised and took back.",
    "due-diligence": "Requests that contractors passed on instead of an answer.",
    "escalation": "What buyers did about an overdue disclosure.",
    "supplier-lists": "Brands' public supplier lists, two editions each.",
    "deliveries": "Which site supplies which other site.",
    "minerals": "Minerals declarations, mine lists and one edge that a monitor saw.",
    "mine-visits": "Observations at mines, year by year; no value means not asked.",
    "monitoring": "Reports of monitoring partners and auditors, findings, plans, remedies, verifications, replies.",
    "testimonies": "Counts of interviews, for the monitoring partner alone.",
    "releases": "Records that a wider audience may now see.",
    "operators": "Who operates which site.",
    "attributes": "Attributes of sites, some given differently by two sources.",
    "certifications": "Status of smelters under a standard.",
    "identity": "Which sites may be one.",
    "chemicals": "Which chemicals works use: for the parties.",
    "disposals": "Where devices went at the end.",
}


def example_world() -> World:
    """The world with all its records."""
    world = peopled_world()
    known = contracts(world)
    market.affiliations(world)
    market.catalogue(world)
    market.notices(world, known)
    supply.disclosures(world, known)
    supply.retraction(world, known)
    supply.none_to_disclose(world, known)
    lists.lists(world)
    lists.deliveries(world)
    minerals.declarations(world)
    minerals.sourcing(world)
    minerals.visits(world)
    stories.northbridge(world)
    stories.saltmarsh(world)
    monitoring.elsewhere(world)
    monitoring.recurrence(world)
    monitoring.audits(world)
    monitoring.testimonies(world)
    aftermath.triggered(world, known)
    aftermath.operators(world)
    aftermath.attributes(world)
    aftermath.conformance(world)
    aftermath.identity(world)
    aftermath.disposals(world, known)
    aftermath.chemicals(world, known)
    return world


def main() -> int:
    """It writes or checks the files; 1 when they are out of step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the committed files, write nothing")
    check = parser.parse_args().check
    world = example_world()
    wanted = {FOLDER / f"{name}.trig": document(HEADLINES[name], graphs) for name, graphs in world.files.items()}
    stale = [path for path in FOLDER.glob("*.trig") if path not in wanted]
    changed = [path for path, body in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != body]
    if check:
        for path in [*changed, *stale]:
            print(f"{path.name} is out of step: run tools/example_world.py", file=sys.stderr)
        return 1 if changed or stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in changed:
        path.write_text(wanted[path], encoding="utf-8")
    for path in stale:
        path.unlink()
    records = sum(len(graphs) for graphs in world.files.values())
    print(f"{records} records in {len(wanted)} files, {sum(map(len, wanted.values())) // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
