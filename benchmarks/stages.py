"""One stage of taking a form in, and those before it, in a process of its own: arguments STAGE FILE DATA.

The stages are `read`, `check` (also mapped, and one report on each record: `check` is the seconds of that alone) and
`commit` (the whole way in: `tail` is what comes after the last row is validated). It prints the seconds as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks.forms import RESELLER
from benchmarks.measure import once_cpu_s
from benchmarks.watched import Spent
from ewgraph.access import organization
from ewgraph.assets import asset
from ewgraph.cli.directory import Reading, reading
from ewgraph.clock import SystemClock
from ewgraph.ingest.disclosing.context import context_of
from ewgraph.ingest.disclosing.intake import Intake
from ewgraph.ingest.disclosing.request import Request
from ewgraph.ingest.disclosing.workplace import Workplace
from ewgraph.ingest.mapping import Maker, Reader, load_mapping
from ewgraph.ingest.sheets.document import open_document
from ewgraph.ledger import OPERATOR
from ewgraph.model.rdf import datetime_literal
from ewgraph.settings import Settings
from ewgraph.validate.validator import Validator

MAPPING = "factory-disclosure"


def main() -> None:
    """Run the stage."""
    stage, file, data = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    settings = Settings(data=data)
    with reading(settings) as here:
        said = _disclosed(file, here, settings) if stage == "commit" else _made(stage, file, here, settings)
    print(json.dumps(said))


def _made(stage: str, file: Path, here: Reading, settings: Settings) -> dict[str, object]:
    validator = Validator(asset("shapes"))
    spent, quads, check = Spent(), 0, 0.0
    mapping, kos = load_mapping(MAPPING), asset("ontology") / "kos"
    context = context_of(here.gate.view(organization(RESELLER)), RESELLER)
    request = Request(OPERATOR, RESELLER)
    given = request.slots(datetime_literal(SystemClock().now()).value)
    reader = Reader(mapping, open_document(file, file.name), given, None, kos, context.lookups)
    maker = Maker(mapping, settings.base, kos)
    for batch in reader.batches():
        if stage == "check":
            made = maker.make(batch)
            said = made.quads()
            quads += len(said)
            check += once_cpu_s(lambda: validator.validate(made.record, said))  # noqa: B023  # it is run here
    wall, cpu = spent.until_now()
    return {"wall": wall, "cpu": cpu, "quads": quads, "check": check}


def _disclosed(file: Path, here: Reading, settings: Settings) -> dict[str, object]:
    place = Workplace(
        here.ledger, here.gate, settings.base, SystemClock(), shapes=asset("shapes"), kos=asset("ontology") / "kos"
    )
    request = Request(OPERATOR, RESELLER)
    spent = Spent()
    head = spent.until_now()

    def told(stage: str, _done: int, _total: int) -> None:
        nonlocal head
        if stage == "validate":
            head = spent.until_now()

    report = Intake(place).disclose(file, file.name, request, told)
    wall, cpu = spent.until_now()
    totals = report.totals
    return {
        "wall": wall,
        "cpu": cpu,
        "tail": cpu - head[1],
        "state": report.state,
        "results": totals.violations + totals.warnings + totals.infos,
        "kept_out": totals.quarantined,
    }


if __name__ == "__main__":
    main()
