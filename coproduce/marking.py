"""Sentences of programs that run without Django, marked so that those who show them can translate them."""


def gettext_noop(sentence: str) -> str:
    """The sentence as it is; `makemessages` finds it by the name of this function."""
    return sentence
