"""With the clock held still: what is due goes, what is due a second later stays, and nothing else changes."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from archive import retention
from archive.forgetting import forget_due
from archive.retention import PROJECT, complaints, rules
from outcomes.forgetting import FORGOTTEN
from people.models import Act
from tests.archive.things_due import MAKERS, Maker

pytestmark = pytest.mark.django_db
type Rows = dict[tuple[str, int], dict[str, object]]
# Counted by the day.
DAILY = {"the event"}
RANDOM = "outcomes.amendmentmark.token"  # stands for nobody once it begins as `FORGOTTEN` does
# What the site adds when it forgets.
NEW = {"people.act"}


@pytest.fixture
def maker(make_event: Callable, make_board: Callable, post_note: Callable, make_set: Callable) -> Maker:
    return Maker(make_event, make_board, post_note, make_set)


def stored() -> Rows:
    """Every row of the project's own tables, by table and number."""
    ours = [model for model in apps.get_models() if model._meta.app_label in PROJECT and model._meta.managed]
    return {
        (model._meta.label_lower, row["pk"]): row
        for model in ours
        for row in model._base_manager.values("pk", *(field.attname for field in model._meta.concrete_fields))
    }


def by_anchor() -> dict[tuple[str, str], dict[str, int]]:
    """The columns of each table that count from the same, with their days."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for column, after in rules().items():
        table, _, name = column.rpartition(".")
        for anchor, days in after.items():
            found.setdefault((table, anchor), {})[name] = days
    return found


def test_there_is_a_thing_for_every_time_that_is_promised() -> None:
    assert set(MAKERS) == set(by_anchor())


def is_there(table: str, name: str, row: Mapping[str, object] | None) -> bool:
    """Whether a column of a row still says something of somebody."""
    if row is None:
        return False
    field = apps.get_model(table)._meta.get_field(name)
    value = row[field.attname]
    if f"{table}.{name}" == RANDOM:
        return not str(value).startswith(FORGOTTEN)
    return value not in ("", None, [])


def begun(made: Rows, before: Rows, table: str) -> Rows:
    """The rows of a table that were made in between."""
    return {key: row for key, row in made.items() if key not in before and key[0] == table}


def touched(key: tuple[str, int], row: dict[str, object], after: Rows, days: int) -> list[str]:
    """The columns of a row that changed, but for those whose own time is shorter and over too."""
    now = after.get(key, {})
    shorter = {
        name for (table, _), of in by_anchor().items() if table == key[0] for name in of if of[name] < days
    }
    return [name for name, value in row.items() if now.get(name) != value and name not in shorter]


@pytest.mark.parametrize("of", sorted(by_anchor()))
def test_exactly_what_is_due_goes(of: tuple[str, str], maker: Maker) -> None:
    table, anchor = of
    # Around midnight a month ago may be another day where clocks were changed since.
    now = timezone.now().replace(hour=12) if anchor in DAILY else timezone.now()
    for days in sorted(set(by_anchor()[of].values())):
        columns = [name for name, of_column in by_anchor()[of].items() if of_column == days]
        before = stored()
        MAKERS[of](maker, now - timedelta(days=days))
        with_due = stored()
        step = timedelta(days=1) if anchor in DAILY else timedelta(seconds=1)
        MAKERS[of](maker, now - timedelta(days=days) + step)
        with_fresh = stored()
        due, fresh = begun(with_due, before, table), begun(with_fresh, with_due, table)
        for name in columns:
            assert any(is_there(table, name, row) for row in due.values()), f"{name} was never filled in"
        forget_due(now)
        after = stored()
        for name in columns:
            assert not [key for key in due if is_there(table, name, after.get(key))], name
        assert all(any(is_there(table, name, row) for row in fresh.values()) for name in columns)
        kept = {key: row for key, row in with_fresh.items() if key not in with_due or key in before}
        assert {
            key: changed for key, row in kept.items() if (changed := touched(key, row, after, days))
        } == {}
        assert {key[0] for key in after.keys() - with_fresh.keys()} <= NEW


def test_a_deletion_that_is_a_day_off_is_noticed(maker: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    promised = rules()["people.case.email"]["it was closed"]
    monkeypatch.setattr("people.cases.EMAIL_DAYS", promised + 1)
    with pytest.raises(AssertionError):
        test_exactly_what_is_due_goes(("people.case", "it was closed"), maker)
    monkeypatch.setattr("people.cases.EMAIL_DAYS", promised - 1)
    with pytest.raises(AssertionError):
        test_exactly_what_is_due_goes(("people.case", "it was closed"), maker)


def test_acts_that_took_something_away_stay_without_the_name(maker: Maker) -> None:
    now = timezone.now()
    facts = {"actor": "person", "person": maker.person, "at": now - timedelta(days=1097)}
    Act.objects.create(verb="left_out", subject_kind="quotation", subject="gone", why="Asked.", **facts)
    forget_due(now)
    act = Act.objects.get(subject="gone")
    assert (act.person, act.why) == (None, "Asked.")


def session(ends: datetime) -> str:
    store = SessionStore()
    store.create()
    Session.objects.filter(session_key=store.session_key).update(expire_date=ends)
    return store.session_key


def test_sessions_go_when_they_run_out() -> None:
    now = timezone.now()
    session(now)
    stays = session(now + timedelta(seconds=1))
    forget_due(now)
    assert list(Session.objects.values_list("session_key", flat=True)) == [stays]


def test_the_command_says_what_went_by_kind(maker: Maker, capsys: pytest.CaptureFixture[str]) -> None:
    maker.case(timezone.now() - timedelta(days=40))
    maker.letter(timezone.now() - timedelta(days=8))
    call_command("forget")
    assert {"Requests and complaints: 1", "Letters: 1"} <= set(capsys.readouterr().out.splitlines())


@pytest.mark.parametrize(
    ("keep", "after", "agrees"),
    [
        ("30 days after it closed", {"it closed": 30}, True),
        ("a year", {"it was sent": 365}, True),
        ("3 years", {"it was done": 1096}, True),
        ("as long as the account", {}, True),
        ("30 days after it closed", {"it closed": 31}, False),
        ("30 days after it closed", {}, False),
        ("as long as the account", {"it closed": 30}, False),
        ("30 days, or 7 days", {"it closed": 30}, False),
    ],
)
def test_what_people_and_programs_are_told_agrees(keep: str, after: dict[str, int], agrees: bool) -> None:
    policy = {"personal": {"a.b.c": {"keep": keep, "why": "credit", "after": after}}, "not_personal": []}
    assert (list(complaints(policy, {"a.b.c"})) == []) is agrees
    assert retention.check_retention() == []
