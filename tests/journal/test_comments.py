"""Sending, changing and taking back one's own comment."""

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from events.models import Event, RecordChange
from journal.comments import (
    CHANGE_MINUTES,
    MOST,
    OPEN_DAYS,
    add_comment,
    closes_at,
    edit_comment,
    why_closed,
    withdraw_comment,
)
from journal.judging import judge
from journal.models import Comment, Post, State
from journal.spam.screening import Verdict
from journal.spam.trust import Trust
from people.guests import Viewer
from people.models import Act, Person
from people.refusals import Refused
from responses.receipts import receipt_for
from tests.sent import backdate, make_open_post, say

pytestmark = pytest.mark.django_db
HELD, KNOWN = Verdict(), Verdict(trust=Trust.KNOWN)
OLD = timedelta(days=OPEN_DAYS, minutes=1)


@pytest.fixture
def post() -> Post:
    return make_open_post()


def test_a_newcomer_s_comment_is_kept_with_its_reasons(post: Post, ben: Viewer) -> None:
    comment = say(post, "For more information visit: Pebbles", by=ben)
    assert comment.state == State.HELD
    assert comment.held_because[0] == "It asks readers to visit something."
    assert comment.likeness > 0.1


def test_a_known_writer_s_comment_is_shown_at_once_with_a_judgement(post: Post, ben: Viewer) -> None:
    comment = say(post, by=ben, verdict=KNOWN)
    assert comment.state == State.SHOWN
    assert comment.judgements.get().by is None


def test_a_known_writer_s_comment_with_a_reason_waits(post: Post, ben: Viewer) -> None:
    verdict = Verdict(trust=Trust.WELL_KNOWN, reasons=["It shouts: many words in capitals."])
    assert say(post, by=ben, verdict=verdict).state == State.HELD


def test_whoever_decides_there_decides_about_their_own_with_sending_it(
    make_event: Callable[..., Event], post: Post, ada: Viewer, steward: Viewer
) -> None:
    reasons = Verdict(reasons=["It has 9 links."])
    for comment, by in ((say(make_event(), by=ada, verdict=reasons), ada), (say(post, by=steward), steward)):
        assert comment.state == State.SHOWN
        assert comment.judgements.get().by == by.person
        edit_comment(comment, "For more information visit: our shed", by=by)
        assert comment.state == State.SHOWN
    assert say(post, by=ada).state == State.HELD


def test_what_was_refused_or_sent_by_a_robot_is_not_kept(post: Post, ben: Viewer) -> None:
    for verdict in (Verdict(refused="No."), Verdict(pretend=True)):
        with pytest.raises(Refused):
            say(post, by=ben, verdict=verdict)
    assert not Comment.objects.exists()


def test_a_comment_sent_twice_is_one_comment(post: Post, ben: Viewer) -> None:
    key = uuid4()
    first, again = (
        add_comment(post, by=ben, key=key, text=text, verdict=HELD) for text in ("Once.", "Twice.")
    )
    assert first == again
    assert Comment.objects.get().text == "Once."
    with pytest.raises(Refused, match="another page"):
        add_comment(make_open_post("other"), by=ben, key=key, text="Once.", verdict=HELD)


@pytest.mark.django_db(transaction=True)
def test_a_comment_sent_twenty_times_at_once_is_one_comment(ben: Viewer) -> None:
    post, key, got = make_open_post(), uuid4(), []

    def send() -> None:
        got.append(add_comment(post, by=ben, key=key, text="Once.", verdict=KNOWN).pk)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 20
    assert len(set(got)) == 1
    assert Comment.objects.get().judgements.count() == 1


@pytest.mark.parametrize("text", ["", "  \n ", "\x00\x01", "a" * (MOST + 1), "a" * 5 * MOST])
def test_nothing_and_too_much_are_refused(post: Post, ben: Viewer, text: str) -> None:
    with pytest.raises(Refused):
        say(post, text, by=ben, verdict=HELD)


def test_the_longest_comment_fits(post: Post, ben: Viewer) -> None:
    assert len(say(post, "a" * MOST, by=ben).text) == MOST


def test_a_name_is_shown_only_where_it_was_chosen(post: Post, ada: Viewer) -> None:
    assert say(post, by=ada).person is None
    assert say(post, by=ada, is_named=True).person == ada.person


def test_whoever_has_no_account_can_name_no_record(post: Post, ben: Viewer) -> None:
    assert say(post, by=ben, is_named=True).person is None


def test_the_trace_of_a_comment_names_nobody(post: Post, ada: Viewer) -> None:
    say(post, by=ada)
    act = Act.objects.get(verb="commented")
    assert (act.person, act.actor, act.why) == (None, "guest", "")


def test_an_answer_stands_under_a_shown_comment_of_the_same_page(
    post: Post, ben: Viewer, steward: Viewer
) -> None:
    above = say(post, by=ben)
    with pytest.raises(Refused, match="not shown"):
        say(post, "Yes.", by=ben, answers=above)
    judge(above, State.SHOWN, by=steward)
    answer = say(post, "Yes.", by=ben, answers=above)
    judge(answer, State.SHOWN, by=steward)
    with pytest.raises(Refused, match="not answered itself"):
        say(post, "No.", by=ben, answers=answer)
    with pytest.raises(Refused, match="not shown"):
        say(make_open_post("other"), "No.", by=ben, answers=above)


