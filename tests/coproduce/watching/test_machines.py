"""What machines ask: whether the site lives, whether it is ready, and its numbers."""

from collections import Counter
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest
from django.conf import settings as site
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from coproduce.watching import counts, health
from coproduce.work.standing import CLASS

pytestmark = pytest.mark.django_db

TOKEN = "a long token for the numbers"
BEARER = {"HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}


@pytest.fixture(autouse=True)
def own_prober(settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that looks in the test's own transaction, and each time."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(health, "FRESH", 0.0)
    monkeypatch.setattr(health, "LEAST_SPACE", 0)
    monkeypatch.setattr(health, "ThreadPoolExecutor", Here)
    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr("coproduce.watching.views.health", health.Prober().health)


class Here:
    """Does at once what is asked for."""

    def __init__(self, *_: object, **__: object) -> None: ...

    def submit(self, work: object) -> SimpleNamespace:
        found = work()
        return SimpleNamespace(done=lambda: True, result=lambda _timeout: found)


def lines(client: Client) -> tuple[int, dict[str, str]]:
    answer = client.get("/readyz", HTTP_HOST="10.0.0.1:8000")
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    return answer.status_code, dict(line.split(": ", 1) for line in answer.content.decode().splitlines())


def test_a_site_that_works_is_ready_without_a_session_or_a_host_name(client: Client) -> None:
    status, said = lines(client)
    assert set(said) == {"database", "durability", "migrations", "worker", "media", "disk", "streams"}
    assert set(said.values()) == {"ok"}
    assert status == 200


def test_healthz_asks_nothing_of_the_database(client: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer["Cache-Control"] == "no-store"


def test_what_is_wrong_is_told_in_a_line_and_makes_it_unready(
    client: Client, settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = MigrationRecorder(connection)
    app, name = min(health.on_disk())
    recorder.record_unapplied(app, name)
    assert lines(client)[1]["migrations"] == "1 to be applied, by manage.py migrate"
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file"
    assert lines(client)[1]["media"].startswith("nothing can be written there")
    monkeypatch.setattr(health, "LEAST_SPACE", 2**80)
    assert lines(client)[1]["disk"].endswith("MB are free")
    monkeypatch.setattr(health, "is_listening", lambda: False)
    assert lines(client)[1]["streams"] == "not connected to the database"
    monkeypatch.setattr(health, "weaknesses", lambda: ["fsync"])
    assert "could lose" in lines(client)[1]["durability"]
    assert lines(client)[0] == 503


def test_a_worker_that_is_missed_long_enough_makes_it_unready(monkeypatch: pytest.MonkeyPatch) -> None:
    prober, now = health.Prober(), SimpleNamespace(monotonic=lambda: 1e9)
    monkeypatch.setattr(health, "time", now)
    assert prober.health().found["worker"].startswith("none has been seen for")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 7)", [CLASS])
    assert prober.health().found["worker"] == "ok"


def test_a_database_that_hangs_is_told_within_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    from concurrent.futures import ThreadPoolExecutor

    monkeypatch.setattr(health, "ThreadPoolExecutor", ThreadPoolExecutor)
    monkeypatch.setattr(health, "PATIENCE", 0.01)
    prober, over = health.Prober(), Event()
    monkeypatch.setattr(prober, "_look", over.wait)
    assert prober.health().found["database"].startswith("has not answered")
    # The same look is waited for again: no second thread hangs too.
    assert prober.health().found["database"].startswith("has not answered")
    over.set()


@pytest.mark.parametrize(
    "headers", [{}, {"HTTP_AUTHORIZATION": "Bearer wrong"}, {"HTTP_AUTHORIZATION": TOKEN[:5]}]
)
def test_the_numbers_are_no_page_without_the_token(
    client: Client, settings: object, headers: dict[str, str]
) -> None:
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics", **headers).status_code == 404


def test_without_a_token_set_nobody_has_the_numbers(client: Client) -> None:
    assert site.METRICS_TOKEN == ""
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer ").status_code == 404


@pytest.fixture
def own_counts(settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.METRICS_TOKEN = TOKEN
    monkeypatch.setattr(counts, "_numbers", Counter())
    monkeypatch.setattr(counts, "_sources", [lambda: {"kept made": 3, "now streams": 2}])
    monkeypatch.setattr(counts, "folder", lambda: tmp_path / "numbers")
    return tmp_path / "numbers"


def numbers(client: Client) -> dict[str, float]:
    answer = client.get("/metrics", **BEARER)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    families = list(text_string_to_metric_families(answer.content.decode()))
    assert all(family.documentation for family in families)
    return {
        " ".join((sample.name, *sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }


def test_the_numbers_can_be_read_by_prometheus(client: Client, own_counts: Path) -> None:
    client.get("/about/")
    client.get("/about/")
    client.get("/no-such-page/")
    found = numbers(client)
    assert found["coproduce_requests_total coproduce 2xx"] == 2
    assert found["coproduce_requests_total none 4xx"] == 1
    assert found["coproduce_request_seconds_count"] == 3
    assert found["coproduce_request_seconds_bucket +Inf"] == 3
    assert found["coproduce_kept_pages_total made"] == 3
    assert found["coproduce_streams_open"] == 2
    assert found["coproduce_database_bytes"] > 1_000_000
    assert found["coproduce_notes_last_minute"] == 0


def test_a_page_is_answered_where_the_numbers_cannot_be_written(
    client: Client, own_counts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_counts.write_text("a file where the folder should be, of somebody else's")
    monkeypatch.setattr(counts, "_written", float("-inf"))
    assert client.get("/about/").status_code == 200


def test_a_file_of_numbers_that_was_cut_off_breaks_no_page(client: Client, own_counts: Path) -> None:
    counts.leave()
    (own_counts / counts.ENDED).write_text("")
    (own_counts / "1.json").write_text('{"requests copro')
    assert numbers(client)["coproduce_streams_open"] == 2


def test_the_processes_of_a_machine_are_added_up_and_no_counter_goes_back(
    client: Client, own_counts: Path
) -> None:
    client.get("/about/")
    counts.leave()
    other = '{"requests coproduce 2xx": 10, "now streams": 5}'
    # 1 lives for as long as the machine does; no process has the other number.
    (own_counts / "1.json").write_text(other)
    (own_counts / "4194305.json").write_text(other)
    for _ in range(2):
        found = numbers(client)
        assert found["coproduce_requests_total coproduce 2xx"] == 21
        assert found["coproduce_streams_open"] == 7
    assert not (own_counts / "4194305.json").exists()
