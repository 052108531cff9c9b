"""Worlds of things that go by many names, in many scripts, each for somebody else's eyes."""

from __future__ import annotations

import json

from hypothesis import strategies as st

from tests.graph.worlds import LEVELS

NAMES = (
    "Hongfujin Precision Electronics (Zhengzhou) Co., Ltd.",
    "Huawei Technologies Co., Ltd.",
    "Hwawei Technologies",
    "深圳市富士康精密组件有限公司",
    "ООО Горняк",
    "โรงงานอยุธยา",
    "شركة الأمل",
    "Ñandú Minería S.A.",
    "Electronics",
    "a",
    "",
    "x\ny",
    "Zeta-9",
)
WORDS = (*NAMES, "hwawei", "gornjak", "zhengzhou", "shenzhen", "el", "e", "ltd", "549300", "Road 7", "minera nandu")
CODES = ("CID000438", "CID000439", "549300MLUDYVRQOOXS22")
_SAID = ("label", "alt", "native", "code", "named code", "notation", "address", "country")
_COUNTRIES = ("CHN", "MYS", "PER")


@st.composite
def named_world(draw: st.DrawFn, levels: tuple[str, ...] = LEVELS, most: int = 6) -> list[str]:
    """Records as TriG, in the order in which they arrive, each naming a few things."""
    return [draw(_record(number, levels)) for number in range(draw(st.integers(1, most)))]


@st.composite
def _record(draw: st.DrawFn, number: int, levels: tuple[str, ...]) -> str:
    name, level = f"r{number}", draw(st.sampled_from(levels))
    author, party = draw(st.sampled_from(["res0", "mon0", "aff0"])), draw(st.sampled_from(["aff0", "aff1"]))
    revises = f"ex:{name} prov:wasRevisionOf ex:r{draw(st.integers(0, number - 1))} ." if number > 1 else ""
    lines = [
        f"ex:{name} a ew:Disclosure ; prov:wasAttributedTo ex:{author} ; ew:visibility vis:{level} ;",
        f'  ew:party ex:{party}, ex:res0 ; ew:receivedAt "2021-01-0{number + 1}T00:00:00Z"^^xsd:dateTime .',
        revises if draw(st.booleans()) else "",
    ]
    for _ in range(draw(st.integers(1, 3))):
        lines += draw(_thing())
    return f"ex:{name} {{\n" + "\n".join(lines) + "\n}\n"


@st.composite
def _thing(draw: st.DrawFn) -> list[str]:
    thing = f"ex:thing{draw(st.integers(0, 4))}"
    lines = [f"{thing} a ew:{draw(st.sampled_from(['Factory', 'Smelter', 'Organization']))} ."] * draw(
        st.integers(0, 1)
    )
    for said in draw(st.lists(st.sampled_from(_SAID), max_size=3)):
        text = json.dumps(draw(st.sampled_from(NAMES)), ensure_ascii=False)
        code = f"ex:code{draw(st.integers(0, 1))}"
        country = f"<http://publications.europa.eu/resource/authority/country/{draw(st.sampled_from(_COUNTRIES))}>"
        lines.append(
            {
                "label": f"{thing} rdfs:label {text} .",
                "alt": f"{thing} skos:altLabel {text}@en .",
                "native": f"{thing} ew:nativeName {text}@zh .",
                "code": f'{thing} adms:identifier [ skos:notation "{draw(st.sampled_from(CODES))}" ] .',
                "address": f"{thing} <http://www.w3.org/ns/locn#address> [ ew:country {country} ; "
                f'<http://www.w3.org/ns/locn#thoroughfare> "Road 7" ; <http://www.w3.org/ns/locn#postName> {text} ] .',
                "named code": f"{thing} adms:identifier {code} .",
                "notation": f'{code} skos:notation "{draw(st.sampled_from(CODES))}" .',
                "country": f"{thing} ew:country {country} .",
            }[said]
        )
    return lines
