"""Which databases there are, by the addresses in the environment."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from coproduce.databases import databases
from coproduce.replica import Router
from people.models import Person

POOLED, DIRECT, COPY = (f"postgres://site@{host}/site" for host in ("pool:6432", "db:5432", "copy:5432"))


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("LISTEN_DATABASE_URL", "DATABASE_REPLICA_URL", "CONN_MAX_AGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", POOLED)
    return monkeypatch


@pytest.mark.usefixtures("environment")
def test_one_address_is_one_database_with_connections_that_are_kept_and_looked_at() -> None:
    found = databases()
    assert list(found) == ["default"]
    assert (found["default"]["CONN_MAX_AGE"], found["default"]["CONN_HEALTH_CHECKS"]) == (60, True)
    assert found["default"]["DISABLE_SERVER_SIDE_CURSORS"] is False


def test_behind_pgbouncer_no_cursor_outlives_its_transaction(environment: pytest.MonkeyPatch) -> None:
    """A cursor that is fetched from after its transaction would be looked for on another connection."""
    environment.setenv("LISTEN_DATABASE_URL", DIRECT)
    environment.setenv("DATABASE_REPLICA_URL", COPY)
    found = databases()
    assert found["default"]["DISABLE_SERVER_SIDE_CURSORS"] is True
    assert found["replica"]["DISABLE_SERVER_SIDE_CURSORS"] is True
    assert (found["listening"]["HOST"], found["listening"]["CONN_MAX_AGE"]) == ("db", None)


def test_a_machine_that_is_gone_is_noticed_by_whoever_only_listens(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("LISTEN_DATABASE_URL", f"{DIRECT}?host=/run/postgresql")
    options = databases()["listening"]["OPTIONS"]
    assert options["keepalives_idle"] + options["keepalives_interval"] * options["keepalives_count"] <= 30
    assert options["host"] == "/run/postgresql"


def test_a_replica_that_does_not_answer_is_not_waited_for_long(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DATABASE_REPLICA_URL", COPY)
    assert databases()["replica"]["OPTIONS"]["connect_timeout"] <= 2


def test_an_address_of_another_kind_is_refused_by_its_name(environment: pytest.MonkeyPatch) -> None:
    for name in ("LISTEN_DATABASE_URL", "DATABASE_REPLICA_URL"):
        with environment.context() as broken:
            broken.setenv(name, "sqlite:///here.db")
            with pytest.raises(ImproperlyConfigured, match=f"{name} must begin with postgres://"):
                databases()


def test_outside_the_views_that_ask_for_it_everything_is_read_and_written_in_one_database() -> None:
    router = Router()
    assert router.db_for_read(Person) == router.db_for_write(Person) == "default"
    assert router.allow_migrate("default", "people")
    assert not router.allow_migrate("replica", "people")
    assert not router.allow_migrate("listening", "people")
