"""What reading the outcomes of one large event costs, beside reading its notes bare."""

from collections.abc import Callable, Iterator
from functools import partial
from time import perf_counter

from bench.figures import Figure, measure
from bench.place import hold_event, put_up_board
from events.models import Event
from outcomes.contested import most_contested
from outcomes.crosswalk import crosswalk
from outcomes.models import Decision, Statement, StatementNote
from outcomes.reading import heard_at
from outcomes.similar import notes_like
from outcomes.standing import standings_of_event
from people.guests import ANYBODY, Viewer
from people.models import Person, Role
from principles.models import PrincipleSet
from responses.models import Note
from responses.tallies import tally_of

NOTES, STATEMENTS, CITED = 2_000, 100, 10
TIMES = 5  # in each round


def outcomes(_database: str) -> Iterator[Figure]:
    """Standings, what was heard, suggestions, crosswalk and most contested, with 2,000 notes of one event."""
    event = hold_event()
    board = put_up_board(event, "wall", NOTES)
    _answer(event, list(board.notes.order_by("pk")))
    made, by = PrincipleSet.objects.get(), _steward()
    tally, bare = partial(tally_of, Note.objects.filter(board__event=event)), partial(_bare, event)
    for name, read, floor, floor_is in (
        ("standings", partial(standings_of_event, event), tally, "the tally of the notes"),
        ("said, heard, decided", partial(heard_at, [event], ANYBODY), bare, "the notes, bare"),
        ("notes that read alike", partial(notes_like, "who decides", event, by), bare, "the notes, bare"),
        ("crosswalk", partial(crosswalk, made, made, ANYBODY), bare, "the notes, bare"),
        ("most contested", partial(most_contested, ANYBODY, most=3), bare, "the notes, bare"),
    ):
        found = measure({"read": partial(_milliseconds, read), "floor": partial(_milliseconds, floor)})
        yield Figure(name, "ms", found["read"], found["floor"], floor_is)


def _answer(event: Event, notes: list[Note]) -> None:
    """A hundred statements of ten notes each, and a decision about every other one."""
    for number in range(STATEMENTS):
        facts = {"event": event, "text": f"Heard {number}.", "published_at": event.changes.first().at}
        statement = Statement.objects.create(**facts)
        cited = notes[number * CITED : (number + 1) * CITED]
        StatementNote.objects.bulk_create(StatementNote(statement=statement, note=note) for note in cited)
        if number % 2:
            decision = Decision.objects.create(**facts, kind=Decision.Kind.DONE)
            decision.statements.add(statement)


def _steward() -> Viewer:
    person = Person.objects.create_user("bench@example.org", name="Bench")
    person.roles.create(kind=Role.Kind.STEWARD)
    return Viewer(person=person)


def _bare(event: Event) -> list[tuple]:
    return list(Note.objects.filter(board__event=event).values_list("pk", "mark", "text"))


def _milliseconds(read: Callable[[], object]) -> float:
    began = perf_counter()
    for _ in range(TIMES):
        read()
    return (perf_counter() - began) * 1000 / TIMES
