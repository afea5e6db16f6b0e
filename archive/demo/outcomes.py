"""What came of the invented notes, all invented, through the same acts that people use.

One chain goes from notes to a decision that was carried out; other ends stay open, one is late and
one was answered with a no. Most notes still wait, as they do after most workshops.
"""

from archive.demo.accounts import email_of
from archive.demo.tables import read_table
from events.models import Duty, Event
from outcomes.decisions import draft_decision, publish_decision, update_decision
from outcomes.declining import decline_notes
from outcomes.models import Statement, Theme
from outcomes.statements import correct_statement, draft_statement, publish_statement
from outcomes.themes import make_theme
from outcomes.ties import tie
from people.guests import Viewer
from people.models import Person
from principles.models import Principle
from responses.models import Note


def draw_conclusions(*, by: Viewer) -> None:
    """Themes, what was heard and decided, and what will not be taken up."""
    table = read_table("outcomes")
    event = Event.objects.get(slug=table["event"])
    helper = Viewer(person=Person.objects.get(email=email_of(Duty.FACILITATOR)))
    for row in table["themes"]:
        group(event, row, by=helper if row.get("by_facilitator") else by)
    heard = {row["key"]: hear(event, row, by=by) for row in table["statements"]}
    for row in table["decisions"]:
        decide(event, row, heard, by=by)
    for row in table["declined"]:
        decline_notes(named(row["notes"]), row["why"], by=by)
    for row in table["ties"]:
        tie(principle_at(row["one"]), principle_at(row["other"]), row["why"], by=by)


def named(rows: list[list[str]]) -> list[Note]:
    """The notes of the demonstration wall with these words under these headings."""
    on_the_wall = Note.objects.filter(board__slug=read_table("outcomes")["board"])
    return [on_the_wall.get(station__code=code, text=text) for code, text in rows]


def principle_at(path: str) -> Principle:
    of_set, slug = path.split("/")
    return Principle.objects.get(set__slug=of_set, slug=slug)


def group(event: Event, row: dict, *, by: Viewer) -> Theme:
    return make_theme(event, row["name"], about=row["about"], notes=named(row["notes"]), by=by)


def hear(event: Event, row: dict, *, by: Viewer) -> Statement:
    """A statement, published, that cites notes or a theme; put right where the table says so."""
    themes = Theme.objects.filter(event=event, name=row.get("theme", ""))
    statement = draft_statement(event, row["text"], notes=named(row["notes"]), themes=themes, by=by)
    statement = publish_statement(statement, by=by)
    if "corrected" in row:
        return correct_statement(statement, row["corrected"], row["because"], by=by)
    return statement


def decide(event: Event, row: dict, heard: dict[str, Statement], *, by: Viewer) -> None:
    """A decision, published, with what became of it since."""
    updates, cited = row.pop("updates"), [heard[key] for key in row.pop("statements")]
    person = by.person if row["kind"] != "will_not" else None
    decision = publish_decision(draft_decision(event, statements=cited, person=person, by=by, **row), by=by)
    for update in updates:
        shown_at = Event.objects.get(slug=update.pop("shown_at"))
        update_decision(decision, shown_at=shown_at, by=by, **update)
