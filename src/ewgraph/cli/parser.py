"""The commands and what they take. Nothing heavy is imported here."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ewgraph.cli.disclosing_parser import add_disclosing
from ewgraph.cli.releasing_parser import add_releasing

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction

    Commands = _SubParsersAction[ArgumentParser]

RECORD_FORMATS: Final = ("trig", "nq", "jsonld", "json", "ttl")
TABLE_FORMATS: Final = ("table", "tsv", "csv", "json", "srj", "xlsx", "parquet")
EVENTS: Final = (
    *("signed-in", "sign-in-failed", "signed-out", "key-added", "key-revoked", "key-used", "account-added"),
    *("account-revoked", "uploaded", "recorded", "released", "erased", "exported", "explained"),
)
FORM_LANGUAGES: Final = ("en", "de", "nb", "es")
EXPORT_FORMATS: Final = {"records": ("trig", "nq"), "graph": ("nt", "ttl")}

_FILES: Final = "a record file (TriG, N-Quads, JSON-LD, Turtle; .gz too), a pattern, a folder, or - for standard input"
_READER: Final = "who asks: public, staff, or the IRI of an organisation (default: public)"

_SUBMITTER: Final = (
    "who hands the records in, and may say only what is its to say: an organisation's IRI, or staff "
    "(default: the operator, who may say anything)"
)


def build_parser() -> ArgumentParser:
    """The parser of the command line; each command names in `run` the function that does it."""
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument(
        "--data",
        type=Path,
        default=argparse.SUPPRESS,
        metavar="DIR",
        help="the data directory (default: EWGRAPH_DATA, or ./ewgraph-data)",
    )
    parser = argparse.ArgumentParser(
        prog="ewgraph",
        description="Which of my contracts touch this factory, and on whose word?",
        epilog="Exit code: 0 done, 1 the data were refused (a report says where), 2 wrong usage.",
        parents=[data],
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (_service, _loading, _templates, _reading, _explaining, _upkeep, _keys, _accounts):
        add(commands, data)
    add_disclosing(
        lambda name, run, text: _command(commands, data, name, run, text),
        lambda name: commands.add_parser(name, parents=[data]),
    )
    add_releasing(lambda name, run, text: _command(commands, data, name, run, text))
    return parser


def _command(commands: Commands, data: ArgumentParser, name: str, run: str, text: str) -> ArgumentParser:
    command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".", parents=[data])
    command.set_defaults(run=run)
    return command


def _service(commands: Commands, data: ArgumentParser) -> None:
    serve = _command(commands, data, "serve", "service:serve", "serve the data directory over HTTP")
    demo = _command(commands, data, "demo", "service:demo", "load the reference data and the example, then serve them")
    for command in (serve, demo):
        command.add_argument("--host", default="127.0.0.1", metavar="H", help="the address to listen on")
        command.add_argument("--port", type=int, default=8000, metavar="N", help="the port to listen on")
    tools = _command(
        commands, data, "mcp", "assisting:offer_tools", "offer the questions to an assistant, as tools (MCP)"
    )
    tools.add_argument(
        "--service",
        default="http://localhost:8000/",
        metavar="URL",
        help="the service that answers; EWGRAPH_KEY may hold a key for it (default: http://localhost:8000/)",
    )


def _loading(commands: Commands, data: ArgumentParser) -> None:
    load = _command(commands, data, "load", "loading:load", "validate record files and append them to the ledger")
    load.add_argument("--atomic", action="store_true", help="all records, or none where any is refused")
    load.add_argument("--report", choices=("text", "json"), default="text", help="how to report (default: text)")
    load.add_argument("--dry-run", action="store_true", help="store nothing, and tell what would become of the records")
    load.add_argument("--from", dest="submitter", metavar="WHO", help=_SUBMITTER)
    load.add_argument(
        "--on-behalf-of", metavar="IRI", help="the organisation whose word it is, where the staff hand it in"
    )
    validate = _command(commands, data, "validate", "loading:validate", "validate record files and store nothing")
    validate.add_argument("--report", choices=("text", "json", "turtle"), default="text", help="how to report")
    for command in (load, validate):
        command.add_argument("files", nargs="+", metavar="FILE", help=_FILES)
        command.add_argument("--format", choices=RECORD_FORMATS, help="the format, where the extension does not tell")
    take = _command(commands, data, "import", "importing:import_table", "turn a table of a known source into records")
    take.add_argument("source", metavar="SOURCE", help="its mapping, such as apple-suppliers or icmm-mines")
    take.add_argument("file", metavar="FILE", help="the table, CSV or .xlsx")
    take.add_argument("--received-at", metavar="INSTANT", help="when the table was received (default: now)")
    where = take.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", metavar="FILE.trig", help="write the records there; - for standard output")
    where.add_argument("--load", action="store_true", help="load the records")


def _templates(commands: Commands, data: ArgumentParser) -> None:
    form = _command(commands, data, "template", "templating:template", "write a form, filled in with what is known")
    form.add_argument("kind", choices=("disclosure",), help="the factory disclosure form")
    form.add_argument("--contract", required=True, metavar="IRI", help="the contract that it is for")
    form.add_argument("--as", dest="reader", default="public", metavar="WHO", help=_READER)
    form.add_argument("--language", choices=FORM_LANGUAGES, default="en", help="the language of the form (default: en)")
    form.add_argument("--out", metavar="FILE.xlsx", help="where to (default: disclosure-<contract>.xlsx)")
    guess = _command(
        commands, data, "suggest", "suggesting:suggest_columns", "say what the headings of a list probably mean"
    )
    guess.add_argument("file", metavar="FILE", help="the list, XLSX or CSV")
    guess.add_argument("--format", default="brand-list", metavar="ID", help="what it is (default: brand-list)")
    guess.add_argument(
        "--from", dest="author", metavar="IRI", help="whose list it is: what was confirmed before counts"
    )


def _reading(commands: Commands, data: ArgumentParser) -> None:
    ask = _command(commands, data, "ask", "asking:ask", "answer a stored question; without one, list them")
    ask.add_argument("question", nargs="?", metavar="QUESTION", help="its id")
    ask.add_argument("--param", action="append", default=[], metavar="NAME=VALUE", help="a parameter of the question")
    ask.add_argument("--format", choices=TABLE_FORMATS, default="table", help="how to write the answer")
    ask.add_argument("--output", type=Path, metavar="FILE", help="where to write it (default: standard output)")
    ask.add_argument("--limit", metavar="N", help="at most so many rows (default: all)")
    ask.add_argument(
        "--after", metavar="CURSOR", help="only the rows behind the cursor that an earlier part ended with"
    )
    ask.add_argument("--cite", action="store_true", help="say on standard error what to cite for the answer")
    export = _command(
        commands, data, "export", "exporting:export", "write the records, or the graph, that a reader sees"
    )
    export.add_argument("what", choices=tuple(EXPORT_FORMATS))
    export.add_argument("--format", choices=[name for names in EXPORT_FORMATS.values() for name in names])
    for command in (ask, export):
        command.add_argument("--as", dest="reader", default="public", metavar="WHO", help=_READER)


def _upkeep(commands: Commands, data: ArgumentParser) -> None:
    _command(commands, data, "rebuild", "upkeep:rebuild", "make the graph again from the ledger")
    _command(commands, data, "verify", "upkeep:verify", "check the ledger, and the graph against it")
    dump = _command(commands, data, "dump", "dumping:dump", "make a dump of what everybody sees, to be had at /dumps")
    dump.add_argument("--keep", type=int, metavar="N", help="drop the oldest beyond so many (default: all stay)")
    check = _command(commands, data, "check", "checking:check", "say what records say against each other")
    check.add_argument("--report", choices=("text", "turtle"), default="text", help="how to report (default: text)")
    check.add_argument("--language", choices=FORM_LANGUAGES, default="en", help="the language (default: en)")
    backup = _command(commands, data, "backup", "upkeep:backup", "copy the ledger, also while a server runs")
    backup.add_argument("folder", type=Path, metavar="DIR", help="where to; it may not hold a backup yet")
    restore = _command(commands, data, "restore", "upkeep:restore", "make a data directory from a backup")
    restore.add_argument("folder", type=Path, metavar="DIR", help="the backup")
    erase = _command(commands, data, "erase", "erasing:erase", "erase what a record says, and leave a tombstone")
    erase.add_argument("record", metavar="RECORD", help="the record's IRI")
    erase.add_argument("--reason", required=True, metavar="TEXT", help="why; whoever saw the record will read it")


def _explaining(commands: Commands, data: ArgumentParser) -> None:
    explain = _command(commands, data, "explain", "explaining:explain", "say who sees a record, why, and since when")
    explain.add_argument("subject", nargs="?", metavar="IRI", help="a record, claim or activity")
    explain.add_argument("--on", metavar="DAY", help="say also who could see it at the end of that day")
    explain.add_argument("--as", dest="reader", metavar="WHO", help="whether that reader sees it; alone: what it sees")
    audit = _command(commands, data, "audit", "explaining:audit", "print what was done, newest first")
    audit.add_argument("--event", choices=EVENTS, metavar="EVENT", help=f"only one of {', '.join(EVENTS)}")
    audit.add_argument("--before", type=int, metavar="N", help="only lines with a smaller number")
    audit.add_argument("--limit", type=int, default=100, metavar="N", help="at most so many (default: 100)")


def _keys(commands: Commands, data: ArgumentParser) -> None:
    key = commands.add_parser("key", help="add, list and revoke API keys", parents=[data])
    actions = key.add_subparsers(required=True, metavar="ACTION")
    add = _command(actions, data, "add", "keys:add", "make a key and print its token, this once")
    whose = add.add_mutually_exclusive_group(required=True)
    whose.add_argument("--org", metavar="IRI", help="the organisation whose key it is")
    whose.add_argument("--staff", action="store_true", help="a key of the staff")
    add.add_argument(
        *("--right", "-r"),
        action="append",
        choices=("read", "submit", "administer"),
        help="what its bearer may do; once for each (default: all that the holder can)",
    )
    add.add_argument("--days", type=float, metavar="N", help="for how many days it works (default: until revoked)")
    add.add_argument("--label", default="", metavar="TEXT", help="what it is for")
    _command(actions, data, "list", "keys:show", "list the keys")
    revoke = _command(actions, data, "revoke", "keys:revoke", "end a key")
    revoke.add_argument("id", metavar="ID", help="the key's id, as `key list` shows it")


def _accounts(commands: Commands, data: ArgumentParser) -> None:
    account = commands.add_parser("account", help="say for whom people act who sign in", parents=[data])
    actions = account.add_subparsers(required=True, metavar="ACTION")
    add = _command(actions, data, "add", "accounts:add", "let a person act for the staff or an organisation")
    add.add_argument("subject", metavar="SUBJECT", help="the person, as the identity provider names them (`sub`)")
    whose = add.add_mutually_exclusive_group(required=True)
    whose.add_argument("--org", metavar="IRI", help="the organisation that the person acts for")
    whose.add_argument("--staff", action="store_true", help="the person is one of the staff")
    add.add_argument(
        *("--right", "-r"),
        action="append",
        choices=("read", "submit", "administer"),
        help="what the person may do; once for each (default: all that the holder can)",
    )
    add.add_argument("--label", default="", metavar="TEXT", help="who that is: pages show it to them")
    add.add_argument("--issuer", metavar="URL", help="the identity provider (default: EWGRAPH_OIDC_ISSUER)")
    _command(actions, data, "list", "accounts:show", "list the accounts")
    revoke = _command(actions, data, "revoke", "accounts:revoke", "end an account, and its sessions")
    revoke.add_argument("id", metavar="ID", help="the account's id, as `account list` shows it")
