"""Names are compared without marks, case, script and company forms."""

from __future__ import annotations

import doctest

import pytest

from ewgraph.names import folding, texts
from ewgraph.names.folding import MOST_LETTERS, compared, folded


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Ñandú", "nandu"),
        ("深圳", "shenzhen"),
        ("Горняк", "gornyak"),
        ("الأمل", "lml"),
        ("โรงงาน", "orngngan"),
        ("Straße 7-9", "strasse 7 9"),
        ("O’Brien's", "obriens"),
        ("ＡＣＭＥ①", "acme1"),
        ("S. p. A.", "spa"),
        (" \n\t ", ""),
        ("\ud800", ""),
    ],
)
def test_a_name_is_put_in_latin_letters(text: str, plain: str) -> None:
    assert folded(text) == plain


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("Acme Co., Ltd.", ("acme",)),
        ("ACME GmbH & Co. KG", ("acme",)),
        ("深圳市富士康有限公司", ("shenzhenshifushikang",)),
        ("株式会社東芝", ("dongzhi",)),
        ("ООО Горняк", ("gornyak",)),
        ("Công ty TNHH Samsung", ("samsung",)),
        ("Malaysia Smelting Corporation Berhad", ("malaysia", "smelting")),
        ("Limited", ("limited",)),
    ],
)
def test_the_form_of_a_company_is_set_apart(text: str, core: tuple[str, ...]) -> None:
    assert compared(folded(text)).core == core


def test_a_very_long_name_is_compared_by_its_beginning() -> None:
    assert len(folded("鱻" * 5_000)) <= MOST_LETTERS


@pytest.mark.parametrize("module", [folding, texts])
def test_the_examples_are_true(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
