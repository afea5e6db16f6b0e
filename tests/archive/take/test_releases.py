"""Releases: looked through before they go out, numbered, compared with the one before, and true."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from archive.models import ExportJob, Release
from archive.take.jobs import make
from archive.take.kept_files import folder
from archive.take.releases import NOT_READY, prepare_release, publish_release
from people.guests import Viewer
from people.models import Act
from people.refusals import Refused
from responses.board import withdraw_note
from responses.models import Note
from tests.archive.take.conftest import NEVER, RESEARCH, Wall

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def prepared(by: Viewer | None) -> ExportJob:
    job = prepare_release(by=by)
    make(job)
    job.refresh_from_db()
    return job


def released(by: Viewer) -> Release:
    return publish_release(prepared(by), by=by)


def test_a_steward_prepares_looks_through_and_lets_out(
    wall: Wall, client: Client, steward: Viewer, do_work: Callable
) -> None:
    Note.objects.filter(pk=wall.public.pk).update(text="Ring Jo Bloggs, 0161 496 0000.")
    client.force_login(steward.person)
    address = "/export/releases/new/"
    assert "Prepare a release" in client.get(address).text
    client.post(address, {"act": "prepare"})
    assert "It is being made" in client.get(address).text
    do_work()
    page = client.get(address).text
    assert "0161 496 0000" in page
    assert "Jo Bloggs" in page
    assert wall.public.get_absolute_url() in page
    assert "looked through" in client.post(address, {"act": "publish"}, follow=True).text
    assert not Release.objects.exists()
    answer = client.post(address, {"act": "publish", "looked": "1"}, follow=True)
    assert "Release 1 is out." in answer.text
    release = Release.objects.get()
    assert (release.number, release.checked_by, release.counts["notes"]) == (1, steward.person, wall.number)
    assert Act.objects.filter(verb="released").exists()


def test_nobody_but_stewards_makes_one(wall: Wall, client: Client, ada: Viewer, steward: Viewer) -> None:
    client.force_login(ada.person)
    assert client.get("/export/releases/new/").status_code == 404
    assert client.post("/export/releases/new/", {"act": "prepare"}).status_code == 404
    with pytest.raises(Refused):
        prepare_release(by=ada)
    with pytest.raises(Refused):
        publish_release(prepared(steward), by=ada)


def test_everybody_finds_it_and_takes_the_bag(wall: Wall, client: Client, steward: Viewer) -> None:
    released(steward)
    assert "Release 1" in client.get("/export/releases/").text
    assert "/export/releases/1/file/" in client.get("/export/releases/1/").text
    answer = client.get("/export/releases/1/file/")
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert any(name.endswith("/bagit.txt") for name in packed.namelist())
    text = "".join(packed.read(name).decode() for name in packed.namelist())
    assert not any(word in text for word in (RESEARCH, *NEVER))
    assert client.get("/export/releases/2/").status_code == 404


def test_the_next_one_says_how_many_were_taken_out_and_no_more(
    wall: Wall, client: Client, steward: Viewer, ben: Viewer, post_note: Callable
) -> None:
    released(steward)
    withdraw_note(wall.public, by=ben)
    post_note(wall.board.stations.get(), "One more.")
    second = released(steward)
    assert (second.number, second.removed, second.counts["notes"]) == (2, {"notes": 1}, wall.number)
    page = client.get("/export/releases/2/").text
    assert "1 thing of the release before is not in this one." in page
    assert wall.public.identifier not in page + json.dumps(second.removed)


def test_after_a_withdrawal_the_file_goes_and_the_page_stays(
    wall: Wall, client: Client, steward: Viewer, ben: Viewer
) -> None:
    file = released(steward).file
    withdraw_note(wall.public, by=ben)
    answer = client.get("/export/releases/1/file/", follow=True)
    assert "Its file is gone" in answer.text
    assert not (folder() / file).exists()
    assert "Its file is gone" in client.get("/export/releases/").text
    assert Release.objects.get().counts["notes"] == wall.number
    assert released(steward).removed == {"notes": 1}, "The ids of the one before are still compared."


def test_what_is_out_of_date_is_not_let_out(wall: Wall, steward: Viewer, ben: Viewer) -> None:
    job = prepared(steward)
    withdraw_note(wall.public, by=ben)
    with pytest.raises(Refused, match="withdrawn"):
        publish_release(job, by=steward)
    waiting = prepare_release(by=steward)
    with pytest.raises(Refused, match=str(NOT_READY)):
        publish_release(waiting, by=steward)
    assert not Release.objects.exists()


def test_the_command_lists_what_was_found_and_lets_out_what_was_looked_through(
    wall: Wall, capsys: pytest.CaptureFixture[str]
) -> None:
    Note.objects.filter(pk=wall.public.pk).update(text="Write to jo@example.org")
    call_command("release")
    said = capsys.readouterr().out
    assert "jo@example.org" in said
    assert not Release.objects.exists()
    call_command("release", looked_through=ExportJob.objects.get().identifier)
    assert "Release 1 is out" in capsys.readouterr().out
    assert Release.objects.get().counts["notes"] == wall.number
