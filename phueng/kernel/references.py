"""How is a case named so that a citizen can say it over the phone, and nobody can guess or mistype it?

A citizen's reference is 10 random characters (50 bits) and a check character. Letters that look or sound alike are not
used, and what people type instead (I, L, O) is understood.

The check is a weighted sum in GF(32), the field of 32 elements, not a sum modulo 32: modulo 32 the weights must be odd
to catch every wrong character and differ by an odd number to catch every swap of neighbours, which cannot both be. In
the field, weights that are all different and not zero catch every wrong character and every swap of any two.
"""

from __future__ import annotations

import secrets

from phueng.kernel.thai_text import without_spacing

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O; no U, so that fewer rude words appear
RANDOM_LENGTH = 10
LENGTH = RANDOM_LENGTH + 1
LINE_PREFIX = "PH"
LINE_DIGITS = 14
LINE_LENGTH = len(LINE_PREFIX) + LINE_DIGITS + 1  # 17, within the 18 ASCII characters a bank line holds

_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})


def _field_powers() -> tuple[int, ...]:
    """The 31 non-zero elements as powers of x, modulo x^5 + x^2 + 1."""
    powers = [1]
    for _ in range(30):
        doubled = powers[-1] << 1
        powers.append(doubled ^ 0b100101 if doubled & 0b100000 else doubled)
    return tuple(powers)


_POWERS = _field_powers()
_LOGARITHMS = {element: exponent for exponent, element in enumerate(_POWERS)}


def _times(element: int, exponent: int) -> int:
    return 0 if element == 0 else _POWERS[(_LOGARITHMS[element] + exponent) % 31]


def _check_character(characters: str) -> str:
    """Weights x^1, x^2, ... from the right; the check character itself has weight x^0. Good for up to 30 characters."""
    total = 0
    for place, character in enumerate(reversed(characters), start=1):
        total ^= _times(_VALUES[character], place)
    return ALPHABET[total]


def _is_sealed(characters: str) -> bool:
    return all(character in _VALUES for character in characters) and _check_character(characters[:-1]) == characters[-1]


def _plain(text: str) -> str:
    """Upper case ASCII without spaces, dashes and invisible characters; look-alikes read as digits."""
    return without_spacing(text).upper().translate(_READ_AS)


def new_reference() -> str:
    """11 characters from the system's secure source of chance; the database's unique index has the last word."""
    characters = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
    return characters + _check_character(characters)


def normalise_reference(text: str) -> str | None:
    """The 11 characters that were meant, or None if it cannot be a reference. The check character is not looked at."""
    if len(text) > 200:  # nobody types that much; do not spend time on it
        return None
    plain = _plain(text)
    return plain if len(plain) == LENGTH and all(character in _VALUES for character in plain) else None


def is_valid_reference(text: str) -> bool:
    """Could we have given out this reference? Any way of writing it is accepted."""
    reference = normalise_reference(text)
    return reference is not None and _is_sealed(reference)


def format_reference(reference: str) -> str:
    """4-4-3, as shown and read aloud."""
    return f"{reference[:4]}-{reference[4:8]}-{reference[8:]}"


def new_line_reference(number: int) -> str:
    """The mark of one bank line: PH, the number in 14 base-32 digits, a check character.

    Never used twice as long as the number is not: take it from a database sequence. Not secret, so no chance in it.
    """
    if not 0 <= number < 32**LINE_DIGITS:
        raise ValueError("a line number is between 0 and 32**14 - 1")
    digits = "".join(ALPHABET[number >> (5 * place) & 31] for place in reversed(range(LINE_DIGITS)))
    return LINE_PREFIX + digits + _check_character(digits)


def is_valid_line_reference(text: str) -> bool:
    """Exactly as we wrote it: a bank copies it back byte by byte, nobody types it."""
    return len(text) == LINE_LENGTH and text.startswith(LINE_PREFIX) and _is_sealed(text[len(LINE_PREFIX) :])


def line_number(line_reference: str) -> int:
    """The number inside a line reference. ValueError if it is not one of ours."""
    if not is_valid_line_reference(line_reference):
        raise ValueError("not a line reference")
    number = 0
    for character in line_reference[len(LINE_PREFIX) : -1]:
        number = number << 5 | _VALUES[character]
    return number
