"""Files that a worker makes: for whom, how far, how long, and when they go before their time."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from archive.models import ExportJob, ExportLine
from archive.search.query import Query
from archive.take import jobs
from archive.take.forgetting import forget_files
from archive.take.jobs import DAYS, GONE, ask_for_file, make
from archive.take.kept_files import folder, place
from coproduce.work.doing import TRIES
from people.consent import consent_given
from people.guests import ANYBODY, Viewer
from people.limits import TooMany
from people.models import Act, Role
from people.refusals import Refused
from people.terms import end_terms
from responses.board import change_consent, withdraw_note
from responses.models import Board, Change, Moderation, Note
from responses.moderation import hide_note
from tests.archive.take.conftest import NEVER, RESEARCH, Wall, taking

pytestmark = pytest.mark.django_db

STATE = ExportJob.State


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def made(by: Viewer = ANYBODY, form: str = "package", *, restricted: bool = False) -> tuple[ExportJob, str]:
    asked = ask_for_file(form, Query(), by=by, restricted=restricted)
    make(asked.job)
    asked.job.refresh_from_db()
    return asked.job, asked.token


def body(answer: object) -> bytes:
    return b"".join(answer.streaming_content)


def signed_in(client: Client, viewer: Viewer) -> Client:
    client.logout()
    client.force_login(viewer.person)
    return client


def test_whoever_is_not_signed_in_gets_an_address_that_works_without_cookies(
    wall: Wall, client: Client, do_work: Callable
) -> None:
    answer = client.post("/export/package/")
    assert answer.status_code == 302
    assert "It waits for its turn." in client.get(answer.url).text
    do_work()
    elsewhere = Client()
    assert "Ready" in elsewhere.get(answer.url).text
    file = elsewhere.get(f"{answer.url}file/")
    content = body(file)
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    assert len(content) == int(file["Content-Length"])
    assert "no-store" in file["Cache-Control"]
    token = answer.url.split("/")[-2]
    assert ExportJob.objects.get().token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(ExportJob.objects.values())


def test_a_wrong_address_and_the_id_of_a_job_open_nothing(wall: Wall, client: Client) -> None:
    job, token = made()
    for guess in (job.identifier, token[:-1], job.token_hash):
        address = f"/export/at/{guess}/"
        assert client.get(address).status_code == 404
        assert client.get(f"{address}file/").status_code == 404


def test_ones_own_file_is_for_nobody_else(wall: Wall, client: Client, ada: Viewer, steward: Viewer) -> None:
    job, token = made(ada)
    assert token == ""
    address = f"/export/files/{job.identifier}/"
    assert signed_in(client, ada).get(f"{address}file/").status_code == 200
    assert signed_in(client, steward).get(f"{address}file/").status_code == 404
    assert Client().get(f"{address}file/").status_code in (302, 404)
    assert "Data Package" in signed_in(client, ada).get("/account/exports/").text
    assert "None is kept" in signed_in(client, steward).get("/account/exports/").text


def test_a_restricted_file_is_for_nobody_but_whoever_asked_and_still_may(
    wall: Wall, client: Client, trusted: Viewer
) -> None:
    job, _ = made(trusted, restricted=True)
    address = f"/export/files/{job.identifier}/file/"
    file = signed_in(client, trusted).get(address)
    text = texts_of(body(file))
    assert RESEARCH in text
    assert not any(word in text for word in NEVER)
    assert "no-store" in file["Cache-Control"]
    assert Client().get(address).status_code in (302, 404), "Copied without cookies it opens nothing."
    end_terms(by=trusted)
    assert client.get(address).status_code == 404
    assert client.get(f"/export/files/{job.identifier}/").status_code == 404


def texts_of(content: bytes) -> str:
    packed = zipfile.ZipFile(io.BytesIO(content))
    return "".join(packed.read(name).decode() for name in packed.namelist())


def test_a_restricted_file_is_not_made_once_the_right_is_gone(
    wall: Wall, trusted: Viewer, do_work: Callable
) -> None:
    asked = ask_for_file("package", Query(), by=trusted, restricted=True)
    Role.objects.filter(person=trusted.person).delete()
    do_work()
    asked.job.refresh_from_db()
    assert asked.job.state == STATE.FAILED
    assert "terms" in asked.job.why
    assert not ExportLine.objects.exists()


def test_every_restricted_file_is_logged_by_what_was_asked(
    wall: Wall, client: Client, trusted: Viewer
) -> None:
    made(trusted, restricted=True)
    assert signed_in(client, trusted).get(f"/export/csv/?restricted=1&q={RESEARCH[:4]}").status_code == 200
    lines = ExportLine.objects.order_by("pk").values_list("person", "form", "query", "rows", "terms")
    assert list(lines) == [
        (trusted.person.pk, "package", "", wall.number, 1),
        (trusted.person.pk, "csv", f"q={RESEARCH[:4]}", 0, 1),
    ]
    client.get("/export/csv/")
    assert ExportLine.objects.count() == 2, "What is public is taken without a line."


def test_six_an_hour_and_no_more(wall: Wall, client: Client) -> None:
    answers = [client.post(f"/export/package/?mark=tick&place={n}").status_code for n in range(8)]
    assert answers == [302] * 6 + [429] * 2
    assert "seconds" in client.post("/export/package/").text


def test_asking_twice_makes_one_file(wall: Wall, ada: Viewer) -> None:
    first, second = (ask_for_file("package", Query(), by=ada) for _ in range(2))
    assert first.job == second.job


def test_made_twice_the_first_file_stays_and_the_other_goes(
    wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask_for_file("package", Query(), by=ANYBODY)
    make(asked.job)
    kept = ExportJob.objects.get().file
    make(asked.job)
    ExportJob.objects.update(state=STATE.RUNNING)
    monkeypatch.setattr(jobs, "say_made", lambda *_: False)  # another was first
    make(asked.job)
    assert ExportJob.objects.get().file == kept
    assert [path.name for path in folder().iterdir()] == [kept]


def test_what_breaks_off_leaves_no_file_and_is_given_up_in_words(
    wall: Wall, do_work: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "_write", lambda *_: 1 / 0)
    asked = ask_for_file("package", Query(), by=ANYBODY)
    assert do_work() == TRIES + 1
    asked.job.refresh_from_db()
    assert (asked.job.state, asked.job.why) == (STATE.FAILED, jobs.NOT_MADE)
    assert list(folder().iterdir()) == []


WITHDRAWALS: dict[str, Callable[[Wall, Viewer, Viewer], object]] = {
    "withdrawn": lambda wall, ben, _ada: withdraw_note(wall.public, by=ben),
    "hidden": lambda wall, _ben, ada: hide_note(wall.public, "It names somebody.", by=ada),
    "kept to its board": lambda wall, ben, _ada: change_consent(
        wall.public, consent_given(public=False, research=True), by=ben
    ),
    "merged": lambda wall, *_: Note.objects.filter(pk=wall.public.pk).update(merged_into=wall.research),
    "waiting again": lambda wall, *_: Note.objects.filter(pk=wall.public.pk).update(
        moderation=Moderation.WAITING
    ),
    "un-published": lambda wall, *_: unpublish(wall),
    "covered again": lambda wall, *_: cover_again(wall),
}


def unpublish(wall: Wall) -> None:
    event = wall.board.event
    event.status = "draft"
    event.save(update_fields=["status"])


def cover_again(wall: Wall) -> None:
    Board.objects.filter(pk=wall.board.pk).update(hides_until_reveal=True)
    number = wall.board.changes.count() + 1000
    Change.objects.create(activity_id=wall.board.pk, number=number, kind=Change.Kind.SETTINGS_CHANGED)


@pytest.mark.parametrize("how", WITHDRAWALS)
@pytest.mark.parametrize("form", ["package", "csv"])
def test_a_file_goes_as_soon_as_something_in_it_left_sight(
    wall: Wall, how: str, form: str, client: Client, ben: Viewer, ada: Viewer
) -> None:
    job, token = made(form=form)
    assert client.get(f"/export/at/{token}/file/").status_code == 200
    WITHDRAWALS[how](wall, ben, ada)
    answer = client.get(f"/export/at/{token}/file/", follow=True)
    assert answer.status_code == 410
    assert str(GONE) in answer.text
    assert "Make it again" in answer.text
    assert not place(job.file).exists()
    _again, token = made(form=form)
    assert client.get(f"/export/at/{token}/file/").status_code == 200


def test_a_new_note_and_a_mark_changed_leave_the_file_as_it_is(
    wall: Wall, client: Client, post_note: Callable
) -> None:
    _, token = made()
    late = post_note(wall.board.stations.get(), "Later.")
    Note.objects.filter(pk=wall.research.pk).update(mark="heart")
    assert client.get(f"/export/at/{token}/file/").status_code == 200
    ExportJob.objects.update(made_at=late.added_at - timedelta(microseconds=1))
    withdraw_note(late, by=Viewer(guest_key="ben"))
    assert client.get(f"/export/at/{token}/file/").status_code == 200, "It came after the file."


def test_after_fourteen_days_the_file_and_the_row_go(wall: Wall) -> None:
    job, _ = made()
    now = job.asked_at + timedelta(days=DAYS)
    assert forget_files(now - timedelta(seconds=1)) == 0
    assert place(job.file).exists()
    assert forget_files(now) == 1
    assert not ExportJob.objects.exists()
    assert not place(job.file).exists()


def test_the_nightly_round_takes_away_what_was_withdrawn_from(wall: Wall, ben: Viewer) -> None:
    job, _ = made()
    withdraw_note(wall.public, by=ben)
    forget_files(timezone.now())
    assert ExportJob.objects.get().state == STATE.GONE
    assert not place(job.file).exists()


def test_files_without_a_row_go_once_they_are_old(wall: Wall, monkeypatch: pytest.MonkeyPatch) -> None:
    job, _ = made()
    stray = folder() / "stray.zip"
    stray.write_bytes(b"x")
    forget_files(timezone.now())
    assert stray.exists()
    monkeypatch.setattr("archive.take.kept_files.OLD_ENOUGH", -1)
    forget_files(timezone.now())
    assert not stray.exists()
    assert place(job.file).exists()


def test_a_line_of_the_log_goes_after_three_years(trusted: Viewer) -> None:
    jobs.log_taken("csv", "", 1, by=trusted)
    ExportLine.objects.update(at=timezone.now() - timedelta(days=3 * 365))
    forget_files(timezone.now())
    assert not ExportLine.objects.exists()


def test_a_form_with_a_limit_refuses_more_in_words(wall: Wall, monkeypatch: pytest.MonkeyPatch) -> None:
    few = jobs.form_called("xlsx")
    monkeypatch.setattr(jobs, "form_called", lambda _name: type(few)(*[*slots(few)]))
    with pytest.raises(Refused, match="holds 3 rows at most, and this has 9"):
        ask_for_file("xlsx", Query(), by=ANYBODY)


def slots(form: object) -> list[object]:
    return [3 if name == "most" else getattr(form, name) for name in form.__slots__]


def test_what_is_asked_for_leaves_a_trace(wall: Wall, ada: Viewer) -> None:
    job, _ = made(ada)
    assert Act.objects.filter(verb="asked_for", subject=job.identifier, person=ada.person).count() == 1


def test_limits_are_counted_for_each_viewer(wall: Wall, client: Client, ada: Viewer) -> None:
    for _ in range(6):
        client.post("/export/package/")
    assert client.post("/export/package/").status_code == 429
    assert signed_in(Client(), ada).post("/export/package/").status_code == 302
    assert issubclass(TooMany, Exception)


@pytest.mark.django_db(transaction=True)
def test_a_file_is_of_one_moment_and_says_how_far_it_is(
    wall: Wall, ada: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What changes while it is written is not in it; how far it is can be read beside it."""
    monkeypatch.setattr("archive.take.rows.CHUNK", 2)
    seen: list[tuple[int, int]] = []
    tell = jobs.Progress.tell

    def spied(self: jobs.Progress, done: int, total: int | None = None) -> None:
        tell(self, done, total)
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT done, total FROM archive_exportjob WHERE id = %s", [self.pk])
            seen.append(cursor.fetchone())
            cursor.execute("UPDATE responses_note SET mark = 'heart' WHERE id = %s", [wall.public.pk + done])

    monkeypatch.setattr(jobs.Progress, "tell", spied)
    before = [row["mark"] for row in taking().rows()]
    asked = ask_for_file("jsonl", Query(), by=ada)
    make(asked.job)
    asked.job.refresh_from_db()
    assert seen[0] == (0, wall.number)
    assert seen[-1] == (wall.number, wall.number)
    import json

    lines = place(asked.job.file).read_text().splitlines()
    assert [json.loads(line)["mark"] for line in lines] == before
    assert [row["mark"] for row in taking().rows()] != before
    assert asked.job.state == STATE.READY
