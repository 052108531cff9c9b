"""The example of docs/mappings.md gives what is said there."""

import re
from pathlib import Path

import pytest

from ewgraph.ingest.mapping import Maker, Reader, parse_mapping
from ewgraph.ingest.sheets.document import open_document
from ewgraph.model.rdf import IRI, Quad, RdfFormat, canonical_nquads, parse
from tests.ingest.mapping.small_files import BASE, GIVEN, KOS
from tests.ingest.trig_files import ROOT


@pytest.fixture
def page() -> dict[str, str]:
    text = (ROOT / "docs" / "mappings.md").read_text(encoding="utf-8")
    return dict(re.findall(r"```(\w+)\n(.*?)```", text, re.DOTALL))


def test_the_example_of_the_documentation_gives_what_it_says(page: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(page["csv"], encoding="utf-8")
    mapping = parse_mapping("example", page["toml"])
    reader = Reader(mapping, open_document(path, "list.csv"), GIVEN, kos=KOS)
    (batch,) = reader.batches()
    made = Maker(mapping, BASE, KOS).make(batch)
    assert reader.faults == []
    assert [row.faults for row in made.rows] == [(), ()]
    digest = made.record.value.rsplit("-", 1)[1]
    site = made.rows[0].quads[0].subject
    assert isinstance(site, IRI)
    trig = page["trig"].replace("DIGEST", digest).replace("SITE", site.value.rsplit("/", 1)[1])
    stated = [Quad(q.subject, q.predicate, q.object, q.graph_name) for q in parse(trig, format=RdfFormat.TRIG)]
    assert canonical_nquads(made.rows[0].quads) == canonical_nquads(stated)
    (second,) = [q.object for q in made.rows[1].quads if q.predicate.value.endswith("#validFrom")]
    assert str(second).startswith('"2023-12-31"')
