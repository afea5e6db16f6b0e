"""Trust is earned by what people showed, on two days, and lost with one comment that was removed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from journal.comments import withdraw_comment
from journal.judging import judge, show_trusted, undo
from journal.models import Comment, Post, State
from journal.spam.screening import look_at
from journal.spam.trust import Trust, trust_in, trust_of
from journal.spam.writers import writer_of, writers_of
from people.guests import ANYBODY, Viewer
from tests.sent import backdate, make_open_post, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return make_open_post()


@pytest.fixture
def shown(post: Post, steward: Viewer) -> Callable[..., list[Comment]]:
    """Comments that a person showed, one a day."""

    def make(number: int, by: Viewer, *, days: int = 1) -> list[Comment]:
        made = []
        for n in range(number):
            verdict = look_at("", fields={}, trust=Trust.NEWCOMER)
            comment = say(post, f"I was there on evening {n}.", by=by, verdict=verdict)
            judge(comment, State.SHOWN, by=steward)
            backdate(comment, timezone.now() - timedelta(days=n * days))
            made.append(comment)
        return made

    return make


def test_somebody_new_is_a_newcomer(ben: Viewer) -> None:
    assert trust_of(ben) == trust_of(ANYBODY) == trust_in([]) == trust_in([""]) == Trust.NEWCOMER


def test_two_shown_on_two_days_make_a_known_writer(shown: Callable, ben: Viewer) -> None:
    shown(1, ben)
    assert trust_of(ben) == Trust.NEWCOMER
    shown(2, ben)
    assert trust_of(ben) == Trust.KNOWN


def test_many_on_one_day_make_none(shown: Callable, ben: Viewer) -> None:
    shown(5, ben, days=0)
    assert trust_of(ben) == Trust.NEWCOMER


def test_ten_shown_make_a_well_known_writer(shown: Callable, ben: Viewer, dee: Viewer) -> None:
    shown(9, ben)
    assert trust_of(ben) == Trust.KNOWN
    shown(1, ben)
    assert trust_of(ben) == Trust.WELL_KNOWN
    assert trust_of(dee) == Trust.NEWCOMER


def test_one_that_was_removed_takes_trust_away_until_it_is_put_back(
    shown: Callable, ben: Viewer, steward: Viewer
) -> None:
    first, *_ = shown(10, ben)
    judge(first, State.REMOVED, by=steward, why="It names somebody.")
    assert trust_of(ben) == Trust.NEWCOMER
    undo(first, by=steward)
    assert trust_of(ben) == Trust.WELL_KNOWN


def test_what_the_site_showed_by_itself_earns_nothing(post: Post, ben: Viewer) -> None:
    for n in range(5):
        comment = say(post, f"Number {n} said something else altogether here.", by=ben)
        show_trusted(comment)
        backdate(comment, timezone.now() - timedelta(days=n))
    assert trust_of(ben) == Trust.NEWCOMER


def test_what_was_taken_back_counts_for_nobody(shown: Callable, ben: Viewer) -> None:
    for comment in shown(2, ben):
        withdraw_comment(comment, by=ben)
    assert trust_of(ben) == Trust.NEWCOMER


def test_a_moderator_is_staff(steward: Viewer, ada: Viewer) -> None:
    assert trust_of(steward) == Trust.STAFF
    assert trust_of(ada) == Trust.NEWCOMER


def test_who_writes_cannot_be_read_from_what_is_kept_and_outlives_a_new_secret(ben: Viewer) -> None:
    with override_settings(SECRET_KEY="before" * 8):
        before = writer_of(ben)
    with override_settings(SECRET_KEY="after" * 8, SECRET_KEY_FALLBACKS=["before" * 8]):
        assert before in writers_of(ben)
        assert before != writer_of(ben)
    assert "ben" not in before
    assert writer_of(ANYBODY) == ""
