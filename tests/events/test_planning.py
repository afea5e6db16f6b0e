"""Putting events and series on record, and changing what is known of them."""

from collections.abc import Callable
from datetime import time

import pytest
from django.test import Client
from django.utils import timezone

from events.agenda import add_item
from events.models import Appointment, Duty, Event, Series
from events.planning import copy_event, edit_event, edit_series, found_series, plan_event
from people.guests import Viewer
from people.models import Act, Organisation, Person
from people.refusals import Refused
from principles.models import PrincipleSet
from tests.conftest import make_person

pytestmark = pytest.mark.django_db
MakeEvent = Callable[..., Event]


@pytest.fixture
def planned(ada: Viewer) -> Event:
    return plan_event(by=ada, name="Garden day", date="2027-03-06", place="The hall")


def seen_of(client: Client, slug: str) -> str:
    """What the form carries so that nobody overwrites what they have not seen."""
    page = client.get(f"/events/{slug}/edit/").text
    return page.partition('name="seen" value="')[2].partition('"')[0]


def test_whoever_plans_an_event_runs_it_and_nobody_else_sees_it(
    planned: Event, ada: Viewer, researcher: Viewer
) -> None:
    assert planned.status == Event.Status.DRAFT
    assert planned.is_run_by(ada)
    assert not planned.is_run_by(researcher)
    assert list(Event.objects.visible_to(researcher)) == []
    assert Act.objects.filter(verb="planned", subject=planned.identifier, person=ada.person).exists()


def test_whoever_plans_an_event_is_named_on_its_page_only_if_they_say_so(planned: Event, ada: Viewer) -> None:
    assert not planned.organisers.exists()
    edit_event(planned, by=ada, is_named=True)
    assert [str(one) for one in planned.organisers.all()] == ["Ada"]
    edit_event(planned, by=ada, is_named=False)
    assert not planned.organisers.exists()
    assert planned.is_run_by(ada)


def test_who_is_named_and_taken_off_the_page_goes_on_running_it(make_event: MakeEvent, ada: Viewer) -> None:
    event = make_event()
    assert not event.appointments.exists()
    edit_event(event, by=ada, is_named=False)
    assert event.is_run_by(ada)


@pytest.mark.parametrize("who", ["researcher", "ben", "cleo"])
def test_only_organisers_put_events_and_series_on_record(who: str, request: pytest.FixtureRequest) -> None:
    viewer = request.getfixturevalue(who)
    for act in (
        lambda: plan_event(by=viewer, name="Mine", date="2027"),
        lambda: found_series(by=viewer, name="Mine"),
    ):
        with pytest.raises(Refused, match="Only organisers"):
            act()
    assert not Event.objects.exists()
    assert not Series.objects.exists()


def test_who_organises_a_series_plans_events_in_it_and_nowhere_else(ada: Viewer) -> None:
    series, other = (found_series(by=ada, name=name) for name in ("Walks", "Talks"))
    eve = Viewer(person=make_person("Eve"))
    Appointment.objects.create(person=eve.person, series=series, duty=Duty.ORGANISER)
    event = plan_event(by=eve, name="First walk", date="2027-03", series=series)
    assert (event.series, event.position) == (series, 1)
    for elsewhere in (None, other):
        with pytest.raises(Refused, match="Only organisers"):
            plan_event(by=eve, name="Elsewhere", date="2027", series=elsewhere)
    with pytest.raises(Refused, match="organise a series"):
        edit_event(event, by=eve, series=other)


def test_who_organises_one_event_takes_it_out_of_no_series(ada: Viewer) -> None:
    event = plan_event(by=ada, name="First walk", date="2027-03", series=found_series(by=ada, name="Walks"))
    eve = Viewer(person=make_person("Eve"))
    Appointment.objects.create(person=eve.person, event=event, duty=Duty.ORGANISER)
    edit_event(event, by=eve, place="The gate", series=event.series)
    with pytest.raises(Refused, match="take one out"):
        edit_event(event, by=eve, series=None)


def test_two_events_of_one_name_have_two_addresses(ada: Viewer) -> None:
    slugs = [plan_event(by=ada, name="Garden day", date="2027-03-06").slug for _ in range(4)]
    assert slugs == ["garden-day", "garden-day-2027", "garden-day-2", "garden-day-3"]


