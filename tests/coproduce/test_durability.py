import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from coproduce.durability import SAFE, insist_on_durability, weaknesses


def forget_commits() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


@pytest.mark.django_db
def test_the_database_of_the_tests_keeps_what_it_is_told() -> None:
    assert weaknesses() == []
    insist_on_durability()


@pytest.mark.django_db
def test_a_database_that_may_forget_a_commit_is_refused() -> None:
    forget_commits()
    with pytest.raises(ImproperlyConfigured, match="Set synchronous_commit = on"):
        insist_on_durability()


@pytest.mark.django_db
def test_the_checks_before_a_migration_say_so_too() -> None:
    forget_commits()
    found = run_checks(tags=["database"], databases=["default"])
    assert [error.id for error in found] == ["coproduce.E001"]


def test_a_server_without_fsync_is_weak(monkeypatch: pytest.MonkeyPatch) -> None:
    off = dict.fromkeys(SAFE, "off")
    monkeypatch.setattr("coproduce.durability.current", lambda _alias: off)
    assert [sentence.split(",")[0] for sentence in weaknesses()] == [
        "PostgreSQL runs with fsync = off",
        "PostgreSQL runs with synchronous_commit = off",
    ]
