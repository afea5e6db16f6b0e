"""Readings of one note side by side, for whoever decides what it says."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from principles.diff import Op, word_diff
from responses.models import Note, Reading
from responses.models.notes import words_as_plain
from responses.readings.agreement import Agreement, said_key
from responses.readings.history import Step


@dataclass(frozen=True, slots=True)
class Beside:
    """One reading beside the one it is compared with, and the steps from that one to it.

    `steps` are empty where both say the same, and for the one that the others are compared with.
    """

    step: Step
    steps: list[tuple[Op, str]]
    is_measure: bool
    is_same: bool

    @property
    def said(self) -> str:
        return differences_in_words(self.steps, one="there", other="here")


def side_by_side(note: Note, steps: Sequence[Step], agreement: Agreement) -> list[Beside]:
    """Every reading among `steps`, each beside the one to measure by.

    That is what most readers say, or else what the note stands on, or the first reading.
    """
    read = [step for step in steps if step.reading]
    measure = _measure(note, [step.reading for step in read], agreement)
    return [_beside(step, measure) for step in read]


def _measure(note: Note, readings: Sequence[Reading], agreement: Agreement) -> Reading | None:
    by_pk = {reading.pk: reading for reading in readings}
    best = agreement.best.pk if agreement.best and agreement.is_ready else None
    return by_pk.get(best) or by_pk.get(note.accepted_id) or next(iter(readings), None)


def _beside(step: Step, measure: Reading) -> Beside:
    reading = step.reading
    is_same = said_key(reading) == said_key(measure)
    steps = [] if is_same else word_diff(_plain(measure), _plain(reading))
    return Beside(step, steps, is_measure=reading.pk == measure.pk, is_same=is_same)


def _plain(reading: Reading) -> str:
    """The words as they are compared; what has none says so."""
    return (
        words_as_plain(reading.text, reading.note.origin) or f"[{reading.get_text_state_display().lower()}]"
    )


def differences_in_words(steps: Sequence[tuple[Op, str]], *, one: str, other: str) -> str:
    """How two readings differ, as a sentence; `one` and `other` say whose each is.

    Neither came before the other: "Yours “ceiling”, theirs “feeling”."
    """
    said: list[str] = []
    before = lost = ""
    for op, text in steps:
        words = f"“{text.strip()}”"
        if op == "insert" and before == "delete":
            said[-1] = f"{one} {lost}, {other} {words}"
        elif op != "equal":
            said.append(
                _("%(whose)s %(words)s only") % {"whose": one if op == "delete" else other, "words": words}
            )
        before, lost = op, words
    if not any(text.strip() for op, text in steps if op != "equal"):
        return _("Only spaces or line breaks differ.") if said else _("The words are the same.")
    sentence = "; ".join(said)
    return f"{sentence[0].upper()}{sentence[1:]}."


def agreement_in_words(agreement: Agreement) -> str:
    """What readers at the desk agree on, in a sentence: "2 of 3 readers agree."."""
    if agreement.readers == 0:
        return _("No reading from the desk waits.")
    if agreement.readers == 1:
        return _("One person has read it. A second reader would help.")
    if agreement.is_ready:
        return _("%(equal)s of %(readers)s readers agree.") % {
            "equal": agreement.equal,
            "readers": agreement.readers,
        }
    if agreement.equal > 1:
        return _("%(equal)s say the same, but not without having seen it. One more reader would help.") % {
            "equal": agreement.equal
        }
    return _("%(readers)s people have read it, and no two of them read the same without a gap.") % {
        "readers": agreement.readers
    }
