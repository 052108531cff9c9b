"""Mapping files read: TOML becomes the values of `language`, and what is not well written is told with its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Iterable, Mapping
from importlib import resources
from typing import Final, Literal

from ewgraph.errors import ConfigurationError, InputError, NotFoundError
from ewgraph.ingest.mapping.language import (
    COLUMN_TYPES,
    GIVEN,
    VALUE_KINDS,
    CodeNames,
    Column,
    Node,
    RecordKind,
    SingleCell,
    Table,
    TableMapping,
    Things,
    Value,
    When,
)
from ewgraph.ingest.mapping.pointers import Pointer, parsed_pointer
from ewgraph.ingest.mapping.prefixes import expanded
from ewgraph.ingest.mapping.slots import slot_names
from ewgraph.ingest.mapping.written import Written
from ewgraph.model import terms
from ewgraph.model.rdf import IRI

_FOLDER: Final = resources.files("ewgraph.ingest") / "mappings"
_FORMS: Final = ("xlsx", "csv", "json")
_CELL: Final = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


def mapping_ids() -> list[str]:
    """The names of the mappings that ship with the program."""
    return sorted(file.name.removesuffix(".toml") for file in _FOLDER.iterdir() if file.name.endswith(".toml"))


def load_mapping(name: str) -> TableMapping:
    """The mapping of that name.

    Raises:
        NotFoundError: there is none.
        ConfigurationError: it is not written as a mapping is.
    """
    if name not in mapping_ids():
        raise NotFoundError(f"there is no importer {name!r}. There are {', '.join(mapping_ids())}")
    return parse_mapping(name, (_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def parse_mapping(name: str, text: str) -> TableMapping:
    """The mapping that the text of a TOML file tells.

    Raises:
        ConfigurationError: it is not written as a mapping is; the message names file, table and key.
    """
    file = f"{name}.toml"
    try:
        top = Written(file, "the file", tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{file}: this is not TOML: {error}") from error
    tables = {table.name: table for table in map(_table, top.tables("table", "[[table]]"))}
    cells = _cells(top.table("cells"))
    things = _things(top.table("things"), tables, cells)
    forms = top.texts("forms") or _FORMS[:2]
    if unknown := set(forms) - set(_FORMS):
        top.refuse("forms", f"they are of {', '.join(_FORMS)}, not {', '.join(sorted(unknown))}")
    mapping = TableMapping(
        id=name,
        version=top.text("version", "1"),
        summary=top.text("summary"),
        forms=forms,
        marks=top.texts("marks"),
        tables=tables,
        cells=cells,
        codes=_codes(top.table("codes")),
        records=tuple(_record(each, tables, cells, set(things)) for each in top.tables("record", "[[record]]")),
        text=text,
        private=top.flag("private"),
        open=top.flag("open"),
        things=things,
    )
    top.done()
    if mapping.private and not all(table.header_row for table in tables.values()):
        top.refuse("private", "only what stands at known places can be kept alone: give each table its header_row")
    if not mapping.records:
        top.refuse("record", "there must be at least one [[record]]")
    return mapping


def _codes(written: Written) -> dict[str, CodeNames]:
    found = {}
    for name in written.names():
        each = written.table(name)
        found[name] = CodeNames(each.text("scheme", ""), each.words("synonyms"))
        each.done()
    return found


def _things(written: Written, tables: Mapping[str, Table], cells: Mapping[str, SingleCell]) -> dict[str, Things]:
    found = {}
    for name in written.names():
        each = written.table(name)
        table = each.text("table")
        if table not in tables:
            each.refuse("table", f"there is no table {table!r}")
        names = {*tables[table].columns, *cells}
        words, iris = each.texts("words"), each.texts("iri")
        if not words or not iris or set(words) - names:
            each.refuse("words", "they are columns of the table, and there is an iri")
        for template in iris:
            _check_slots(each, "iri", template, names)
        each.done()
        found[name] = Things(name, table, words, iris)
    return found


def _table(written: Written) -> Table:
    each, lists = _pointers(written, "each"), _lists(written.table("lists"))
    columns = [_column(one, lists if each else None) for one in written.tables("column", "[[table.column]]")]
    table = Table(
        name=written.text("name"),
        columns={column.name: column for column in columns},
        sheets=written.texts("sheets"),
        header_rows=written.number("header_rows", 1),
        within=written.number("within", 30),
        each=each,
        optional=written.flag("optional"),
        header_row=written.number("header_row", 1) if "header_row" in written else 0,
        lists=lists,
    )
    written.done()
    if table.header_rows > 2:
        written.refuse("header_rows", f"it is 1 or 2, not {table.header_rows}")
    if any(bool(table.header_row) != bool(column.at) for column in columns if not column.hidden):
        written.refuse("header_row", "the columns of a table with it have `at`, and those of no other table have")
    if table.header_row and not table.sheets:
        written.refuse("sheets", "a table whose columns are known by their places has a sheet of a known name")
    if not columns:
        written.refuse("column", "a table has at least one [[table.column]]")
    if len(table.columns) < len(columns):
        written.refuse("column", "two columns have one name")
    return table


def _pointers(written: Written, key: str) -> tuple[Pointer, ...]:
    try:
        return tuple(parsed_pointer(text) for text in written.texts(key))
    except InputError as error:
        written.refuse(key, str(error))


def _lists(written: Written) -> dict[str, tuple[Pointer, ...]]:
    return {name: _pointers(written, name) for name in written.names()}


def _column(written: Written, lists: Mapping[str, tuple[Pointer, ...]] | None) -> Column:
    name = written.text("name")
    column = _reading(written, name, _headings(written), lists)
    if not re.fullmatch(r"[A-Za-z_]\w*", name, re.ASCII) or name in GIVEN - {"contract", "language"}:
        written.refuse("name", f"{name!r} is no name for a column: it is a plain word, and none that the engine gives")
    if not (column.words or column.pointers):
        written.refuse("headings", "a column needs `headings`, or a `title`; in JSON `at`")
    written.done()
    return column


def _headings(written: Written) -> dict[str, tuple[str, ...]]:
    if "headings" not in written:
        return {}
    try:
        return {"": written.texts("headings")}
    except ConfigurationError:
        return written.lists("headings")


def _reading(
    written: Written,
    name: str,
    headings: Mapping[str, tuple[str, ...]],
    lists: Mapping[str, tuple[Pointer, ...]] | None = None,
) -> Column:
    """A column, or a single cell.

    Args:
        written: where it is told.
        name: what it is called.
        headings: what its heading may be called.
        lists: the lists of a table of a JSON file; None for any other file.
    """
    kind = written.text("type", "text")
    if kind not in COLUMN_TYPES:
        written.refuse("type", f"it is one of {', '.join(COLUMN_TYPES)}, not {kind!r}")
    codes = written.text("codes", "")
    if (kind == "code") != bool(codes):
        written.refuse("codes", 'a column of the type "code" names its code list, and no other does')
    return Column(
        name=name,
        headings=headings,
        type=kind,
        codes=codes,
        required=written.flag("required"),
        pattern=_pattern(written, "pattern"),
        extract=_pattern(written, "extract"),
        at=_at(written) if lists is None else 0,
        pointers=() if lists is None else _pointers(written, "at"),
        list=_one_of(written, "list", ("", *(lists or ()))),
        longest=written.number("longest", 2_000),
        partial=_partial(written),
        hidden=written.flag("hidden"),
        checked=written.flag("checked"),
        note=written.flag("note"),
        kinds=tuple(map(expanded, written.texts("kinds"))),
        named_by=written.text("named_by", ""),
        lookup=written.text("lookup", ""),
        fill="down" if _one_of(written, "fill", ("", "down")) else "",
        title=written.words("title"),
        help=written.words("help"),
    )


def _partial(written: Written) -> Literal["", "whole", "start", "end"]:
    said = written.texts_or_flag("partial")
    if isinstance(said, bool):
        return "whole" if said else ""
    if said == ("start",):
        return "start"
    if said != ("end",):
        written.refuse("partial", f'it is true, "start" or "end", not {said!r}')
    return "end"


def _one_of(written: Written, key: str, known: tuple[str, ...]) -> str:
    value = written.text(key, "")
    if value not in known:
        written.refuse(key, f"it is one of {', '.join(filter(None, known))}, not {value!r}")
    return value


def _pattern(written: Written, key: str) -> re.Pattern[str] | None:
    text = written.text(key, "")
    try:
        return re.compile(text) if text else None
    except re.error as error:
        written.refuse(key, f"{text!r} is no regular expression: {error}")


def _at(written: Written) -> int:
    letters = written.text("at", "")
    if not re.fullmatch("[A-Z]{0,3}", letters):
        written.refuse("at", f'{letters!r} is no column; write it as "F"')
    return _number(letters)


def _cells(written: Written) -> dict[str, SingleCell]:
    found = {}
    for name in written.names():
        each = written.table(name)
        place = _CELL.fullmatch(each.text("cell"))
        if place is None:
            each.refuse("cell", f'{each.text("cell")!r} is no cell; write it as "D8"')
        found[name] = SingleCell(
            sheets=each.texts("sheet"), row=int(place[2]), column=_number(place[1]), reading=_reading(each, name, {})
        )
        each.done()
    return found


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _record(
    written: Written, tables: Mapping[str, Table], cells: Mapping[str, SingleCell], things: set[str]
) -> RecordKind:
    table = written.text("table", next(iter(tables), ""))
    if table and table not in tables:
        written.refuse("table", f"there is no table {table!r}")
    columns = tables[table].columns if table else {}
    by = written.texts("by")
    known = {f"{name}_known" for name, cell in cells.items() if cell.reading.lookup}
    in_head = {*GIVEN, *by, *cells, *things, *known}
    in_row = {*in_head, *columns}
    if unknown := set(by) - set(columns):
        written.refuse("by", f"the table {table!r} has no column {', '.join(sorted(unknown))}")
    about = [_node(each, in_head) for each in written.tables("about", "[[record.about]]")]
    lists = tables[table].lists if table else {}
    rows = [_node(each, in_row, lists) for each in written.tables("row", "[[record.row]]")]
    record = RecordKind(
        name=written.text("name", "record"),
        table=table if rows else "",
        when=_whens(written, in_row),
        by=by,
        most=written.number("most", 1_000),
        series=_template(written, "series", in_head, default=""),
        head=(_node_of(written, "record", in_head), *about),
        rows=tuple(rows),
    )
    written.done()
    _check_links(written, record)
    return record


def _check_links(written: Written, record: RecordKind) -> None:
    names = [node.name for node in (*record.head, *record.rows)]
    if len(set(names)) < len(names):
        written.refuse("row", f"two nodes have one name among {', '.join(names)}")
    heads = {node.name for node in record.head}
    for node in (*record.head, *record.rows):
        reached = heads if node.name in heads else set(names)
        for _, value in node.properties:
            if value.kind == "node" and value.template not in reached:
                written.refuse("properties", f"the node {node.name!r} names a node {value.template!r}; there is none")
    blank = {node.name: node for node in (*record.head, *record.rows) if not node.iris}
    for name in blank:
        _check_depth(written, blank, name, ())


def _check_depth(written: Written, blank: Mapping[str, Node], name: str, above: tuple[str, ...]) -> None:
    if name in above:
        written.refuse("properties", f"the nodes {', '.join(above)} without IRIs name each other in a circle")
    for _, value in blank[name].properties:
        if value.kind == "node" and value.template in blank:
            _check_depth(written, blank, value.template, (*above, name))


def _node(written: Written, names: set[str], lists: Container[str] = ()) -> Node:
    node = _node_of(written, written.text("name"), names)
    if node.each and node.each not in names and node.each not in lists:
        written.refuse("each", f"there is no column {node.each!r}")
    written.done()
    return node


def _node_of(written: Written, name: str, names: set[str]) -> Node:
    iris = written.texts("iri")
    for template in iris:
        _check_slots(written, "iri", template, names)
    if name == "record" and not iris:
        written.refuse("iri", "it is missing: a record has an IRI")
    properties = tuple(_properties(written.table("properties"), names))
    claim = any(
        predicate == terms.RDF.type and value.kind == "iri" and _is_claim(value.template)
        for predicate, value in properties
    )
    return Node(
        name=name,
        iris=iris,
        properties=properties,
        when=() if name == "record" else _whens(written, names),
        source=_source(written, names, default=claim and bool(iris)),
        each=written.text("each", ""),
        split=written.text("split", ";"),
    )


def _is_claim(name: str) -> bool:
    try:
        return expanded(name) in terms.CLAIM_CLASSES
    except InputError:
        return False


def _source(written: Written, names: set[str], *, default: bool) -> tuple[str, ...] | None:
    said = written.texts_or_flag("source", default=default)
    if isinstance(said, bool):
        return () if said else None
    if unknown := set(said) - names:
        written.refuse("source", f"there is no column {', '.join(sorted(unknown))}")
    return said


def _properties(written: Written, names: set[str]) -> Iterable[tuple[IRI, Value]]:
    for name in written.names():
        try:
            predicate = expanded(name)
        except InputError as error:
            written.refuse(name, str(error))
        for each in written.tables(name, "value"):
            yield predicate, _value(each, names)


def _value(written: Written, names: set[str]) -> Value:
    kind = next((kind for kind in VALUE_KINDS if kind in written), None)
    if kind is None:
        written.refuse(", ".join(written.names()) or "iri", f"a value has one of {', '.join(VALUE_KINDS)}")
    said = "of" if kind in {"code", "choice"} else kind
    if kind == "column" and written.text("column") not in names:
        written.refuse("column", f"there is no column {written.text('column')!r}")
    datatype = written.text("datatype", "")
    value = Value(
        kind=kind,
        template=written.text(said) if kind in {"node", "column"} else _template(written, said, names),
        datatype=_iri(written, "datatype") if datatype else None,
        language=_template(written, "language", names, default=""),
        split=written.text("split", ""),
        codes=written.text("code") if kind == "code" else "",
        choices=_choices(written) if kind == "choice" else {},
        skip=_one_of(written, "unknown", ("", "skip")) == "skip",
        when=_whens(written, names),
    )
    if value.kind == "iri" and not slot_names(value.template):
        _check_constant(written, value.template)
    written.done()
    return value


def _choices(written: Written) -> dict[str, str]:
    choices = written.words("choice")
    for name in choices.values():
        _check_constant(written, name)
    return choices


def _check_constant(written: Written, name: str) -> None:
    """Refuse a name whose prefix is not known; a path under the base has none."""
    if ":" in name:
        try:
            expanded(name)
        except InputError as error:
            written.refuse("iri", str(error))


def _iri(written: Written, key: str) -> IRI:
    try:
        return expanded(written.text(key))
    except InputError as error:
        written.refuse(key, str(error))


def _template(written: Written, key: str, names: set[str], default: str | None = None) -> str:
    template = written.text(key, default)
    _check_slots(written, key, template, names)
    return template


def _check_slots(written: Written, key: str, template: str, names: set[str]) -> None:
    for slot in slot_names(template):
        if slot.removeprefix("raw:") not in names:
            written.refuse(key, f"the slot {{{slot}}} has nothing to fill it; there are {', '.join(sorted(names))}")


def _whens(written: Written, names: set[str]) -> tuple[When, ...]:
    found = []
    for each in written.tables("when", "when"):
        when = When(
            filled=each.texts("filled"),
            empty=each.texts("empty"),
            any=each.texts("any"),
            equals=each.lists("equals"),
            differs=each.lists("differs"),
            codes=each.lists("code"),
            known=each.words("known"),
            unknown=each.words("unknown"),
        )
        each.done()
        if unknown := set(when.columns) - names:
            each.refuse("when", f"there is no column {', '.join(sorted(unknown))}")
        found.append(when)
    return tuple(found)
