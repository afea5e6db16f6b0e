"""A study of the demo researcher, with the demo organiser as colleague; invented like all the rest."""

from archive.demo.accounts import email_of
from archive.studies.acts import add_colleague, begin_study
from archive.studies.coding import add_code, code_notes
from archive.studies.memos import write_memo
from people.guests import ANYBODY, Viewer
from people.models import Person, Role
from responses.models import Board, Note, TextState

NAME = "Who decides (invented)"
ABOUT = "Invented for the demonstration. Where do people say who decides, and where do they ask?"
MEMO = "Invented. The first note asks for the budget before anything else: money stands for who decides."
ON_THE_WHOLE = "Invented. Next: read the challenges against the agreements, heading by heading."


def study_notes() -> None:
    """Three codes, one under another, on the first notes of a wall; a memo on one, and on the whole."""
    researcher = Viewer(person=Person.objects.get(email=email_of(Role.Kind.RESEARCHER)))
    study = begin_study(NAME, by=researcher, about=ABOUT)
    power = add_code(study, "Power", by=researcher, about="Somebody can decide, or cannot.")
    money = add_code(study, "Money", by=researcher, about="Any sum, or who holds it.", under=power)
    trust = add_code(study, "Trust", by=researcher, about="That somebody will do as they said.")
    notes = notes_to_code()
    code_notes([power], notes, by=researcher)
    code_notes([money], notes[:2], by=researcher)
    code_notes([trust], notes[2:4], by=researcher)
    write_memo(study, MEMO, by=researcher, note=notes[0])
    write_memo(study, ON_THE_WHOLE, by=researcher)
    add_colleague(study, email_of(Role.Kind.ORGANISER), by=researcher)


def notes_to_code() -> list[Note]:
    """Some that anybody may read, with words."""
    walls = Board.objects.visible_to(ANYBODY).filter(slug="demo-wall")
    read = Note.objects.visible_to(ANYBODY).on_the_wall().filter(board__in=walls, text_state=TextState.READ)
    return list(read.in_order()[:6])
