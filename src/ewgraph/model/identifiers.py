"""Identifiers that registers give out, parsed into types that cannot be wrong.

Here belong the form and the check digits of an identifier. Whether it was ever issued, and to whom, is a question to
the graph. A scheme is named as in ``adms:schemaAgency``; :data:`IDENTIFIER_TYPES` holds those that have a rule.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Self

from ewgraph.errors import IdentifierError


def _compact(text: str) -> str:
    """Drop the spaces and hyphens with which people group the characters of a code."""
    return re.sub(r"[\s-]", "", text)


@dataclass(frozen=True, slots=True)
class Lei:
    """A Legal Entity Identifier: 18 characters and two check digits.

    >>> Lei.parse("hwuPKR0MPOU8FGXBT394").text
    'HWUPKR0MPOU8FGXBT394'

    Source: ISO 17442-1; ISO/IEC 7064 MOD 97-10.
    """

    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """It is the identifier that a text writes.

        Raises:
            IdentifierError: the text has another form, or a character of it is wrong.
        """
        code = _compact(text).upper()
        if not re.fullmatch(r"[A-Z0-9]{18}[0-9]{2}", code, re.ASCII):
            raise IdentifierError(
                f"an LEI has 18 letters or digits and two check digits, not {text!r}: copy all 20 characters"
            )
        if int("".join(str(int(character, 36)) for character in code)) % 97 != 1:
            raise IdentifierError(
                f"the check digits of the LEI {text!r} do not fit (ISO 7064 MOD 97-10): look for a mistyped character"
            )
        return cls(code)


def _gs1_check_digit_fits(digits: str) -> bool:
    """Whether the last digit is what GS1 computes from the others (weights 3 and 1 from the right, modulo 10)."""
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits))) % 10 == 0


@dataclass(frozen=True, slots=True)
class Gln:
    """A Global Location Number: 12 digits and a check digit.

    >>> Gln.parse("5412345 00001 3").text
    '5412345000013'

    Source: GS1 General Specifications 7.9.
    """

    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """It is the identifier that a text writes.

        Raises:
            IdentifierError: the text has another form, or a digit of it is wrong.
        """
        code = _compact(text)
        if not re.fullmatch(r"[0-9]{13}", code, re.ASCII):
            raise IdentifierError(f"a GLN has 13 digits, not {text!r}: give all digits and nothing else")
        if not _gs1_check_digit_fits(code):
            raise IdentifierError(f"the check digit of the GLN {text!r} does not fit: look for a mistyped digit")
        return cls(code)


@dataclass(frozen=True, slots=True)
class Gtin:
    """A Global Trade Item Number of 8, 12, 13 or 14 digits, the last of them a check digit.

    The number is kept as it was given; two lengths of one number differ only by leading zeros (``padded``).

    >>> Gtin.parse("4006381333931").padded
    '04006381333931'

    Source: GS1 General Specifications 3.3 and 7.9.
    """

    text: str

    @property
    def padded(self) -> str:
        """The number with 14 digits, in which two GTINs are compared."""
        return self.text.zfill(14)

    @classmethod
    def parse(cls, text: str) -> Self:
        """It is the identifier that a text writes.

        Raises:
            IdentifierError: the text has another form, or a digit of it is wrong.
        """
        code = _compact(text)
        if not re.fullmatch(r"[0-9]{8}|[0-9]{12,14}", code, re.ASCII):
            raise IdentifierError(
                f"a GTIN has 8, 12, 13 or 14 digits, not {text!r}: copy the digits below the bar code"
            )
        if not _gs1_check_digit_fits(code):
            raise IdentifierError(f"the check digit of the GTIN {text!r} does not fit: look for a mistyped digit")
        return cls(code)


_CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class OsId:
    """An OS ID of Open Supply Hub: country, year and day of the year, five characters, a check character.

    The check character has the place in Crockford's base 32 alphabet that is the sum of the code points of the two
    letters and of the places of the other twelve characters, modulo 32.

    >>> OsId.parse("CN-2021250-D1DTN-7").text
    'CN2021250D1DTN7'
    """

    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """It is the identifier that a text writes.

        Raises:
            IdentifierError: the text has another form, or a character of it is wrong.
        """
        code = _compact(text).upper()
        if not re.fullmatch(rf"[A-Z]{{2}}[0-9]{{7}}[{_CROCKFORD}]{{6}}", code, re.ASCII):
            raise IdentifierError(
                f"an OS ID has 15 characters, a country, seven digits and six characters without I, L, O and U, "
                f"not {text!r}: copy it from the page of the site on Open Supply Hub"
            )
        total = ord(code[0]) + ord(code[1]) + sum(_CROCKFORD.index(character) for character in code[2:14])
        if _CROCKFORD[total % 32] != code[14]:
            raise IdentifierError(
                f"the check character of the OS ID {text!r} does not fit: look for a mistyped character"
            )
        return cls(code)


@dataclass(frozen=True, slots=True)
class Cid:
    """A smelter or refiner number of the Responsible Minerals Initiative; it has no check digit.

    >>> Cid.parse(" cid000438 ").text
    'CID000438'
    """

    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """It is the identifier that a text writes.

        Raises:
            IdentifierError: the text has another form.
        """
        code = text.strip().upper()
        if not re.fullmatch(r"CID[0-9]{6}", code, re.ASCII):
            raise IdentifierError(
                f"a smelter number is CID and six digits, not {text!r}: copy column F of the smelter list"
            )
        return cls(code)


# The 2008 revision of the CPV published 532 of its 9,454 codes with another last digit than the rule of 2003 gives; the
# Publications Office confirmed the mistake (OP-TED/ePO discussion 589). 493 lie in four divisions; the rest is listed.
_CPV_DIVISIONS_WITHOUT_RULE: Final = frozenset({"03", "09", "42", "72"})
_CPV_PUBLISHED_OTHERWISE: Final = frozenset(
    """
    31711154-0 31711155-7 33141113-4 34211100-9 34211200-9 34211300-9 34421000-7 34422000-7 35113110-0 35125300-2
    35331300-3 35642000-7 37442100-8 37442200-8 37442300-8 37442400-8 37442500-8 37442600-8 37442700-8 37442800-8
    37442900-8 38941000-7 38942000-7 38944000-7 38945000-7 38946000-7 38947000-7 45233139-3 48628000-9 51000000-9
    65122000-0 65123000-3 71351920-2 71351921-2 71351923-2 71351924-2 79342410-4 85210000-3 92225100-7
    """.split()  # noqa: SIM905 -- a list of 39 quoted codes would be harder to compare with the regulation
)


@dataclass(frozen=True, slots=True)
class Cpv:
    """A code of the Common Procurement Vocabulary: eight digits; the ninth, a check digit, may follow.

    The check digit is the sum of the digits with weights 3, 7, 1, 3, 7, 1, 3, 7, modulo 10, except where the
    regulation itself prints another one.

    >>> Cpv.parse("30213100-6").text
    '30213100'

    Source: Regulation (EC) No 213/2008; the rule holds for all but 9 of the 8,323 codes of the edition of 2003.
    """

    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """It is the code that a text writes.

        Raises:
            IdentifierError: the text has another form, or a digit of it is wrong.
        """
        match = re.fullmatch(r"([0-9]{8})(?:-?([0-9]))?", text.strip(), re.ASCII)
        if match is None:
            raise IdentifierError(
                f"a CPV code has eight digits, a hyphen and a check digit, not {text!r}: write it like 30213100-6"
            )
        code, check = match[1], match[2]
        weighted = sum(int(digit) * weight for digit, weight in zip(code, (3, 7, 1, 3, 7, 1, 3, 7), strict=True))
        fits = check is None or weighted % 10 == int(check) or f"{code}-{check}" in _CPV_PUBLISHED_OTHERWISE
        if not fits and code[:2] not in _CPV_DIVISIONS_WITHOUT_RULE:
            raise IdentifierError(
                f"the check digit of the CPV code {text!r} does not fit: look for a mistyped digit, or leave it out"
            )
        return cls(code)


@dataclass(frozen=True, slots=True)
class Cas:
    """A CAS Registry Number of a chemical substance: two to seven digits, two digits, a check digit.

    >>> Cas.parse("71-43-2").text
    '71-43-2'

    Source: CAS, "Check Digit Verification of CAS Registry Numbers".
    """

    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """It is the number that a text writes.

        Raises:
            IdentifierError: the text has another form, or a digit of it is wrong.
        """
        code = text.strip()
        match = re.fullmatch(r"([1-9][0-9]{1,6}-[0-9]{2})-([0-9])", code, re.ASCII)
        if match is None:
            raise IdentifierError(f"a CAS number looks like 71-43-2, not like {text!r}: write it with its hyphens")
        digits = reversed(match[1].replace("-", ""))
        if sum(place * int(digit) for place, digit in enumerate(digits, start=1)) % 10 != int(match[2]):
            raise IdentifierError(f"the check digit of the CAS number {text!r} does not fit: look for a mistyped digit")
        return cls(code)


Identifier = Lei | Gln | Gtin | OsId | Cid | Cpv | Cas

IDENTIFIER_TYPES: Final[Mapping[str, type[Identifier]]] = MappingProxyType(
    {
        "lei": Lei,
        "gln": Gln,
        "gtin": Gtin,
        "os-id": OsId,
        "rmi-cid": Cid,
        "RMI": Cid,
        "cpv": Cpv,
        "cas": Cas,
    }
)
"""The class of an identifier by the name of its scheme. A scheme that is not named here has no rule of form."""
