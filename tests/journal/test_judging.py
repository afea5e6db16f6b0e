"""Deciding about comments: who may, what it leads to, what is kept of it, and taking it back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from events.models import Appointment, Duty, Event
from journal.comments import CHANGED, edit_comment, withdraw_comment
from journal.judging import REPLIES, SPAM, hold_again, judge, may, undo
from journal.models import Comment, Judgement, LearnedWord, Post, State
from people.guests import Viewer
from people.models import Act, Letter, Role
from people.refusals import Refused
from tests.conftest import make_person
from tests.sent import make_open_post, say

pytestmark = pytest.mark.django_db
WHY = "It names somebody."


@pytest.fixture
def post() -> Post:
    return make_open_post()


@pytest.fixture
def comment(post: Post, ben: Viewer) -> Comment:
    return say(post, by=ben)


def standing(comment: Comment) -> str:
    return Comment.objects.get(pk=comment.pk).state


def test_a_newcomer_s_comment_waits_until_somebody_shows_it(
    comment: Comment, steward: Viewer, cleo: Viewer
) -> None:
    assert standing(comment) == State.HELD
    assert not Comment.objects.visible_to(cleo).exists()
    judge(comment, State.SHOWN, by=steward)
    assert Comment.objects.visible_to(cleo).get() == comment
    assert comment.shown_at


def test_only_those_who_look_after_a_page_decide_on_it(
    make_event: Callable[..., Event], ada: Viewer, ben: Viewer, cleo: Viewer, researcher: Viewer
) -> None:
    comment = say(make_event(), by=ben)
    event_moderator, elsewhere = (Viewer(person=make_person(name)) for name in ("Mo", "Ned"))
    duty = {"duty": Duty.MODERATOR}
    Appointment.objects.create(person=event_moderator.person, event=comment.event, **duty)
    Appointment.objects.create(person=elsewhere.person, event=make_event("other"), **duty)
    moderator = Viewer(person=make_person("Max", Role.Kind.MODERATOR))
    for viewer in (ben, cleo, researcher, elsewhere):
        assert not may(comment, viewer)
        with pytest.raises(Refused, match="look after this page"):
            judge(comment, State.SHOWN, by=viewer)
    for viewer in (ada, event_moderator, moderator):
        assert may(comment, viewer)
        judge(comment, State.SHOWN, by=viewer)
        undo(comment, by=viewer)


def test_a_role_that_ended_decides_nothing(make_event: Callable[..., Event], ben: Viewer) -> None:
    comment, once = say(make_event(), by=ben), make_person("Mo")
    past = timezone.now() - timedelta(days=1)
    Appointment.objects.create(person=once, event=comment.event, duty=Duty.MODERATOR, ended_at=past)
    assert not may(comment, Viewer(person=once))


def test_whoever_takes_away_says_why_and_the_writer_reads_it(comment: Comment, steward: Viewer) -> None:
    with pytest.raises(Refused, match="Say why"):
        judge(comment, State.REMOVED, by=steward, why="  ")
    with pytest.raises(Refused, match="characters"):
        judge(comment, State.REMOVED, by=steward, why="a" * 501)
    judge(comment, State.REMOVED, by=steward, why=f"  {WHY} ")
    assert (comment.state, comment.reason) == (State.REMOVED, WHY)


def test_every_step_leaves_a_judgement_and_a_trace_without_the_words(
    comment: Comment, steward: Viewer
) -> None:
    judge(comment, State.SHOWN, by=steward)
    judge(comment, State.REMOVED, by=steward, why=WHY)
    undo(comment, by=steward)
    hold_again(comment, "Somebody reported it.")
    steps = [(step.before, step.after, step.by, step.is_undoing) for step in comment.judgements.all()]
    sam = steward.person
    assert steps == [
        ("held", "shown", sam, False),
        ("shown", "removed", sam, False),
        ("removed", "shown", sam, True),
        ("shown", "held", None, False),
    ]
    said = " ".join(Act.objects.filter(subject=comment.identifier).values_list("verb", flat=True))
    assert said.split() == ["held", "undid", "removed", "shown", "commented"]
    assert not Act.objects.filter(why__contains="rained").exists()


def test_a_judgement_cannot_be_changed_or_deleted(comment: Comment, steward: Viewer) -> None:
    judge(comment, State.SHOWN, by=steward)
    for attempt in (lambda: Judgement.objects.update(why="x"), lambda: Judgement.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="only added"), transaction.atomic():
            attempt()
    with connection.cursor() as cursor, pytest.raises(ProgrammingError), transaction.atomic():
        cursor.execute("UPDATE journal_judgement SET after = 'held'")


def test_the_name_of_whoever_decided_goes_with_their_account(comment: Comment, steward: Viewer) -> None:
    judge(comment, State.SHOWN, by=steward)
    steward.person.delete()
    assert Judgement.objects.get().by is None


def test_undoing_goes_back_to_where_it_was_and_once_only(comment: Comment, steward: Viewer) -> None:
    judge(comment, State.REMOVED, by=steward, why=WHY)
    undo(comment, by=steward)
    assert (comment.state, comment.reason) == (State.HELD, "")
    with pytest.raises(Refused, match="no decision"):
        undo(comment, by=steward)


def test_undoing_a_showing_brings_the_earlier_reason_back(comment: Comment, steward: Viewer) -> None:
    judge(comment, State.REMOVED, by=steward, why=WHY)
    judge(comment, State.SHOWN, by=steward)
    undo(comment, by=steward)
    assert (comment.state, comment.reason) == (State.REMOVED, WHY)


def test_what_the_site_held_is_decided_and_not_undone(comment: Comment, steward: Viewer) -> None:
    judge(comment, State.SHOWN, by=steward)
    hold_again(comment, "Somebody reported it.")
    comment.refresh_from_db()
    with pytest.raises(Refused, match="no decision"):
        undo(comment, by=steward)
    assert standing(comment) == State.HELD


def test_deciding_twice_is_deciding_once(comment: Comment, steward: Viewer) -> None:
    judge(comment, State.SHOWN, by=steward)
    with pytest.raises(Refused, match="meanwhile"):
        judge(comment, State.SHOWN, by=steward)
    assert comment.judgements.count() == 1


def test_nobody_puts_something_back_among_what_waits_but_by_undoing(
    comment: Comment, steward: Viewer
) -> None:
    judge(comment, State.SHOWN, by=steward)
    for to in (State.HELD, State.WITHDRAWN, "nonsense"):
        with pytest.raises(Refused):
            judge(comment, to, by=steward)


def test_an_old_tab_shows_no_words_that_came_after(comment: Comment, steward: Viewer, ben: Viewer) -> None:
    seen = Comment.objects.get(pk=comment.pk)
    edit_comment(comment, "Sofas for nothing.", by=ben)
    with pytest.raises(Refused, match="changed it just now"):
        judge(seen, State.SHOWN, by=steward)
    assert standing(comment) == State.HELD


def test_an_old_tab_does_not_bring_back_words_that_came_after(
    comment: Comment, steward: Viewer, ben: Viewer
) -> None:
    judge(comment, State.SHOWN, by=steward)
    judge(comment, State.REMOVED, by=steward, why=WHY)
    seen = Comment.objects.get(pk=comment.pk)
    Comment.objects.filter(pk=comment.pk).update(text="Sofas for nothing.")
    with pytest.raises(Refused, match="changed it just now"):
        undo(seen, by=steward)


def test_what_was_taken_back_is_decided_by_nobody(comment: Comment, steward: Viewer, ben: Viewer) -> None:
    judge(comment, State.SHOWN, by=steward)
    withdraw_comment(comment, by=ben)
    for act in (lambda: judge(comment, State.SHOWN, by=steward), lambda: undo(comment, by=steward)):
        with pytest.raises(Refused, match="took it back"):
            act()
    assert not may(comment, steward)


def test_an_edit_by_a_newcomer_takes_a_shown_comment_out_of_sight(
    comment: Comment, steward: Viewer, ben: Viewer, cleo: Viewer
) -> None:
    judge(comment, State.SHOWN, by=steward)
    edit_comment(comment, "Sofas for nothing.", by=ben)
    assert comment.state == State.HELD
    assert CHANGED in comment.held_because
    assert not Comment.objects.visible_to(cleo).exists()
    assert comment.judgements.last().by is None


# Words and letters


def learned(word: str) -> tuple[int, int]:
    row = LearnedWord.objects.filter(word=word).first()
    return (row.removed, row.shown) if row else (0, 0)


def test_words_are_learned_from_what_is_shown_and_from_spam_and_from_nothing_else(
    comment: Comment, steward: Viewer
) -> None:
    judge(comment, State.REMOVED, by=steward, why=WHY)
    assert learned("rained") == (0, 0)
    undo(comment, by=steward)
    judge(comment, State.REMOVED, by=steward, why=REPLIES[SPAM])
    assert learned("rained") == (1, 0)
    undo(comment, by=steward)
    assert learned("rained") == (0, 0)
    judge(comment, State.SHOWN, by=steward)
    assert learned("rained") == (0, 1)
    undo(comment, by=steward)
    assert learned("rained") == (0, 0)


def test_whoever_decides_can_say_that_it_is_spam_in_words_of_their_own(
    comment: Comment, steward: Viewer
) -> None:
    judge(comment, State.REMOVED, by=steward, why="We sell no sofas here.", as_spam=True)
    assert learned("rained") == (1, 0)
    assert comment.judgements.get().as_spam


def test_the_writer_is_told_once_what_was_decided_without_their_words(
    post: Post, steward: Viewer, ben: Viewer
) -> None:
    comment = say(post, by=ben, email="ben@example.org", name="Ben x.example")
    judge(comment, State.SHOWN, by=steward)
    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == ("ben@example.org", "Your comment is shown")
    assert f"/journal/fresh/#c-{comment.identifier}" in letter.text
    assert "/comments/" in letter.text
    for word in ("rained", "Ben", "x.example"):
        assert word not in letter.text
    assert comment.email == ""


def test_a_writer_whose_comment_is_not_shown_reads_why(post: Post, steward: Viewer, ben: Viewer) -> None:
    comment = say(post, by=ben, email="ben@example.org")
    judge(comment, State.REMOVED, by=steward, why=WHY)
    letter = Letter.objects.get()
    assert letter.subject == "Your comment is not shown"
    assert f"The reason: {WHY}" in letter.text


def test_nothing_is_written_about_spam_so_that_no_letter_can_be_caused_by_it(
    post: Post, steward: Viewer, ben: Viewer
) -> None:
    comment = say(post, by=ben, email="victim@example.org")
    judge(comment, State.REMOVED, by=steward, why=REPLIES[SPAM])
    assert not Letter.objects.exists()


def test_every_reply_fits_and_says_something() -> None:
    assert all(20 < len(reply) < 500 and reply.endswith(".") for reply in REPLIES.values())
