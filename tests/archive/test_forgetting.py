"""Who left what is forgotten when it was promised, and nothing else is."""

import tomllib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from archive.forgetting import READER_DAYS, Forgotten, forget_due
from archive.retention import POLICY
from people.guests import Viewer
from people.models import Act
from responses.joining import join
from responses.models import Activity, Board, Note, Participant, Reading, Ruling, Station
from responses.models.activities import LINK_DAYS
from responses.readings.ruling import accept_reading
from responses.receipts import receipt_for
from responses.room import close_activity, open_activity
from responses.tallies import tally_of
from tests.paper import paper_note, read_as

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
DUE = NOW - timedelta(days=LINK_DAYS)


@pytest.fixture
def boards(
    make_board: Callable[..., Board], post_note: Callable[..., Note], ada: Viewer, ben: Viewer, dee: Viewer
) -> dict[str, Board]:
    """One that is due to the second, one a second later, one still open, one opened again."""
    first = make_board(slug="due", state=Board.State.CLOSED)
    made = {"due": first} | {
        slug: make_board(slug=slug, event=first.event, state=Board.State.CLOSED)
        for slug in ("soon", "open", "reopened")
    }
    for slug, board in made.items():
        open_activity(board, by=ada)
        board.refresh_from_db()
        for guest in (ben, dee):
            join(board.code, by=guest)
        post_note(board.stations.get(), f"On {slug}.", by=ben)
        post_note(board.stations.get(), "", by=dee)
        if slug != "open":
            close_activity(board, by=ada)
    open_activity(made["reopened"], by=ada)
    Activity.objects.filter(slug="due").update(closed_at=DUE)
    Activity.objects.filter(slug="soon").update(closed_at=DUE + timedelta(seconds=1))
    return made


def seats() -> dict[str, int]:
    slugs = Participant.objects.values_list("activity__slug", flat=True)
    return {slug: list(slugs).count(slug) for slug in set(slugs)}


def test_exactly_the_due_participants_are_forgotten(boards: dict[str, Board]) -> None:
    assert forget_due(NOW) == Forgotten(participants=2, activities=1)
    assert seats() == {"soon": 2, "open": 2, "reopened": 2}
    assert forget_due(NOW + timedelta(seconds=1)) == Forgotten(participants=2, activities=1)
    assert seats() == {"open": 2, "reopened": 2}


def test_forgetting_again_changes_nothing(boards: dict[str, Board]) -> None:
    forget_due(NOW)
    acts = Act.objects.count()
    assert forget_due(NOW) == Forgotten(participants=0, activities=0)
    assert Act.objects.count() == acts


def test_notes_and_counts_are_as_they_were(boards: dict[str, Board], client: Client) -> None:
    def facts() -> list[tuple]:
        return list(Note.objects.order_by("pk").values_list("pk", "text", "mark", "number", "receipt_hash"))

    def wall() -> str:
        return client.get("/events/wall-day/boards/due/").text.split("<main")[1]

    before = facts(), tally_of(Note.objects.filter(board__slug="due")), wall()
    forget_due(NOW)
    assert (facts(), tally_of(Note.objects.filter(board__slug="due")), wall()) == before


def test_afterwards_nobody_can_tell_whose_a_note_was_but_who_has_its_receipt(
    boards: dict[str, Board], ben: Viewer, client: Client
) -> None:
    note = Note.objects.get(text="On due.")
    assert note in Note.objects.of(ben)
    forget_due(NOW)
    assert note not in Note.objects.of(ben)
    assert {n.board.slug for n in Note.objects.of(ben)} == {"soon", "open", "reopened"}
    assert Note.objects.get(pk=note.pk).participant is None
    assert "On due." in client.get(f"/receipt/{receipt_for(note.key)}/").text


def test_forgetting_leaves_a_trace_without_a_name(boards: dict[str, Board]) -> None:
    forget_due(NOW)
    act = Act.objects.get(verb="participants_forgotten")
    assert (act.actor, act.person, act.subject) == ("the site", None, boards["due"].identifier)


@pytest.mark.django_db
def test_the_command_says_what_went(boards: dict[str, Board], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("forget")
    assert (
        capsys.readouterr().out
        == "Forgot 4 participants of 2 closed activities, and the readers of 0 readings.\n"
    )
    call_command("forget")
    assert (
        capsys.readouterr().out
        == "Forgot 0 participants of 0 closed activities, and the readers of 0 readings.\n"
    )


def test_the_policy_promises_the_same_days() -> None:
    personal = tomllib.loads(POLICY.read_text())["personal"]
    links = {name for name in personal if name.endswith(".participant")} | {"responses.participant.token"}
    assert len(links) >= 5
    for name in links:
        assert personal[name]["keep"].startswith(f"{LINK_DAYS} days after the "), name


@pytest.fixture
def readings(station: Station, ada: Viewer, ben: Viewer, dee: Viewer) -> dict[str, Reading]:
    """Of a note ruled on LINK_DAYS ago: one before and one after; and of one that nobody ruled on."""
    ruled, open_one = paper_note(station), paper_note(station)
    made = {"before": read_as(ruled, "One.", by=ben), "after": read_as(ruled, "Two.", by=dee)}
    made |= {"old": read_as(open_one, "Three.", by=ben), "young": read_as(open_one, "Four.", by=dee)}
    accept_reading(made["before"], by=ada)
    Ruling.objects.update(at=DUE)
    year = NOW - timedelta(days=READER_DAYS)
    ages = {"before": DUE, "after": DUE + timedelta(seconds=1), "old": year}
    ages["young"] = year + timedelta(seconds=1)
    for name, at in ages.items():
        Reading.objects.filter(pk=made[name].pk).update(at=at)
    return made


def told_apart(readings: dict[str, Reading]) -> set[str]:
    tokens = dict(Reading.objects.values_list("pk", "token"))
    return {name for name, reading in readings.items() if tokens[reading.pk]}


def test_who_read_is_forgotten_once_somebody_ruled_or_after_a_year(readings: dict[str, Reading]) -> None:
    assert forget_due(NOW - timedelta(seconds=1)).readers == 0
    assert told_apart(readings) == {"before", "after", "old", "young"}
    assert forget_due(NOW).readers == 2
    assert told_apart(readings) == {"after", "young"}
    assert forget_due(NOW + timedelta(seconds=1)).readers == 1
    assert told_apart(readings) == {"after"}, "what was read after the ruling waits for the next one"
    assert forget_due(NOW + timedelta(days=READER_DAYS)).readers == 1


def test_what_was_read_stays_as_it_was(readings: dict[str, Reading]) -> None:
    def facts() -> list[tuple]:
        return list(Reading.objects.order_by("pk").values_list("pk", "text", "mark", "is_held", "reader"))

    before = facts()
    forget_due(NOW + timedelta(days=READER_DAYS))
    assert facts() == before
    assert told_apart(readings) == set()


def test_the_policy_promises_the_same_days_for_readers() -> None:
    keep = tomllib.loads(POLICY.read_text())["personal"]["responses.reading.token"]["keep"]
    assert keep == f"{LINK_DAYS} days after the note was ruled on, or a year after the reading"
    assert READER_DAYS == 365


def test_every_link_to_a_participant_is_let_go_and_takes_nothing_with_it() -> None:
    """A row that went with its participant would be a note or a count that is lost."""
    assert {relation.on_delete.__name__ for relation in Participant._meta.related_objects} == {"SET_NULL"}