# When a page takes comments


def test_a_post_takes_comments_for_sixty_days(ben: Viewer) -> None:
    assert why_closed(make_open_post()) == ""
    old = make_open_post("old", published_at=timezone.now() - OLD)
    assert why_closed(old).startswith("Comments closed on")
    with pytest.raises(Refused, match="Nothing was kept"):
        say(old, by=ben)


def test_a_post_that_is_not_published_or_takes_none_is_closed(ben: Viewer) -> None:
    for fields in ({"published_at": None}, {"published_at": timezone.now() + OLD}, {"takes_comments": False}):
        post = make_open_post(f"p{len(fields)}{Post.objects.count()}", **fields)
        assert why_closed(post) == "This page takes no comments."
        assert closes_at(post) is None


def test_a_record_takes_comments_from_when_it_was_last_published(
    make_event: Callable[..., Event], ben: Viewer
) -> None:
    event = make_event()
    assert why_closed(event) == ""
    event.changes.update(at=timezone.now() - OLD)
    assert why_closed(event).startswith("Comments closed")
    event.changes.create(what="A comma.")
    assert why_closed(event).startswith("Comments closed")
    event.changes.create(what="Published again.", kind=RecordChange.Kind.PUBLISHED)
    assert why_closed(event) == ""


@pytest.mark.parametrize("status", [Event.Status.DRAFT, Event.Status.ANNOUNCED])
def test_an_event_that_is_no_record_yet_takes_none(make_event: Callable[..., Event], status: str) -> None:
    assert why_closed(make_event(status=status)) == "This page takes no comments."


# Changing and taking back


def test_words_are_changed_for_fifteen_minutes(post: Post, ben: Viewer) -> None:
    comment = say(post, by=ben)
    backdate(comment, timezone.now() - timedelta(minutes=CHANGE_MINUTES - 1))
    assert edit_comment(comment, "It snowed.", by=ben).text == "It snowed."
    backdate(comment, timezone.now() - timedelta(minutes=CHANGE_MINUTES, seconds=1))
    with pytest.raises(Refused, match="15 minutes"):
        edit_comment(comment, "It hailed.", by=ben)


def test_a_change_is_screened_again(post: Post, ben: Viewer) -> None:
    comment = edit_comment(say(post, by=ben), "For more information visit: Pebbles", by=ben)
    assert comment.held_because[0] == "It asks readers to visit something."


def test_the_same_words_again_change_nothing(post: Post, ben: Viewer, steward: Viewer) -> None:
    comment = say(post, by=ben)
    judge(comment, State.SHOWN, by=steward)
    assert edit_comment(comment, comment.text, by=ben).state == State.SHOWN


def test_what_is_not_shown_is_not_changed_into_something_that_is(
    post: Post, ben: Viewer, steward: Viewer
) -> None:
    comment = say(post, by=ben)
    judge(comment, State.REMOVED, by=steward, why="It names somebody.")
    with pytest.raises(Refused, match="not shown"):
        edit_comment(comment, "It snowed.", by=ben)


def test_nobody_else_changes_or_takes_back_a_comment(
    post: Post, ben: Viewer, dee: Viewer, cleo: Viewer, steward: Viewer
) -> None:
    comment = say(post, by=ben)
    for viewer in (dee, cleo, steward):
        for act in (
            lambda who=viewer: edit_comment(comment, "No.", by=who),
            lambda who=viewer: withdraw_comment(comment, by=who),
            lambda who=viewer: edit_comment(comment, "No.", by=who, receipt=receipt_for(uuid4())),
        ):
            with pytest.raises(Refused, match="Only whoever wrote"):
                act()


def test_whoever_holds_the_code_may_change_it_from_anywhere(post: Post, ben: Viewer, cleo: Viewer) -> None:
    comment = say(post, by=ben)
    code = receipt_for(comment.key)
    assert edit_comment(comment, "It snowed.", by=cleo, receipt=code.upper()).text == "It snowed."
    withdraw_comment(comment, by=cleo, receipt=code)
    assert comment.state == State.WITHDRAWN


def test_what_was_taken_back_is_empty_and_stays_so(post: Post, ada: Viewer) -> None:
    comment = say(post, by=ada, is_named=True, email="ada@example.org", name="Ada")
    withdraw_comment(comment, by=ada)
    gone = Comment.objects.get()
    assert (gone.text, gone.name, gone.email, gone.person, gone.writer, gone.held_because) == (
        "", "", "", None, "", [],
    )  # fmt: skip
    for act in (withdraw_comment, lambda one, by: edit_comment(one, "Back.", by=by)):
        with pytest.raises(Refused, match="taken back before"):
            act(comment, by=ada)


def test_the_database_keeps_no_word_of_what_was_taken_back(post: Post, ben: Viewer) -> None:
    comment = say(post, by=ben)
    with pytest.raises(IntegrityError, match="a_withdrawn_comment_is_empty"), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(state=State.WITHDRAWN)


def test_a_comment_stays_when_the_account_goes(post: Post, ada: Viewer) -> None:
    say(post, by=ada, is_named=True)
    Person.objects.get(pk=ada.person.pk).delete()
    assert Comment.objects.get().person is None
