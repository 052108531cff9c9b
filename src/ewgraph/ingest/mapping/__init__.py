"""Mappings: what a file of a known kind means, told as data in `mappings/<id>.toml`; and the engine that follows them.

`docs/mappings.md` explains the language to whoever writes one. In short:

    version, summary, forms, marks  what it is; which forms of file it reads; texts by which a JSON file is known
    open                   whether organisations hand it in themselves; else only the staff, for whom they speak
    private                of a file no more is read than cells at known places, and no more kept than its hash
    [[table]]              name; sheets; header_rows = 1 or 2; within = 30; optional; header_row = 4 where columns have
                           places; of JSON each = ["/pointer/*"] and [table.lists] name = ["pointer/*"]
    [[table.column]]       name; headings = [words] or { de = [words] }; title; help; type; codes; required; pattern;
                           longest; partial; hidden; checked; kinds; note; fill = "down"; at = "F"; extract;
                           of JSON at = ["pointer"], from an element of a list where it has `list`: see `pointers`
    [cells]                name = { sheet = "Declaration", cell = "D8", type = … }: single cells
    [things.<name>]        table; words = columns; iri: what one table names and others speak of
    [codes.<list>]         scheme = the code list's IRI; synonyms = what the source calls its concepts
    [[record]]             name; table; when; by = columns that make a record; most; iri; series; properties
    [[record.about]]       a node that each record describes once
    [[record.row]]         a node that each row describes; one without an `iri` hangs from another without a name

A node has `name`, `iri` (or several: the first counts whose columns all hold something), `when`, `source` (whether
it says from which cells it came: true, false, or columns; true as a rule where it is a claim) and `properties`:
prefixed names with a value, or a list of values:

    { iri = "prefix:name, a full IRI, or a path under the base" }
    { text = "…", datatype = "xsd:date", language = "en" }
    { column = "name" }                                       the cell as its column's type says
    { code = "<list>", of = "…", unknown = "skip" }           a concept found by its label, notation or synonym
    { choice = { "what the text holds" = "prefix:name" }, of = "…" }
    { node = "name of a node" }

Each may have `when` and `split = ";"`, which gives one value for each part. In the texts `{name}` stands for a column
or a single cell as understood, `{raw:name}` as written, `{year+1}` for the number after it, `{hash:a,b}` for a digest
of cells without regard to case and punctuation; also given are the names of `language.GIVEN`. An empty text gives no
value; a node, none of whose columns holds anything, is not there.

`when` is a table or a list of tables, all of which must hold: `filled`, `empty`, `any` (columns), `equals`, `differs`
(columns with texts), `code` (columns with local names of concepts), `known`, `unknown` (columns with a code list).
A node with `each = "column"` and `split` is described for each value of that cell.

What cannot be understood goes on as it stands, so that the shapes speak about it; what only reading can know is a
`CellFault`.
"""

from ewgraph.ingest.mapping.batch import Batch, CellFault, CellIn, ColumnIn, Place, RowIn
from ewgraph.ingest.mapping.detection import Detection, detect
from ewgraph.ingest.mapping.language import TableMapping
from ewgraph.ingest.mapping.maker import Maker
from ewgraph.ingest.mapping.making import Made, MadeRow
from ewgraph.ingest.mapping.origins import Origins
from ewgraph.ingest.mapping.parser import load_mapping, mapping_ids, parse_mapping
from ewgraph.ingest.mapping.prefixes import expanded, prefixes
from ewgraph.ingest.mapping.reader import Reader
from ewgraph.ingest.mapping.suggestion import Suggested, Suggestion, fingerprint, suggest

__all__ = [
    "Batch",
    "CellFault",
    "CellIn",
    "ColumnIn",
    "Detection",
    "Made",
    "MadeRow",
    "Maker",
    "Origins",
    "Place",
    "Reader",
    "RowIn",
    "Suggested",
    "Suggestion",
    "TableMapping",
    "detect",
    "expanded",
    "fingerprint",
    "load_mapping",
    "mapping_ids",
    "parse_mapping",
    "prefixes",
    "suggest",
]
