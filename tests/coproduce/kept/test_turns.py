"""The clock: every moment of the database is known as one that turns a page, or as one that is past."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from coproduce.serving.kept.shelf import Shelf
from coproduce.serving.kept.turns import A_MOMENT, TURNS, midnight_after, next_turn
from events.models import Event
from journal.comments import OPEN_DAYS
from journal.models import Post
from tests.coproduce.kept.test_shelf import TOLD

# When something happened: it is not in the future, and a page that shows it changes with its row.
PAST = {
    "accepted_at", "added_at", "answered_at", "asked_at", "at", "begun_at", "cancelled_at", "changed_at",
    "closed_at", "confirmed_at", "consented_at", "counted_at", "covered_at", "decided_at", "dissolved_at",
    "edited_at", "ended_at", "given_at", "invited_at", "joined_at", "made_at", "marked_at", "opened_at",
    "printed_at", "reported_at", "saved_at", "sent_at", "shown_at", "since", "taken_back_at",
    "taken_down_at", "undone_at", "withdrawn_at", "written_at", "failed_at",
}  # fmt: skip
# Days: what they say changes at midnight, when every page ends.
DAYS = {"first_day", "last_day", "due_last"}
OTHERS = {
    "journal_version.published_at": "when it was published",
    "outcomes_statement.published_at": "when it was published",
    "outcomes_decision.published_at": "when it was published",
    "responses_photo.published_at": "when it was published",
    "outcomes_call.open_until": "a day",
    "people_affiliation.until": "a day",
    "responses_activity.timer_ends_at": "a page with a clock is never kept",
}
# Of tables that no kept page reads, or of other people's apps.
UNREAD = {
    "archive_exportjob", "people_person.last_login", "people_subscriber", "account_emailconfirmation",
    "mfa_authenticator", "usersessions_usersession", "django_tasks_database_dbtaskresult", "django_session",
    "people_case", "people_casenote", "events_invitation",
}  # fmt: skip


def moments() -> set[str]:
    return {
        f"{model._meta.db_table}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if isinstance(field, models.DateField)
    }


def test_every_moment_of_the_database_is_known() -> None:
    """A new one: does a page say something else once it has passed? Then it belongs to TURNS."""
    unknown = set()
    for moment in moments():
        table, _, column = moment.partition(".")
        turns = any(column in turn.split() for turn in TURNS.get(table, ()))
        if not (turns or column in PAST | DAYS or moment in OTHERS or {table, moment} & UNREAD):
            unknown.add(moment)
    assert unknown == set()


def test_comments_close_as_long_after_publication_as_the_journal_says() -> None:
    days = f"+ interval '{OPEN_DAYS} days'"
    assert all(
        any(days in turn for turn in TURNS[table]) for table in ("journal_post", "events_recordchange")
    )


@pytest.fixture
def shelf() -> Shelf:
    shelf = Shelf(0)
    shelf.listen(TOLD, TOLD)
    return shelf


@pytest.mark.django_db
def test_a_page_ends_a_moment_before_something_comes_into_sight(shelf: Shelf) -> None:
    now = timezone.now()
    at = now + timedelta(seconds=30)
    Post.objects.create(slug="soon", title="Soon", published_at=at)
    assert next_turn({"journal_post"}, now, shelf, shelf.position) == min(at - A_MOMENT, midnight_after(now))
    assert next_turn({"people_person"}, now, shelf, shelf.position) == midnight_after(now)
    # What is remembered is looked up again when a row has changed.
    Post.objects.update(published_at=now + timedelta(seconds=10))
    shelf.change({"journal_post": 1})
    found = next_turn({"journal_post"}, now, shelf, shelf.position)
    assert found == min(now + timedelta(seconds=10) - A_MOMENT, midnight_after(now))


@pytest.mark.django_db
def test_in_the_moment_of_a_turn_no_page_is_kept(shelf: Shelf) -> None:
    now = timezone.now()
    Event.objects.create(slug="now", name="Now", date="2019", starts_at=now - A_MOMENT / 2)
    assert next_turn({"events_event"}, now, shelf, shelf.position) < now


def test_every_page_ends_at_midnight_where_the_site_is() -> None:
    # In London, where clocks go back in the night after.
    before = datetime(2026, 10, 24, 22, 59, 59, tzinfo=UTC)
    assert midnight_after(before) - before == timedelta(seconds=1)
    midnight = before + timedelta(seconds=1)
    assert midnight_after(midnight) - midnight == timedelta(hours=25)