@pytest.mark.parametrize("name", ["New", "feed", "Sign-ups", "Calendar", "Series", "日本"])
def test_no_event_and_no_series_takes_an_address_that_means_something_else(ada: Viewer, name: str) -> None:
    event = plan_event(by=ada, name=name, date="2027-03-06")
    assert event.slug not in {"new", "feed", "sign-ups", "calendar", "series", ""}
    assert found_series(by=ada, name=name).slug not in {"new", "feed", ""}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": "  "}, "Give the event a name"),
        ({"date": "soon"}, "is not a date"),
        ({"starts": time(10), "ends": time(9)}, "ends before it starts"),
        ({"ends": time(9)}, "when it starts"),
        ({"date": "2027-03", "starts": time(10)}, "Times need a day"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(ada: Viewer, fields: dict, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        plan_event(by=ada, **{"name": "Garden day", "date": "2027-03-06"} | fields)
    assert not Event.objects.exists()


def test_hours_are_those_of_the_place_and_go_over_all_its_days(ada: Viewer) -> None:
    event = plan_event(by=ada, name="Camp", date="2027-07-02/2027-07-04", starts=time(10, 30), ends=time(9))
    event.refresh_from_db()
    assert event.hours == "10:30 to 09:00"
    assert timezone.localtime(event.ends_at).date() == event.last_day
    assert event.starts_at.hour == 9  # in summer, by the clock of the world


def test_changes_of_a_draft_are_nobody_elses_business(planned: Event, ada: Viewer) -> None:
    assert edit_event(planned, by=ada, place="The library", why="Flood.") == ""
    assert not planned.changes.exists()


def test_the_change_log_says_what_a_record_said_before(make_event: MakeEvent, ada: Viewer) -> None:
    event = make_event(place="The hall")
    said = edit_event(
        event, by=ada, place="The library", attendance_stated="about 40", why="We looked it up."
    )
    assert said == (
        "Place corrected from “The hall” to “The library”. Attendance as stated added: “about 40”. "
        "We looked it up."
    )
    change = event.changes.first()
    assert (change.what, change.kind, change.by) == (said, "corrected", ada.person)


def test_an_announced_event_is_changed_rather_than_corrected(make_event: MakeEvent, ada: Viewer) -> None:
    event = make_event(status="announced")
    assert edit_event(event, by=ada, date="2019-03") == "Date changed from “6 March 2019” to “March 2019”."
    assert event.changes.first().kind == "changed"


def test_the_longest_change_fits_its_line(make_event: MakeEvent, ada: Viewer) -> None:
    event = make_event(place="p" * 200, attendance_stated="s" * 100)
    said = edit_event(
        event, by=ada, name="n" * 200, place="q" * 200, attendance_stated="t" * 100, why="w" * 300
    )
    assert len(said) <= 300
    assert event.changes.first().what == said


def test_what_nobody_follows_is_changed_without_a_line(make_event: MakeEvent, ada: Viewer) -> None:
    event = make_event()
    assert edit_event(event, by=ada, summary="Other words.", tags=["soil"]) == ""
    assert event.changes.count() == 1


def test_only_those_who_run_it_change_an_event(make_event: MakeEvent, researcher: Viewer) -> None:
    event = make_event()
    with pytest.raises(Refused, match="Only those who run"):
        edit_event(event, by=researcher, place="Elsewhere")


def test_organisations_stand_in_the_order_they_are_typed_and_each_is_on_record_once(
    planned: Event, ada: Viewer
) -> None:
    Organisation.objects.create(name="The Library")
    edit_event(planned, by=ada, organisations=["Diggers", "the library"], is_named=True)
    assert [str(one) for one in planned.organisers.all()] == ["Diggers", "The Library", "Ada"]
    edit_event(planned, by=ada, organisations=["The Library"])
    assert [str(one) for one in planned.organisers.all()] == ["The Library", "Ada"]
    assert Organisation.objects.count() == 2


def test_a_copy_has_what_is_known_before_and_nothing_of_what_happened(
    make_event: MakeEvent, make_set: Callable[..., PrincipleSet], ada: Viewer
) -> None:
    event = make_event(
        place="The hall",
        attendance=30,
        attendance_stated="thirty",
        principle_sets=[make_set()],
        tags=["soil"],
    )
    lead = Person.objects.create(name="Lena")
    add_item(event, by=ada, title="Tea", time="10", leads=[lead], led_by="and Max")
    edit_event(event, by=ada, starts=time(10), ends=time(12), organisations=["Diggers"])
    event.refresh_from_db()
    copied = copy_event(event, by=ada, name="Wall day again", date="2028-05-01")
    item = copied.agenda.get()
    assert (copied.status, copied.place, copied.attendance, copied.attendance_stated) == (
        "draft", "The hall", None, "",
    )  # fmt: skip
    assert (copied.hours, [tag.name for tag in copied.tags.all()]) == ("10:00 to 12:00", ["soil"])
    assert (item.title, list(item.leads.all()), item.led_by) == ("Tea", [lead], "and Max")
    assert [str(one) for one in copied.organisers.all()] == ["Diggers", "Ada"]
    assert (copied.principle_sets.count(), copied.changes.count(), event.agenda.count()) == (1, 0, 1)


def test_a_copy_whose_day_is_open_has_no_hours(make_event: MakeEvent, ada: Viewer) -> None:
    event = make_event()
    edit_event(event, by=ada, starts=time(10))
    assert copy_event(event, by=ada, name="Again", date="2028-05").hours == ""


def test_events_of_a_series_stand_in_the_order_they_are_put(ada: Viewer, researcher: Viewer) -> None:
    series = found_series(by=ada, name="Walks")
    walks = [plan_event(by=ada, name=f"Walk {n}", date=f"2027-0{n}", series=series) for n in (1, 2, 3)]
    edit_series(series, by=ada, name="Walks", summary="", order=[walk.pk for walk in reversed(walks)])
    assert list(series.events.in_order()) == walks[::-1]
    with pytest.raises(Refused, match="organise this series"):
        edit_series(series, by=researcher, name="Mine", summary="", order=[])


def test_after_an_event_is_planned_its_page_says_what_to_do_next(client: Client, ada: Viewer) -> None:
    client.force_login(ada.person)
    typed = {"name": "Garden day", "date": "6 March 2027", "starts": "10:30", "place": "The hall"}
    answer = client.post("/events/new/", typed)
    assert answer.url == "/events/garden-day/state/"
    page = client.get(answer.url).text
    for address in ("write/", "boards/new/", "agenda/", "roles/", "edit/", "copy/"):
        assert f'href="/events/garden-day/{address}' in page
    assert "Publish it now" in page


def test_what_was_typed_stays_where_something_is_wrong(client: Client, ada: Viewer) -> None:
    client.force_login(ada.person)
    answer = client.post("/events/new/", {"name": "Garden day", "date": "soonish", "place": "The hall"})
    assert answer.status_code == 422
    for said in ('value="soonish"', 'value="The hall"', "“soonish” is not in the calendar"):
        assert said in answer.text


def test_whoever_saves_over_somebody_else_is_told_first_and_loses_nothing(
    client: Client, planned: Event, ada: Viewer, steward: Viewer
) -> None:
    client.force_login(ada.person)
    seen = seen_of(client, planned.slug)
    edit_event(planned, by=steward, place="The library")
    typed = {"name": "Garden day", "date": "6 March 2027", "place": "The barn", "seen": seen}
    answer = client.post(f"/events/{planned.slug}/edit/", typed)
    assert answer.status_code == 422
    assert "“The library”" in answer.text
    assert 'value="The barn"' in answer.text
    planned.refresh_from_db()
    assert planned.place == "The library"
    fresh = answer.text.partition('name="seen" value="')[2].partition('"')[0]
    assert client.post(f"/events/{planned.slug}/edit/", typed | {"seen": fresh}).status_code == 302
    planned.refresh_from_db()
    assert planned.place == "The barn"


def test_the_form_shows_everything_that_is_on_record_and_saving_it_changes_nothing(
    client: Client, make_event: MakeEvent, ada: Viewer
) -> None:
    event = make_event(place="The hall", date="2018-11-05/2018-11-07", attendance=0, tags=["soil", "walls"])
    edit_event(event, by=ada, starts=time(10), organisations=["Diggers", "The Library"])
    client.force_login(ada.person)
    form = client.get("/events/wall-day/edit/").context["form"]
    typed = {name: form[name].value() for name in form.fields}
    assert typed["date"] == "5–7 November 2018"
    told = {name: value for name, value in typed.items() if value is not None and value is not False}
    changes = event.changes.count()
    assert client.post("/events/wall-day/edit/", told).status_code == 302
    event.refresh_from_db()
    assert (event.hours, event.date, event.attendance) == ("10:00", "2018-11-05/2018-11-07", 0)
    assert [str(one) for one in event.organisers.all()] == ["Diggers", "The Library", "Ada"]
    assert event.changes.count() == changes


def test_strangers_find_no_page_that_changes_an_event(client: Client, planned: Event) -> None:
    client.force_login(make_person("Ben"))
    for name in ("edit", "state", "copy"):
        assert client.get(f"/events/{planned.slug}/{name}/").status_code == 404
    assert client.get("/events/new/").status_code == 403
    assert client.get("/series/new/").status_code == 403


def test_a_series_is_begun_and_changed_on_its_pages(client: Client, ada: Viewer) -> None:
    client.force_login(ada.person)
    assert client.post("/series/new/", {"name": " "}).status_code == 422
    assert client.post("/series/new/", {"name": "Walks"}).url == "/series/walks/"
    walk, talk = (
        plan_event(by=ada, name=name, date="2027", series=Series.objects.get()) for name in ("Walk", "Talk")
    )
    typed = {"name": "Walks and talks", f"place-{walk.pk}": "2", f"place-{talk.pk}": "1"}
    assert client.post("/series/walks/edit/", typed).url == "/series/walks/"
    assert list(Series.objects.get().events.in_order()) == [talk, walk]
    assert 'href="/events/new/?series=walks"' in client.get("/series/walks/").text


def test_the_list_offers_to_plan_one_to_those_who_may(client: Client, ada: Viewer) -> None:
    assert "Plan an event" not in client.get("/events/").text
    client.force_login(ada.person)
    assert "Plan an event" in client.get("/events/").text
