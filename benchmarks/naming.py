"""Finding a name among many that was spelt wrongly, in another order or in another script, beside other ways to it.

The names are those of Apple's suppliers and of the mines of the ICMM, and as many more made of their words as are asked
for. What is looked for are suppliers' names with one or two letters changed, without the form of the company, with the
first word last, or in Cyrillic letters. Found counts what is among the first ten; times are of the processor.
"""

from __future__ import annotations

import csv
import os
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tantivy
from pyoxigraph import Store
from rapidfuzz import fuzz, process

from benchmarks.measure import once_cpu_s, table
from ewgraph.graph.audience import PUBLIC
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, Quad
from ewgraph.names.fields import Field
from ewgraph.names.folding import compared, folded
from ewgraph.names.index import NameIndex
from ewgraph.names.likeness import likeness
from ewgraph.names.search import Wanted

SIZES = (10_000, 100_000)
_ASKED = 200
_SLOW = 100
_LETTERS = 6
"""Of shorter names too many are one letter away from another."""
_SEED = 7
_BASE = "https://data.example.org/id/"
_DATA = Path(os.environ.get("REAL_DATA", Path(__file__).parents[2] / "shared" / "data"))
_CYRILLIC = dict(zip("abcdefghijklmnoprstuvyz", "абкдефгхийклмнопрстувыз", strict=True)) | {
    "q": "к",
    "w": "в",
    "x": "кс",
}
_CONTAINS = (
    "SELECT ?s WHERE { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?n "
    "FILTER(CONTAINS(LCASE(STR(?n)), ?text)) } LIMIT 10"
)


def run(sizes: Sequence[int] = SIZES) -> str:
    """The tables."""
    return "\n".join(_table(size) for size in sizes)


@dataclass(frozen=True, slots=True)
class _Asked:
    noise: str
    text: str
    name: str


def _table(size: int) -> str:
    names, asked = _names(size)
    rows = [_row(name, find, asked[: _SLOW if slow else None], cost) for name, find, cost, slow in _ways(names)]
    kinds = list(dict.fromkeys(one.noise for one in asked))
    columns = ["way", *(f"found, {kind}" for kind in kinds), "p50 ms", "p99 ms", "made in s", "on disk"]
    return table(f"One name among {size:,}", columns, rows)


def _row(way: str, find: Callable[[str], Sequence[str]], asked: Sequence[_Asked], cost: Sequence[str]) -> list[object]:
    taken, hits = [], {one.noise: [0, 0] for one in asked}
    for one in asked:
        start = time.process_time()
        found = find(one.text)
        taken.append(time.process_time() - start)
        hits[one.noise][0] += one.name in found[:10]
        hits[one.noise][1] += 1
    p50, p99 = np.percentile(np.array(taken) * 1e3, [50, 99])
    return [way, *(f"{found / of:.2f}" for found, of in hits.values()), f"{p50:.1f}", f"{p99:.1f}", *cost]


def _ways(names: list[str]) -> list[tuple[str, Callable[[str], Sequence[str]], tuple[str, str], bool]]:
    folder = Path(tempfile.mkdtemp())
    return [_ours(names, folder), _tantivy(names, folder), _brute(names), _sparql(names)]


def _ours(names: list[str], folder: Path) -> tuple[str, Callable[[str], Sequence[str]], tuple[str, str], bool]:
    store = GraphStore.in_memory()
    things = [IRI(f"{_BASE}{number}") for number in range(len(names))]
    store.change([Quad(thing, terms.RDF.type, terms.Site, PUBLIC) for thing in things])
    store.change([Quad(t, terms.RDFS.label, Literal(n), PUBLIC) for t, n in zip(things, names, strict=True)])
    index = NameIndex(store, folder / "names")
    made = once_cpu_s(index.keep)
    opened = once_cpu_s(NameIndex(store, folder / "names").freshen)

    def find(text: str) -> list[str]:
        return [hit.name.text for hit in index.search([PUBLIC], Wanted(text)).items[:10]]

    return "names of one audience", find, (f"{made:.1f} (opened in {opened:.2f})", _size(folder / "names")), False


