"""What the demo community shows."""

from collections.abc import Iterator
from itertools import product
from unittest.mock import Mock

import pytest
from allauth.account.models import EmailAddress
from django.db.models import Count, Q
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from archive.demo import photographs
from archive.demo.accounts import DOES, HELPS, email_of
from archive.management.commands import seed as command
from coproduce.images.keeping import original_of
from events.models import Appointment, Duty, Event, Series
from journal.attachments import kind_of
from journal.models import (
    Attachment,
    Comment,
    Film,
    Illustration,
    Post,
    PostSeries,
    Report,
    State,
    Story,
    Version,
)
from outcomes.models import Promise
from people.guests import ANYBODY
from people.models import Person
from principles.models import PrincipleSet, Wording
from responses.models import (
    Board,
    Drawing,
    Mark,
    Note,
    Origin,
    Photo,
    Picture,
    Ruling,
    Station,
    TextState,
)
from responses.readings.places import Place
from responses.readings.queue import place_of_note
from responses.tallies import tallies_by_station
from tests.archive.test_seed import rows, seed
from tests.lasting import lasting

pytestmark = pytest.mark.django_db
PARTICIPANT_MARKS = [mark for mark in Mark if mark != Mark.NOT_RECORDED]


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with lasting(django_db_blocker), pytest.MonkeyPatch.context() as without:
        without.setattr(command, "hang_photographed_wall", Mock())
        seed()
        without.undo()
        yield


@pytest.fixture
def demo(seeded: None, db: None) -> None:
    """All but the photographed wall, which takes as long as the rest; made once for all tests here."""


@pytest.fixture
def whole_demo(demo: None) -> None:
    seed()


def facts() -> set[tuple[str, str, str]]:
    return set(Note.objects.standing().values_list("mark", "text_state", "origin"))


def test_the_sign_ins_are_printed_again_without_loading_anything(demo: None) -> None:
    before = rows()
    said = seed("--sign-ins")
    assert rows() == before
    assert all(email_of(kind) in said for kind in (*DOES, *HELPS))
    assert reverse("account_login") in said


def test_everyone_of_the_demo_can_be_sent_a_code(demo: None) -> None:
    for kind in (*DOES, *HELPS):
        person = Person.objects.get(email=email_of(kind))
        assert not person.has_usable_password()
        assert person.role_kinds == ({kind} if kind in DOES else set())
        assert EmailAddress.objects.get(user=person).verified


def test_the_series_has_its_three_events_in_order(demo: None) -> None:
    events = Series.objects.get(slug="coalitions-for-change").events.in_order()
    assert list(events.values_list("slug", "date", "attendance")) == [
        ("shaping-the-coalition", "2019-01-29", 36),
        ("values-and-principles", "2019-03-06", None),
        ("calls-to-action", "2019-07-01", None),
    ]


def test_everything_invented_says_that_it_is(whole_demo: None) -> None:
    assert not Event.objects.filter(is_invented=False).exists()
    assert not Post.objects.filter(is_invented=False).exists()
    assert not Board.objects.filter(is_invented=False).exists()


def test_the_promises_stand_as_they_are_known(demo: None) -> None:
    states = sorted(Promise.objects.visible_to(ANYBODY).values_list("state", flat=True))
    assert states == ["kept", "kept", "unknown", "unknown"]


def test_doubtful_words_are_shown_as_doubtful(demo: None) -> None:
    elephants = PrincipleSet.objects.get(slug="elephants")
    first = Wording.objects.filter(principle__set=elephants, version=1)
    assert first.count() == 8
    assert not first.exclude(status=Wording.Status.DOUBTFUL)
    assert len(elephants.equal_wordings) == 1


def test_a_set_without_recorded_words_is_given_none(demo: None) -> None:
    assert not Wording.objects.exclude(principle__set__slug="elephants").exists()


def test_one_wording_has_a_history(demo: None) -> None:
    assert list(Wording.objects.filter(version=2).values_list("principle__slug", flat=True)) == ["power"]


def test_its_notes_answered_different_words_of_one_principle(demo: None) -> None:
    power = Wording.objects.filter(principle__set__slug="elephants", principle__slug="power")
    # The third came of an amendment after both days.
    noted = power.annotate(number=Count("notes")).values_list("version", "number")
    assert dict(noted) == {1: 12, 2: 15, 3: 0}


def test_the_demo_shows_every_note_there_can_be(demo: None) -> None:
    paper = set(product(Mark.values, TextState.values, [Origin.PAPER.value]))
    typed = set(product(PARTICIPANT_MARKS, ["read", "no_text"], [Origin.OWN_DEVICE.value]))
    counted = set(product(Mark.values, ["no_text"], [Origin.COUNTED_IN_ROOM.value]))
    assert (paper | typed | counted) - facts() == set()


