"""The report on a submission in the form that its reader wants: JSON, a page, Turtle, text, or the workbook itself."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from ewgraph.access import Principal
from ewgraph.api.negotiation import HTML, preferred, quality
from ewgraph.errors import ConflictError, EwgraphError, FormatError, NotFoundError
from ewgraph.ingest.answer import page, plain, rdf, text
from ewgraph.ingest.answer.excerpt import Excerpt, excerpt
from ewgraph.ingest.answer.report import CellResult, DisclosureReport, Totals, grouped
from ewgraph.ingest.sheets import open_document
from ewgraph.ledger import Ledger
from ewgraph.ledger.submissions import Submission, Submissions
from ewgraph.validate.messages import LANGUAGES
from ewgraph.validate.report import Severity
from ewgraph.validate.shapes import EWS
from ewgraph.web.jobs import UNDER_WAY, owner_of
from ewgraph.web.marking import mark
from ewgraph.web.progress import is_dry_run
from ewgraph.web.shares import Turns
from ewgraph.web.transfers import NO_STORE
from ewgraph.web.uploads import Uploads

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTH: Final = 100
_SMALL: Final = 1_000_000
"""How many bytes a file may have that the server reads again for a page."""

_EXTENSIONS: Final[Mapping[str, str]] = MappingProxyType(
    {"json": "application/json", "html": HTML, "ttl": "text/turtle", "txt": "text/plain", "xlsx": XLSX},
)
_WRITERS: Final[Mapping[str, Callable[[DisclosureReport, str], str]]] = MappingProxyType(
    {
        "application/json": plain.render,
        "text/turtle": lambda report, _: rdf.render(report),
        "text/plain": lambda report, language: text.render(report, language, width=_WIDTH),
    },
)
_STYLE: Final = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_UNSPOKEN: Final[Mapping[str, str]] = {"no": "nb", "nn": "nb", "ca": "es"}


class Reports:
    """Answers `/disclosures/{id}/report`, for whoever may see the submission."""

    def __init__(self, ledger: Ledger, submissions: Submissions, uploads: Uploads, megabytes: int) -> None:
        """Take where things are kept, and how much memory a process may take that marks a workbook."""
        self._ledger = ledger
        self._submissions = submissions
        self._uploads = uploads
        self._megabytes = megabytes
        self._marking = Turns("marked workbooks")

    async def answer(self, request: Request, submission: Submission, reader: Principal) -> Response:
        """The report. Workbooks are marked one at a time, for that takes its memory.

        Raises:
            ConflictError: there is no report, or none yet.
            FormatError: none of its forms is wanted.
            LimitError: the reader waits for too many marked workbooks.
        """
        media_type, language = _media_type(request), language_of(request, str(submission.request.get("language", "en")))
        if media_type != XLSX:
            return await run_in_threadpool(self._written, submission, media_type, language)
        async with self._marking.one(reader):
            return await run_in_threadpool(self._workbook, submission, language)

    def _written(self, submission: Submission, media_type: str, language: str) -> Response:
        report = self.report(submission)
        if media_type == HTML:
            content = self._page(submission, report, language)
        else:
            content = _WRITERS[media_type](report, language)
        headers = {**NO_STORE, "Content-Language": language}
        if media_type == HTML:
            headers["Content-Security-Policy"] = (
                f"default-src 'none'; style-src {style_source(content)}; base-uri 'none'; form-action 'none'; "
                "frame-ancestors 'none'"
            )
        return Response(content, media_type=media_type, headers=headers)

    def report(self, submission: Submission) -> DisclosureReport:
        """The report as it was kept; of a file that could not be read at all, one that says why."""
        kept = self._submissions.report(submission.id)
        if kept is not None:
            return DisclosureReport.from_json(kept)
        if submission.state == "refused":
            return _unread(submission)
        still = "is not there yet" if submission.state in UNDER_WAY else "does not exist"
        raise ConflictError(
            f"the report on {submission.id!r} {still}: the submission is {submission.state}"
            + (f" ({submission.error})" if submission.error else "")
        )

    def _page(self, submission: Submission, report: DisclosureReport, language: str) -> str:
        """The report as a page; of a small file with the rows around what was found."""
        found = Excerpt()
        with contextlib.suppress(EwgraphError), self._file(submission) as source:
            if source.stat().st_size <= _SMALL:
                found = excerpt(open_document(source, submission.file).sheets, report)
        return page.render(report, language, found.rows, found.headings)

    def _workbook(self, submission: Submission, language: str) -> Response:
        """The file that was handed in, with its cells marked."""
        report = self.report(submission)
        with tempfile.NamedTemporaryFile(suffix=".xlsx", delete=False) as made:
            target = Path(made.name)
        try:
            with self._file(submission) as source:
                mark(report, source, target, language, self._megabytes)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        headers = {**NO_STORE, "Content-Disposition": attachment(f"{Path(submission.file).stem}-report.xlsx")}
        return FileResponse(target, media_type=XLSX, headers=headers, background=BackgroundTask(target.unlink))

    @contextmanager
    def _file(self, submission: Submission) -> Iterator[Path]:
        """The file of a submission: as it lies with the uploads, or from the ledger."""
        for held in self._uploads.copies(owner_of(submission), submission.source):
            yield held
            return
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file"
            if not self._ledger.write_source(submission.source, path):
                raise NotFoundError(
                    f"the file of {submission.id!r} is here no more: one that was only checked is thrown away after a "
                    "while. Hand it in again, or take the report as a page"
                )
            yield path


def _unread(submission: Submission) -> DisclosureReport:
    """The report on a file that was refused whole."""
    sentence = submission.error or "the file cannot be read"
    told = {"en": sentence}
    result = CellResult(Severity.VIOLATION, "", None, None, "", None, sentence, told, shape=f"{EWS}reading-file")
    return DisclosureReport(
        submission=submission.id,
        file=submission.file,
        sha256=submission.source,
        mapping=submission.mapping or "",
        mapping_version="",
        submitter=submission.author.value,
        state=submission.state,
        dry_run=is_dry_run(submission),
        totals=Totals(violations=1),
        results=(result,),
        groups=grouped((result,)),
    )


def _media_type(request: Request) -> str:
    """The media type that the path's extension says, or that the reader prefers."""
    extension = request.path_params.get("extension")
    if extension is not None:
        if extension not in _EXTENSIONS:
            raise NotFoundError(f"a report ends in {', '.join(_EXTENSIONS)}, not {extension[:20]!r}")
        return _EXTENSIONS[extension]
    found = preferred(request.headers.get("accept"), tuple(_EXTENSIONS.values()))
    if found is None:
        raise FormatError(f"a report is written as {', '.join(_EXTENSIONS.values())}")
    return found