def _tantivy(names: list[str], folder: Path) -> tuple[str, Callable[[str], Sequence[str]], tuple[str, str], bool]:
    """Trigrams of the same folded names, ranked by BM25, of which the first 200 are compared as ours are."""
    place = folder / "tantivy"
    place.mkdir()
    schema = tantivy.SchemaBuilder().add_text_field("plain", tokenizer_name="grams").add_integer_field("n", stored=True)
    index = tantivy.Index(schema.build(), path=str(place))
    grams = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(3, 3, prefix_only=False)).build()
    index.register_tokenizer("grams", grams)
    plain = [" ".join(compared(folded(name)).core) for name in names]

    def make() -> None:
        writer = index.writer(64_000_000, 1)
        for number, text in enumerate(plain):
            writer.add_document(tantivy.Document(plain=text, n=number))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()

    made = once_cpu_s(make)

    def find(text: str) -> list[str]:
        wanted = " ".join(compared(folded(text)).core)
        pieces = {wanted[at : at + 3] for at in range(len(wanted) - 2)}
        query = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, tantivy.Query.term_query(index.schema, "plain", piece)) for piece in pieces]
        )
        searcher = index.searcher()
        numbers = [searcher.doc(at)["n"][0] for _, at in searcher.search(query, 200).hits]
        looked_for = compared(folded(text))
        ranked = sorted(numbers, key=lambda n: -likeness(looked_for, compared(folded(names[n])), Field.LABEL))
        return [names[number] for number in ranked[:10]]

    return "tantivy, trigrams and BM25", find, (f"{made:.1f}", _size(place)), False


def _brute(names: list[str]) -> tuple[str, Callable[[str], Sequence[str]], tuple[str, str], bool]:
    plain = [" ".join(compared(folded(name)).core) for name in names]

    def find(text: str) -> list[str]:
        wanted = " ".join(compared(folded(text)).core)
        return [
            names[number] for _, _, number in process.extract(wanted, plain, scorer=fuzz.token_sort_ratio, limit=10)
        ]

    return "rapidfuzz over all", find, ("0", "0"), True


def _sparql(names: list[str]) -> tuple[str, Callable[[str], Sequence[str]], tuple[str, str], bool]:
    from pyoxigraph import Literal as OxLiteral
    from pyoxigraph import NamedNode, Variable
    from pyoxigraph import Quad as OxQuad

    store = Store()
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    store.bulk_extend(OxQuad(NamedNode(f"{_BASE}{n}"), label, OxLiteral(name)) for n, name in enumerate(names))
    text = _CONTAINS.replace("SELECT ?s", "SELECT ?s ?text")

    def find(wanted: str) -> list[str]:
        found = store.query(text, substitutions={Variable("text"): OxLiteral(wanted.lower())})
        return [names[int(one[0].value.removeprefix(_BASE))] for one in found]  # type: ignore[union-attr, index]

    return "SPARQL CONTAINS", find, ("0", "0"), True


def _size(folder: Path) -> str:
    return f"{sum(path.stat().st_size for path in folder.rglob('*') if path.is_file()) / 1e6:.0f} MB"


def _names(size: int) -> tuple[list[str], list[_Asked]]:
    draw = random.Random(_SEED)  # noqa: S311  # no secret
    suppliers = sorted(
        {row["supplier_name"].strip() for row in _rows("apple-suppliers/apple-supplier-list-2012-2018.csv")}
    )
    mines = sorted({row["MineName"].strip() for row in _rows("icmm-global-mining/global-mining-dataset.csv")})
    names = list(dict.fromkeys(name for name in [*suppliers, *mines] if name))
    words = sorted({word for name in names for word in name.split()})
    known = set(names)
    while len(names) < size:
        made = " ".join([draw.choice(names).rpartition(" ")[0] or draw.choice(words), *draw.choices(words, k=2)])
        if made not in known:
            known.add(made)
            names.append(made)
    long = [name for name in suppliers if len(_core(name)) >= _LETTERS and name.isascii()]
    noises = {"one letter": _one, "two letters": _two, "in disorder": _turned, "in Cyrillic": _cyrillic}
    return names[:size], [
        _Asked(noise, change(name, draw), name)
        for name in draw.choices(long, k=_ASKED)
        for noise, change in noises.items()
    ]


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _core(name: str) -> str:
    return " ".join(compared(folded(name)).core)


def _one(name: str, draw: random.Random) -> str:
    text = _core(name)
    at = draw.randrange(1, len(text) - 1) if len(text) > 2 else 0
    letter = draw.choice("aeinorst")
    return draw.choice(
        [
            text[:at] + text[at + 1 :],
            text[:at] + letter + text[at:],
            text[:at] + letter + text[at + 1 :],
            text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :],
        ]
    )


def _two(name: str, draw: random.Random) -> str:
    return _one(_one(name, draw), draw)


def _turned(name: str, draw: random.Random) -> str:
    first, _, rest = _core(name).partition(" ")
    return _one(f"{rest} {first}".strip(), draw)


def _cyrillic(name: str, draw: random.Random) -> str:
    del draw
    return "".join(_CYRILLIC.get(letter, letter) for letter in _core(name))
