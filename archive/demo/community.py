"""Puts the demo community on record, through the same acts that people use."""

from django.utils.text import slugify

from archive.demo.accounts import open_accounts
from archive.demo.amendments import amend, call_for_action
from archive.demo.cards import take_stands
from archive.demo.coming import announce_what_is_coming
from archive.demo.comments import leave_comments
from archive.demo.drawings import hang_drawings
from archive.demo.enclosures import enclose_film
from archive.demo.followers import give_addresses
from archive.demo.hands import count_room
from archive.demo.helping import find_helpers
from archive.demo.journal import publish_posts
from archive.demo.moderated import put_up_moderated
from archive.demo.outcomes import draw_conclusions
from archive.demo.people import put_people_on_record
from archive.demo.plans import plan_more
from archive.demo.polls import hold_polls
from archive.demo.reports import report_things
from archive.demo.requests import send_requests
from archive.demo.room import fill_room
from archive.demo.stories import tell_stories
from archive.demo.studies import study_notes
from archive.demo.tables import read_table
from archive.demo.texts import change_texts
from archive.demo.walls import put_up_boards, put_up_transcript
from events.models import Duty, Event, Series
from events.record import add_quotation, announce_event, log_change
from journal.writing import write_at_once
from outcomes.promises import make_promise
from people.guests import Viewer
from people.models import Organisation
from principles.models import Principle, PrincipleSet, Wording
from principles.wording import add_wording


def found_community() -> None:
    """Everything at once; the caller holds the transaction."""
    organiser = open_accounts()
    for row in read_table("principles")["sets"]:
        found_set(row)
    hold_events(by=organiser)
    put_people_on_record(by=organiser)
    find_helpers(by=organiser)
    announce_what_is_coming(by=organiser)
    plan_more(by=organiser)
    put_up_boards(by=organiser)
    count_room(by=organiser)
    fill_room(by=organiser)
    # Between the two walls, so that their notes answered different words of one principle.
    reword_principles()
    put_up_transcript(by=organiser)
    put_up_moderated(by=organiser)
    hold_polls(by=organiser)
    take_stands(by=organiser)
    publish_posts(by=organiser)
    change_texts(by=organiser)
    enclose_film(by=organiser)
    tell_stories(by=organiser)
    leave_comments(by=organiser)
    report_things(by=organiser)
    send_requests(by=organiser)
    draw_conclusions(by=organiser)
    amend(by=organiser)
    call_for_action(by=organiser)
    give_addresses()
    study_notes()
    # Last, since files do not go when the rows of a seed that fails are rolled back.
    hang_drawings(by=organiser)


# Principles


def found_set(row: dict) -> None:
    """A set with its principles in order, and whatever words are on record."""
    wording, doubt = row.pop("doubtful_wording", ""), row.pop("doubt", "")
    principles = row.pop("principles")
    made = PrincipleSet.objects.create(**row)
    for position, fields in enumerate(principles, 1):
        fields.setdefault("slug", slugify(fields["name"]))
        principle = Principle.objects.create(set=made, position=position, **fields)
        if wording:
            status = Wording.Status.DOUBTFUL
            add_wording(principle, wording, by=None, status=status, source=made.source, doubt=doubt)


def reword_principles() -> None:
    for row in read_table("principles")["rewordings"]:
        principle = Principle.objects.get(set__slug=row["set"], slug=row["principle"])
        add_wording(principle, row["text"], by=None, source="Invented for the demonstration")


# Events


def hold_events(*, by: Viewer) -> None:
    table = read_table("events")
    bodies = {name: Organisation.objects.create(name=name) for name in table["organisations"]}
    series = Series.objects.create(**table["series"])
    series.appointments.create(person=by.person, duty=Duty.ORGANISER)
    rows = table["events"]
    events = {row["slug"]: hold_event(row, series, bodies, by=by) for row in rows}
    for row in rows:
        for promise in row.get("promises", ()):
            promise_at(events[row["slug"]], promise, bodies, events)


def hold_event(row: dict, series: Series, bodies: dict[str, Organisation], *, by: Viewer) -> Event:
    """An event, its quotations and its change log; the demo organiser runs those of the series."""
    lists = ("organisers", "sets", "quotations", "changes", "promises", "body")
    in_series = "position" in row
    event = announce_event(
        by=by,
        organisers=[bodies[name] for name in row["organisers"]] + ([by.person] if in_series else []),
        principle_sets=[PrincipleSet.objects.get(slug=slug) for slug in row.get("sets", ())],
        series=series if in_series else None,
        is_invented=True,
        **{name: value for name, value in row.items() if name not in lists},
    )
    if row.get("body"):
        write_at_once(event, row["body"], by=by)
    for text, said_by in row.get("quotations", ()):
        add_quotation(event, text, said_by=said_by, by=by)
    for what in row.get("changes", ()):
        log_change(event, what, by=by)
    return event


def promise_at(event: Event, row: dict, bodies: dict[str, Organisation], events: dict[str, Event]) -> None:
    kept_at = events.get(row.get("kept_at", ""))
    make_promise(event, by=None, **row | {"owner": bodies[row["owner"]], "kept_at": kept_at})
