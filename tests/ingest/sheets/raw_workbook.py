"""Workbooks part by part, as no spreadsheet program writes them."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relationships(*targets: tuple[str, str], kind: str = DOCUMENT, mode: str = "Internal") -> str:
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}/{of}" Target="{target}" TargetMode="{mode}"/>'
        for number, (of, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{inner}</Relationships>'


def sheet(data: str, after: str = "", *, before: str = "", namespace: str = MAIN) -> str:
    return f'<worksheet xmlns="{namespace}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'


def workbook(sheets: str = '<sheet name="Sites" sheetId="1" r:id="rId1"/>', properties: str = "") -> str:
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><workbookPr {properties}/><sheets>{sheets}</sheets></workbook>'
    )


def styles(*codes: str) -> str:
    """Styles whose style 0 is General, and each next one has the next of the format codes."""
    formats = "".join(f'<numFmt numFmtId="{164 + at}" formatCode="{code}"/>' for at, code in enumerate(codes))
    shown = "".join(f'<xf numFmtId="{164 + at}"/>' for at in range(len(codes)))
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        f'<cellXfs><xf numFmtId="0"/>{shown}</cellXfs><dxfs><dxf><numFmt numFmtId="164" formatCode="@"/></dxf></dxfs>'
        "</styleSheet>"
    )


def parts(data: str, strings: str = "", style: str = "", **changed: str) -> dict[str, str]:
    """The parts of a workbook with one sheet of these rows; `changed` gives whole parts by a short name."""
    return {
        "_rels/.rels": changed.get("root", relationships(("officeDocument", "xl/workbook.xml"))),
        "xl/workbook.xml": changed.get("workbook", workbook()),
        "xl/_rels/workbook.xml.rels": changed.get(
            "links",
            relationships(
                ("worksheet", "worksheets/sheet1.xml"),
                *([("sharedStrings", "sharedStrings.xml")] if strings else []),
                *([("styles", "styles.xml")] if style else []),
            ),
        ),
        "xl/worksheets/sheet1.xml": changed.get("sheet", sheet(data, changed.get("after", ""))),
        **({"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>'} if strings else {}),
        **({"xl/styles.xml": style} if style else {}),
    }


def pack(path: Path, contents: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path
