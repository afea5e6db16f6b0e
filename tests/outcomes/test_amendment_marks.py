"""Marks on proposed words: one of a kind each, taken back by pressing again, and forgotten in time."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from archive.forgetting import forget_due
from outcomes.amendment_marks import marks_on
from outcomes.amendments import decline_amendment, mark_amendment
from outcomes.forgetting import forget_marks
from outcomes.models import Amendment, AmendmentMark
from people.guests import ANYBODY, Viewer
from people.refusals import Refused
from responses.models import Station
from tests.outcomes.amending import asking, opened, proposed


@pytest.fixture
def amendment(make_set: Callable, station: Station, ada: Viewer) -> Amendment:
    return opened(asking(make_set, station), ada)


def test_pressing_again_takes_the_mark_back(amendment: Amendment, ben: Viewer) -> None:
    assert mark_amendment(amendment, "tick", by=ben)
    assert marks_on(amendment, ben).own == {"tick"}
    assert not mark_amendment(amendment, "tick", by=ben)
    assert marks_on(amendment, ben).total == 0


def test_a_form_sent_twice_gives_one_mark(amendment: Amendment, ben: Viewer) -> None:
    for _ in range(2):
        assert mark_amendment(amendment, "heart", by=ben, wanted=True)
    assert marks_on(amendment, ANYBODY).counts == Counter(heart=1)


def test_one_person_may_leave_several_kinds_and_two_people_count_twice(
    amendment: Amendment, ben: Viewer, dee: Viewer, ada: Viewer
) -> None:
    for mark, by in (("tick", ben), ("heart", ben), ("square", dee), ("square", ada)):
        mark_amendment(amendment, mark, by=by)
    shown = marks_on(amendment, ben)
    assert [(row.mark, row.count, row.is_mine) for row in shown.rows] == [
        ("tick", 1, True), ("heart", 1, True), ("bubble", 0, False), ("square", 2, False),
    ]  # fmt: skip


@pytest.mark.parametrize("mark", ["not_recorded", "", "like", "TICK"])
def test_only_the_four_marks_are_taken(amendment: Amendment, ben: Viewer, mark: str) -> None:
    with pytest.raises(Refused, match="one of the four"):
        mark_amendment(amendment, mark, by=ben)


def test_anybody_without_a_cookie_marks_nothing(amendment: Amendment) -> None:
    with pytest.raises(Refused, match="keeps no cookies"):
        mark_amendment(amendment, "tick", by=ANYBODY)


def test_a_draft_and_a_decided_amendment_take_no_marks(
    amendment: Amendment, ada: Viewer, ben: Viewer
) -> None:
    draft = proposed(amendment.principle, ada, "Power is lent.")
    decline_amendment(amendment, "Too vague.", by=ada)
    for one in (draft, amendment):
        with pytest.raises(Refused, match="No marks are taken"):
            mark_amendment(one, "tick", by=ben)


def test_the_database_holds_one_mark_of_a_kind(amendment: Amendment, ben: Viewer) -> None:
    mark_amendment(amendment, "tick", by=ben)
    with pytest.raises(IntegrityError), transaction.atomic():
        AmendmentMark.objects.create(amendment=amendment, token=amendment.token_of(ben), mark="tick")


def test_the_marks_of_one_guest_on_two_amendments_cannot_be_linked(
    amendment: Amendment, ada: Viewer, ben: Viewer
) -> None:
    other = opened(amendment.principle, ada, "Power is lent.")
    for one in (amendment, other):
        mark_amendment(one, "tick", by=ben)
    assert len(set(AmendmentMark.objects.values_list("token", flat=True))) == 2


def decided(amendment: Amendment, by: Viewer, days_ago: int) -> None:
    decline_amendment(amendment, "Too vague.", by=by)
    Amendment.objects.update(decided_at=timezone.now() - timedelta(days=days_ago))


def test_a_month_after_the_decision_nothing_stands_for_who_marked(
    amendment: Amendment, ada: Viewer, ben: Viewer
) -> None:
    for mark in ("tick", "heart"):
        mark_amendment(amendment, mark, by=ben)
    decided(amendment, ada, 31)
    forget_due()
    tokens = set(AmendmentMark.objects.values_list("token", flat=True))
    assert len(tokens) == 2
    made = AmendmentMark.objects.values_list("at", flat=True)
    assert {f"{at:%M:%S.%f}" for at in made} == {"00:00.000000"}, "nor the second in which they were made"
    assert amendment.token_of(ben) not in tokens
    assert marks_on(amendment, ben).counts == Counter(tick=1, heart=1)
    assert marks_on(amendment, ben).own == frozenset()
    assert forget_marks(timezone.now()) == 0
    assert set(AmendmentMark.objects.values_list("token", flat=True)) == tokens


def test_before_that_a_mark_can_be_known_as_ones_own(amendment: Amendment, ada: Viewer, ben: Viewer) -> None:
    mark_amendment(amendment, "tick", by=ben)
    decided(amendment, ada, 29)
    assert forget_marks(timezone.now()) == 0
    assert marks_on(amendment, ben).own == {"tick"}
