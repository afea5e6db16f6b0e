"""What was changed about an event, in the words of its public change log."""

from collections.abc import Mapping

from django.utils.text import Truncator

from coproduce.languages import in_the_sites_language
from events.models import Event

LONGEST = 300  # characters of a line
A_VALUE = 60  # characters of what it was and is


def facts_of(event: Event) -> dict[str, str]:
    """What the change log follows, in words; empty where nothing is on record."""
    with in_the_sites_language():
        when = event.span.words()
    return {
        "Name": event.name,
        "Date": when,
        "Time": event.hours,
        "Place": event.place,
        "Attendance as stated": event.attendance_stated,
        "Attendance as a number": "" if event.attendance is None else str(event.attendance),
    }


def in_words(before: Mapping[str, str], after: Mapping[str, str], verb: str, why: str = "") -> str:
    """One line, such as “Place corrected from A to B.”; empty where nothing differs."""
    said = [_one(name, before[name], after[name], verb) for name in before if before[name] != after[name]]
    if not said:
        return ""
    return Truncator(" ".join([*said, why.strip()]).strip()).chars(LONGEST)


def _one(name: str, before: str, after: str, verb: str) -> str:
    before, after = (Truncator(value).chars(A_VALUE) for value in (before, after))
    if not before:
        return f"{name} added: “{after}”."
    if not after:
        return f"{name} taken out; it was “{before}”."
    return f"{name} {verb} from “{before}” to “{after}”."
