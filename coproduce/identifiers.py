"""Permanent ids: opaque, readable from paper, and able to notice a misreading.

The alphabet and the check character are those of NOID (California Digital Library):
digits and consonants without vowels or l, so that no word is spelled and nothing is
mistaken for something else; the last character is the sum of place times value, modulo
29, and so catches one wrong character or two swapped neighbours.
"""

import secrets

ALPHABET = "0123456789bcdfghjkmnpqrstvwxz"
# No id has these letters: somebody read a digit as one of them.
MISREAD = str.maketrans("oil", "011")
LENGTH = 10
RECEIPT_LENGTH = 16


def check_character(text: str) -> str:
    """The check character for `text`; characters outside the alphabet count as nought."""
    total = sum(place * max(ALPHABET.find(letter), 0) for place, letter in enumerate(text, 1))
    return ALPHABET[total % len(ALPHABET)]


def new_identifier() -> str:
    """Ten characters, the last of them a check: 43 bits, unique in a column that says so."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + check_character(body)


def from_digest(digest: bytes, length: int = RECEIPT_LENGTH) -> str:
    """An id of `length` characters made from a secret digest of at least 16 bytes."""
    number, letters = int.from_bytes(digest), []
    for _ in range(length - 1):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    body = "".join(letters)
    return body + check_character(body)


def tidy(typed: str) -> str:
    """What was typed from paper, as an id: any case, misread letters put right, the rest left out."""
    return "".join(letter for letter in typed.lower().translate(MISREAD) if letter in ALPHABET)


def is_plausible(identifier: str) -> bool:
    """Whether the check character agrees, so that a misreading gets a helpful answer."""
    return (
        len(identifier) > 1
        and all(letter in ALPHABET for letter in identifier)
        and check_character(identifier[:-1]) == identifier[-1]
    )


def in_fours(identifier: str) -> str:
    """The id in groups of four with dashes, as it is printed for people."""
    return "-".join(identifier[at : at + 4] for at in range(0, len(identifier), 4))