def test_one_note_is_kept_to_its_board_and_one_was_withdrawn(demo: None) -> None:
    assert Note.objects.standing().filter(consent__public=False).count() == 1
    assert list(
        Note.objects.exclude(withdrawn_at=None).values_list("ending", flat=True).order_by("ending")
    ) == [
        "taken_back",
        "withdrawn",
    ]


def test_a_stated_number_stands_beside_another_count(demo: None) -> None:
    sheet = Station.objects.get(board__slug="demo-paper", heading="Engaged")
    tally = tallies_by_station([sheet])[sheet.pk]
    assert (tally.stated, tally.total) == (6, 7)


def test_the_demo_leaves_room_for_an_imported_transcript(demo: None) -> None:
    assert not Board.objects.filter(event__slug="values-and-principles", slug="transcript").exists()


def test_the_front_page_stands_on_the_demo(demo: None, client: Client) -> None:
    assert client.get("/").status_code == 200


def test_the_drawings_of_the_demo_are_ours_invented_and_without_originals(demo: None) -> None:
    drawing = Drawing.objects.get()
    hanging = Picture.objects.visible_to(ANYBODY).filter(drawing=drawing)
    assert drawing.is_invented
    assert [picture.quotation is not None for picture in hanging] == [True, False, False]
    assert drawing.pictures.exclude(withdrawn_at=None).count() == 1
    assert not any(original_of(picture.files) for picture in hanging)


def test_the_photographed_wall_shows_every_state_of_a_note(whole_demo: None) -> None:
    board = Board.objects.get(slug="demo-photographed")
    photo = Photo.objects.on_show().get(board=board)
    assert photo.alt
    assert photo.basis == Photo.Basis.NOBODY
    assert photo.regions.get(covered_at__isnull=False).note.ending == Note.Ending.WITHDRAWN
    assert {place_of_note(note) for note in board.notes.standing()} == set(Place)
    rejected = Ruling.objects.get(action=Ruling.Action.REJECT, note__board=board)
    assert rejected.why
    assert rejected.reading.is_held
    sheet = board.stations.get(stated_count=9)
    assert sheet.notes.standing().count() == 7
    assert sheet.count_remarks.get().why


def test_a_wall_that_was_left_half_done_is_finished_by_another_seed(
    demo: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(photographs, "publish_photo", Mock(side_effect=RuntimeError))
        with pytest.raises(RuntimeError):
            seed()
    assert not Board.objects.filter(slug="demo-photographed").exists()
    assert "already" in seed()
    assert Photo.objects.on_show().get().regions.count() == 14


def test_the_wall_hangs_also_where_a_worker_has_taken_its_tasks(
    demo: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photographs, "run_ready", Mock(return_value=0))
    seed()
    photo = Photo.objects.get()
    assert photo.is_made
    assert photo.published_at
    assert photo.covers, "what was taken back waits for the worker, and hides it all until then"
    assert not Photo.objects.on_show().exists()


def test_each_role_of_an_event_has_somebody_who_does_nothing_else(demo: None) -> None:
    event = Event.objects.get(slug="values-and-principles")
    held = Appointment.objects.current().filter(Q(event=event) | Q(series=event.series))
    assert set(held.values_list("duty", flat=True)) == set(Duty.values)
    for duty in HELPS:
        person = Person.objects.get(email=email_of(duty))
        assert person.appointments.get().duty == duty


def test_what_is_ahead_is_a_draft_announced_or_called_off(demo: None) -> None:
    ahead = Event.objects.filter(first_day__gt=timezone.localdate(), takes_sign_ups=True)
    assert set(ahead.values_list("status", flat=True)) == {Event.Status.DRAFT, Event.Status.ANNOUNCED}
    assert Event.objects.exclude(cancelled_at=None).get().cancelled_why


def test_what_was_sent_stands_in_every_state(demo: None) -> None:
    states = {State.HELD, State.SHOWN, State.REMOVED}
    assert set(Comment.objects.values_list("state", flat=True)) == states
    assert set(Story.objects.values_list("state", flat=True)) == states - {State.REMOVED}
    assert set(Report.objects.values_list("outcome", flat=True)) == {"", Report.Outcome.UPHELD}


def test_the_posts_of_a_series_are_told_which_parts_they_are(demo: None) -> None:
    posts = Post.objects.filter(series=PostSeries.objects.get()).order_by("part")
    assert list(posts.values_list("part", "series__parts")) == [(1, 3), (2, 3)]


def test_readers_have_a_film_a_picture_a_file_and_a_correction(demo: None, client: Client) -> None:
    film, file = Film.objects.get(), Attachment.objects.get()
    assert Illustration.objects.visible_to(ANYBODY).get().alt
    assert "invented" in client.get(film.get_absolute_url()).content.decode()
    assert kind_of(client.get(file.get_absolute_url()).content) == "odt"
    assert Version.objects.exclude(published_at=None).filter(is_correction=True).exists()