def language_of(request: Request, usual: str = "en") -> str:
    """The language that `lang=` or the `Accept-Language` header asks for, if reports speak it; else the usual."""
    asked = request.query_params.get("lang") or request.headers.get("accept-language") or usual
    weighed: list[tuple[float, int, str]] = []
    for place, part in enumerate(asked.split(",")):
        tag = part.partition(";")[0].strip().lower()
        spoken = tag.replace("_", "-").partition("-")[0]
        spoken = _UNSPOKEN.get(spoken, spoken)
        weight = quality(f"x/{tag}{part[len(part.partition(';')[0]) :]}", f"x/{tag}")
        if spoken in LANGUAGES and weight > 0:
            weighed.append((-weight, place, spoken))
    return min(weighed)[2] if weighed else "en"


def style_source(content: str) -> str:
    """What a Content-Security-Policy says to allow the style sheets within a page, and no other."""
    hashes = (hashlib.sha256(found.encode()).digest() for found in _STYLE.findall(content))
    return " ".join(f"'sha256-{base64.b64encode(found).decode()}'" for found in hashes) or "'none'"


def attachment(name: str) -> str:
    r"""A Content-Disposition with a file name that nothing can break out of (RFC 6266, RFC 8187).

    >>> attachment('Fabrik "Süd".xlsx')
    'attachment; filename="Fabrik _S_d_.xlsx"; filename*=UTF-8\'\'Fabrik%20%22S%C3%BCd%22.xlsx'
    """
    simple = "".join(char if char.isascii() and char.isprintable() and char not in '"\\%' else "_" for char in name)
    return f"attachment; filename=\"{simple}\"; filename*=UTF-8''{quote(name, safe='')}"
