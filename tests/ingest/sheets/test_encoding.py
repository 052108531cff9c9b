from collections.abc import Callable

import pytest

from ewgraph.errors import ParseError
from ewgraph.ingest.sheets import Document

Opened = Callable[..., Document]

WESTERN = """Name;Straße;Land
Müller Gerätebau GmbH;Königstraße 5;Österreich
Bjørn Ås;Grünerløkka;Norge
Électronique;12 €;France
"""
RUSSIAN = """Название;Адрес;Страна
Завод электроники;улица Ленина, дом 5;Россия
Сборочный цех;Московское шоссе;Россия
"""
SIMPLIFIED = """工厂名称;地址;国家
厦门电子有限公司;福建省厦门市火炬高新区;中国
深圳市精密制造厂;广东省深圳市龙华区;中国
"""
TRADITIONAL = """工廠名稱;地址;國家
鴻海精密工業股份有限公司;新北市土城區中山路;臺灣
廣達電腦股份有限公司;桃園市龜山區文化二路;臺灣
"""
JAPANESE = """工場名;住所;国
株式会社デンソー;愛知県刈谷市昭和町一丁目;日本
ソニーグループ株式会社;東京都港区港南;日本
"""


def names(document: Document) -> list[str]:
    return [row.cells[1].text for row in document.sheets[0].rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_without_a_guess(document: Opened, encoding: str) -> None:
    mark = "\ufeff" if encoding in {"utf-16-le", "utf-16-be"} else ""
    found = document((mark + SIMPLIFIED).encode(encoding))
    assert names(found)[:2] == ["工厂名称", "厦门电子有限公司"]
    assert not any("guess" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (WESTERN, "cp1252"),
        (RUSSIAN, "cp1251"),
        (SIMPLIFIED, "gb18030"),
        (TRADITIONAL, "big5"),
        (JAPANESE, "shift_jis"),
    ],
)
def test_an_old_encoding_is_guessed_and_the_guess_is_told(document: Opened, text: str, encoding: str) -> None:
    found = document(text.encode(encoding))
    read = [";".join(cell.text for cell in row.cells.values()) for row in found.sheets[0].rows()]
    assert read == text.splitlines()
    assert any("a guess" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("site;town\nFábrica Ñandú;Zürich\n", "cp1252"), ("site;town\nZakład Łódź;Żwirowa\n", "cp1250")],
)
def test_a_few_letters_are_read_as_what_makes_letters_of_them(document: Opened, text: str, encoding: str) -> None:
    assert names(document(text.encode(encoding))) == [line.split(";")[0] for line in text.splitlines()]


def test_foreign_letters_far_down_a_long_text_decide(document: Opened) -> None:
    content = b"name;city;country\n" + b"Beta;Xiamen;CN\n" * 20_000 + RUSSIAN.encode("cp1251")
    assert names(document(content))[-2:] == ["Завод электроники", "Сборочный цех"]


def test_a_guess_reads_every_byte_of_the_file(document: Opened) -> None:
    """Byte 0x81 is none of Windows-1252: the guess must be one that has it."""
    content = WESTERN.encode("cp1252") * 3 + b"\x81;x;y\n"
    assert len(names(document(content))) == 13


@pytest.mark.parametrize("content", [b"\xff\xfea", b"\xef\xbb\xbfa,b\n\xff"])
def test_a_text_that_is_not_what_its_mark_says_is_refused(document: Opened, content: bytes) -> None:
    with pytest.raises(ParseError, match=r"and is not. Save it as UTF-8"):
        document(content)
