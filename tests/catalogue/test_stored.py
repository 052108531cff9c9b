"""Stored queries are read from files whose header tells what they take and give."""

from __future__ import annotations

from pathlib import Path

import pytest

from ewgraph.catalogue import RESERVED, Catalogue, Column, Kind, Parameter, StoredQuery, load_catalogue
from ewgraph.errors import ConfigurationError, InputError, NotFoundError

TEXT = """#+ id: sites
#+ summary: Sites
#+ question: A01, A02
#+ tags: one two
#+ walk: sites
#+ parameter site IRI - the site
#+ parameter day date? - a day
#+ column site IRI - the site
#+ column label string? - its label
#+ order: site
# an ordinary comment
SELECT ?site ?label ?day WHERE { ?site ?p ?label }
"""


@pytest.fixture
def query(tmp_path: Path) -> StoredQuery:
    (tmp_path / "sites.rq").write_text(TEXT, encoding="utf-8")
    return load_catalogue(tmp_path)["sites"]


def test_the_header_is_read(query: StoredQuery) -> None:
    assert query.question == ("A01", "A02")
    assert query.tags == ("one", "two")
    assert (query.summary, query.order, query.walk) == ("Sites", "site", "sites")
    assert query.parameters == (
        Parameter("site", Kind.IRI, "the site"),
        Parameter("day", Kind.DATE, "a day", optional=True),
    )
    assert query.columns == (
        Column("site", Kind.IRI, "the site"),
        Column("label", Kind.STRING, "its label", optional=True),
    )
    assert query.text == TEXT
    assert len(query.digest) == 64


def test_a_header_may_say_little(tmp_path: Path) -> None:
    (tmp_path / "bare.rq").write_text("#+ id: bare\nSELECT * {}", encoding="utf-8")
    bare = load_catalogue(tmp_path)["bare"]
    assert (bare.summary, bare.question, bare.tags, bare.order, bare.walk) == ("", (), (), "", None)


def test_a_catalogue_lists_its_queries_by_id(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.rq").write_text(f"#+ id: {name}\nSELECT * {{}}", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no query", encoding="utf-8")
    catalogue = load_catalogue(tmp_path)
    assert [query.id for query in catalogue] == ["a", "b"]
    assert len(catalogue) == 2
    assert len(Catalogue({})) == 0


def test_an_unknown_query_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="'nothing'"):
        load_catalogue(tmp_path)["nothing"]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("#+nonsense", "is no header line"),
        ("#+ colour: red", "unknown header 'colour'"),
        ("#+ parameter site", "write `name KIND - text`"),
        ("#+ column site colour - the site", "'colour' is no kind"),
        ("#+ id: other", "not the name of the file"),
    ],
)
def test_a_wrong_header_is_refused(tmp_path: Path, line: str, complaint: str) -> None:
    (tmp_path / "sites.rq").write_text(f"#+ id: sites\n{line}\nSELECT * {{}}", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=complaint):
        load_catalogue(tmp_path)


def test_a_query_without_an_id_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sites.rq").write_text("SELECT * {}", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="its id is None"):
        load_catalogue(tmp_path)


@pytest.mark.parametrize(
    ("kind", "text", "term"),
    [
        (Kind.IRI, "https://example.org/F1", "<https://example.org/F1>"),
        (Kind.DATE, " 2024-02-01 ", '"2024-02-01"^^<http://www.w3.org/2001/XMLSchema#date>'),
        (Kind.DATETIME, "2024-02-01T12:00:00", '"2024-02-01T12:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>'),
        (
            Kind.DATETIME,
            "2024-02-01T12:00:00+02:00",
            '"2024-02-01T10:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>',
        ),
        (Kind.INTEGER, "5", '"5"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (Kind.DECIMAL, "2.5", '"2.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        (Kind.BOOLEAN, "True", '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        (Kind.STRING, "Penang", '"Penang"'),
    ],
)
def test_each_kind_reads_a_text(kind: Kind, text: str, term: str) -> None:
    assert str(kind.parse(text)) == term


@pytest.mark.parametrize(
    ("kind", "text", "remedy"),
    [
        (Kind.IRI, "F1", "full one"),
        (Kind.DATE, "yesterday", "Write a day as"),
        (Kind.DATETIME, "noon", "Write an instant"),
        (Kind.INTEGER, "2.5", "Write a whole number"),
        (Kind.DECIMAL, "much", "Write a number"),
        (Kind.BOOLEAN, "perhaps", "Write true or false"),
    ],
)
def test_each_kind_refuses_another_text(kind: Kind, text: str, remedy: str) -> None:
    with pytest.raises(InputError, match=remedy):
        kind.parse(text)


def test_bindings_leave_out_what_is_not_given(query: StoredQuery) -> None:
    bound = query.bindings({"site": "https://example.org/F1", "day": " "})
    assert {name: str(term) for name, term in bound.items()} == {"site": "<https://example.org/F1>"}


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"site": "https://example.org/F1", "colour": "red"}, "has no parameter 'colour'. It has: site, day"),
        ({}, "needs the parameter 'site': the site"),
        ({"site": "https://example.org/F1", "day": "soon"}, "parameter 'day': 'soon' is no date"),
    ],
)
def test_wrong_values_are_refused(query: StoredQuery, values: dict[str, str], complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        query.bindings(values)


def test_a_query_without_parameters_says_so(tmp_path: Path) -> None:
    (tmp_path / "bare.rq").write_text("#+ id: bare\nSELECT * {}", encoding="utf-8")
    with pytest.raises(InputError, match="It has: none"):
        load_catalogue(tmp_path)["bare"].bindings({"site": "x"})


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_no_parameter_is_called_as_what_addresses_say_of_any_question(tmp_path: Path, name: str) -> None:
    (tmp_path / "bad.rq").write_text(f"#+ id: bad\n#+ parameter {name} string - it\nSELECT * {{}}", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=f"bad.rq:2: '{name}' means something else"):
        load_catalogue(tmp_path)


HOP = "#+ id: hop\nSELECT * { ?hop ?p ?o }"
WALK = "#+ id: walk\n#+ hop: hop\nSELECT * {}"


def test_a_catalogue_with_another_text_is_like_the_one_that_had_it(tmp_path: Path) -> None:
    for name, text in (("walk", WALK), ("hop", HOP)):
        (tmp_path / f"{name}.rq").write_text(text, encoding="utf-8")
    before = load_catalogue(tmp_path)
    (tmp_path / "hop.rq").write_text(HOP + " # newer", encoding="utf-8")
    (tmp_path / "walk.rq").write_text(WALK + " # newer", encoding="utf-8")
    now = load_catalogue(tmp_path)
    assert now["walk"].digest != before["walk"].digest
    again = now.with_text("walk", before["walk"].text, before["walk"].hop_text)
    assert again["walk"] == before["walk"]
    assert again["hop"].text == HOP
    assert now["hop"].text == HOP + " # newer"


def test_a_text_of_another_query_is_refused(query: StoredQuery, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="its id is 'sites'"):
        load_catalogue(tmp_path).with_text("other", query.text)
