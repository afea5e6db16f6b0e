"""Reports: what they hide at once and what they do not, who decides, and what comes back."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import override

from events.models import Appointment, Duty, Event
from journal.comments import edit_comment
from journal.judging import REPORTED, judge
from journal.models import Comment, Judgement, Report, State
from journal.reports import HIDES, SENT, STAYS_FOR, Words, decide_report, report
from people.guests import Viewer
from people.limits import TooMany
from people.models import Letter, Role
from people.refusals import Refused
from responses.drawing import Words as DrawnWords
from responses.drawing import correct_picture
from responses.models import Board, Moderation, Note, Photo
from responses.moderation import hide_note
from tests.conftest import make_person
from tests.drawings import hang_one, hold_drawing
from tests.polls import hold_poll, suggest
from tests.reading import photo_of
from tests.sent import make_open_post, say

pytestmark = pytest.mark.django_db
UPHELD, DISMISSED = Report.Outcome.UPHELD, Report.Outcome.DISMISSED


@pytest.fixture
def send(cleo: Viewer) -> Callable[..., Report]:
    """Report something as a stranger, from a network of its own unless told otherwise."""

    def send_one(thing: Model, reason: str = "personal", **facts: object) -> Report:
        words = Words(facts.pop("text", ""), facts.pop("email", ""))
        known = {"by": cleo, "key": uuid4(), "network": uuid4().hex} | facts
        return report(thing, reason, words=words, **known)

    return send_one


@pytest.fixture
def shown_comment(ben: Viewer, steward: Viewer) -> Comment:
    comment = say(make_open_post(), by=ben)
    judge(comment, State.SHOWN, by=steward)
    return comment


@pytest.fixture
def note(board: Board, post_note: Callable[..., Note]) -> Note:
    return post_note(board.stations.get())


def is_there(thing: Model, cleo: Viewer) -> bool:
    return type(thing).objects.visible_to(cleo).filter(pk=thing.pk).exists()


@pytest.fixture
def things(
    shown_comment: Comment, note: Note, make_event: Callable[..., Event], dee: Viewer
) -> dict[str, Model]:
    """One of each kind that a report alone can hide, all on show."""
    event = note.board.event
    return {
        "comment": shown_comment,
        "note": note,
        "option": suggest(hold_poll(event, phase="propose"), "Tea first", by=dee),
        "picture": hang_one(hold_drawing(event), "A bridge", by=dee),
        "photo": photo_of(event),
    }


def test_what_may_harm_a_person_is_out_of_sight_at_once_and_comes_back(
    things: dict[str, Model], send: Callable, cleo: Viewer, steward: Viewer
) -> None:
    for reason in Report.URGENT:
        for thing in things.values():
            assert is_there(thing, cleo), (reason, thing)
            made = send(thing, reason)
            assert made.hid_it
            assert not is_there(thing, cleo), (reason, thing)
            decide_report(made, DISMISSED, "", by=steward)
            assert is_there(thing, cleo), (reason, thing)


def test_why_something_was_held_is_kept_in_the_sites_language(
    send: Callable[..., Report], shown_comment: Comment
) -> None:
    with override("cy"):
        send(shown_comment, "child")
    english = Report.Reason.CHILD.label.lower()
    assert Judgement.objects.latest("pk").why == f"Somebody reported it: {english}."


@pytest.mark.parametrize("reason", ["spam", "wrong", "other"])
def test_no_other_reason_hides_anything(
    things: dict[str, Model], send: Callable, cleo: Viewer, reason: str
) -> None:
    for thing in things.values():
        assert not send(thing, reason).hid_it
        assert is_there(thing, cleo)


def test_a_report_that_was_right_takes_the_thing_away(
    things: dict[str, Model], send: Callable, cleo: Viewer, steward: Viewer
) -> None:
    for reason in ("other", "threat"):
        for kind, thing in things.items():
            decide_report(send(thing, reason), UPHELD, "It is gone.", by=steward)
            assert not is_there(thing, cleo), (reason, kind)
    assert Comment.objects.get().reason == REPORTED
    assert Note.objects.get(pk=things["note"].pk).moderation_why == REPORTED


def test_a_post_and_an_event_stay_and_those_who_look_after_them_are_told(
    make_event: Callable[..., Event], send: Callable, ada: Viewer, steward: Viewer, cleo: Viewer
) -> None:
    event = make_event()
    assert not send(event, "threat").hid_it
    assert is_there(event, cleo)
    assert set(Letter.objects.values_list("to", flat=True)) == {"ada@example.org", "sam@example.org"}
    assert Letter.objects.first().subject == "Urgent: somebody reported something (event)"


def test_what_was_looked_at_and_left_is_not_hidden_again_for_the_same_reason(
    shown_comment: Comment, send: Callable, cleo: Viewer, steward: Viewer
) -> None:
    decide_report(send(shown_comment, "threat"), DISMISSED, "", by=steward)
    assert not send(shown_comment, "threat").hid_it
    assert is_there(shown_comment, cleo)
    assert send(shown_comment, "child").hid_it


def test_after_thirty_days_it_may_be_hidden_again(
    shown_comment: Comment, send: Callable, steward: Viewer
) -> None:
    decide_report(send(shown_comment, "threat"), DISMISSED, "", by=steward)
    Report.objects.update(decided_at=timezone.now() - STAYS_FOR - timedelta(minutes=1))
    assert send(shown_comment, "threat").hid_it


def test_one_network_hides_little_and_still_is_heard(
    board: Board, post_note: Callable[..., Note], send: Callable, cleo: Viewer
) -> None:
    notes = [post_note(board.stations.get(), f"Word {n}.", by=Viewer(guest_key=f"g{n}")) for n in range(8)]
    made = [send(note, "threat", network="one") for note in notes]
    assert sum(one.hid_it for one in made) == HIDES.most
    assert sum(is_there(note, cleo) for note in notes) == len(notes) - HIDES.most


def test_one_network_sends_no_more_than_anybody_reads(note: Note, send: Callable) -> None:
    for _ in range(SENT.most):
        send(note, "wrong", network="one")
    with pytest.raises(TooMany):
        send(note, "wrong", network="one")


def test_a_report_sent_twice_is_one(note: Note, send: Callable) -> None:
    key = uuid4()
    assert send(note, key=key) == send(note, key=key)
    assert Report.objects.count() == 1


def test_while_another_urgent_report_waits_it_stays_out_of_sight(
    note: Note, send: Callable, steward: Viewer, cleo: Viewer
) -> None:
    first, second = send(note, "threat"), send(note, "child")
    assert (first.hid_it, second.hid_it) == (True, False)
    decide_report(first, DISMISSED, "", by=steward)
    assert not is_there(note, cleo)
    second.refresh_from_db()
    decide_report(second, DISMISSED, "", by=steward)
    assert is_there(note, cleo)


def test_what_somebody_hid_for_a_reason_of_their_own_is_not_put_back(
    note: Note, send: Callable, steward: Viewer, ada: Viewer, cleo: Viewer
) -> None:
    made = send(note, "threat")
    hide_note(note, "It names somebody.", by=ada)
    decide_report(made, DISMISSED, "", by=steward)
    assert not is_there(note, cleo)
    assert Note.objects.get(pk=note.pk).moderation == Moderation.HIDDEN


def test_words_that_came_after_the_report_wait_to_be_read(
    shown_comment: Comment, send: Callable, steward: Viewer, ben: Viewer
) -> None:
    made = send(shown_comment, "threat")
    edit_comment(shown_comment, "Sofas for nothing.", by=ben)
    decide_report(made, DISMISSED, "", by=steward)
    assert Comment.objects.get().state == State.HELD


def test_what_never_was_shown_is_not_shown_by_a_report(ben: Viewer, send: Callable, steward: Viewer) -> None:
    comment = say(make_open_post(), by=ben)
    made = send(comment, "threat")
    assert not made.hid_it
    decide_report(made, DISMISSED, "", by=steward)
    assert Comment.objects.get().state == State.HELD


def test_only_those_who_look_after_a_thing_decide(
    note: Note, send: Callable, ada: Viewer, ben: Viewer, cleo: Viewer, make_event: Callable[..., Event]
) -> None:
    made = send(note)
    helper, elsewhere = (Viewer(person=make_person(name)) for name in ("Mo", "Ned"))
    Appointment.objects.create(person=helper.person, event=note.board.event, duty=Duty.MODERATOR)
    Appointment.objects.create(person=elsewhere.person, event=make_event("other"), duty=Duty.MODERATOR)
    for viewer in (ben, cleo, elsewhere):
        assert not Report.objects.visible_to(viewer).exists()
        with pytest.raises(Refused, match="look after this"):
            decide_report(made, DISMISSED, "", by=viewer)
    assert Report.objects.visible_to(ada).get() == made
    decide_report(made, DISMISSED, "", by=helper)
    with pytest.raises(Refused, match="decided before"):
        decide_report(made, UPHELD, "", by=ada)


def test_an_urgent_report_about_ones_own_page_is_for_somebody_else_to_decide(
    board: Board, send: Callable, ada: Viewer, steward: Viewer
) -> None:
    made = send(board.event, "personal")
    with pytest.raises(Refused, match="a page of your own"):
        decide_report(made, DISMISSED, "", by=ada)
    decide_report(made, DISMISSED, "", by=steward)
    decide_report(send(board.event, "wrong"), UPHELD, "", by=ada)


def test_whoever_left_an_address_is_told_the_outcome(note: Note, send: Callable, steward: Viewer) -> None:
    made = send(note, email="ros@example.org", text="My street.")
    decide_report(made, UPHELD, "We took it off.", by=steward)
    letter = Letter.objects.get(to="ros@example.org")
    assert "We took it off." in letter.text
    assert "My street" not in letter.text


def test_staff_are_told_once_while_something_waits_and_without_its_words(
    note: Note, send: Callable, steward: Viewer, ada: Viewer
) -> None:
    Role.objects.create(person=make_person("Max"), kind=Role.Kind.MODERATOR)
    send(note, "wrong", text="Because of my street.")
    send(note, "wrong")
    letters = Letter.objects.order_by("to")
    assert [letter.to for letter in letters] == ["ada@example.org", "max@example.org", "sam@example.org"]
    assert all("street" not in letter.text and note.text not in letter.text for letter in letters)
    send(note, "threat")
    assert Letter.objects.count() == 6


@pytest.mark.parametrize("reason", ["", "nonsense"])
def test_a_report_without_a_reason_is_asked_for_one(note: Note, send: Callable, reason: str) -> None:
    with pytest.raises(Refused, match="Choose what is wrong"):
        send(note, reason)


def test_nothing_but_what_is_listed_can_be_reported(board: Board, send: Callable) -> None:
    with pytest.raises(Refused, match="cannot be reported"):
        send(board, "wrong")


def test_a_photograph_that_was_taken_down_is_not_put_back(
    things: dict[str, Model], send: Callable, steward: Viewer
) -> None:
    photo = things["photo"]
    made = send(photo, "intimate")
    gone = {"taken_down_at": timezone.now(), "files": "", "digest": "", "alt": "", "caption": ""}
    Photo.objects.filter(pk=photo.pk).update(**gone)
    decide_report(made, DISMISSED, "", by=steward)
    assert Photo.objects.get(pk=photo.pk).published_at is None


def test_words_under_a_drawing_that_came_after_the_report_wait_to_be_read(
    things: dict[str, Model], send: Callable, steward: Viewer, dee: Viewer, cleo: Viewer
) -> None:
    picture = things["picture"]
    made = send(picture, "threat")
    correct_picture(picture, DrawnWords("Sofas for nothing.", "", ""), by=dee)
    decide_report(made, DISMISSED, "", by=steward)
    assert not is_there(picture, cleo)
