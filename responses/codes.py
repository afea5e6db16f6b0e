"""Join codes: eight letters and digits that a room reads from a wall and types on a phone."""

import secrets

# No 0 O, 1 I L: 31 signs that are told apart from the back of a room. 8 of them are 39.6 bits.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH = 8


def new_code() -> str:
    """A code nobody can guess; whether another activity has it is for the database to refuse."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def tidy_code(typed: str) -> str:
    """What was typed, in any case and with any spaces, hyphens or dots, as it is stored."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def is_code(tidied: str) -> bool:
    """Whether it could be a code at all."""
    return len(tidied) == LENGTH and set(tidied) <= set(ALPHABET)


def in_groups(code: str) -> str:
    """A code as it is shown: ABCD EFGH."""
    return f"{code[:4]} {code[4:]}"
