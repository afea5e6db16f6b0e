"""No row without its files; no files without a row, but for what a killed process leaves to be swept."""

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django.fixtures import Settings

from coproduce.images import keeping
from coproduce.images.keeping import (
    discard,
    kept,
    missing,
    original_of,
    orphans,
    place,
    remove_orphans,
    store,
)
from events.models import Series
from tests.coproduce.pictures import drawing, sent

ROOT = Path(__file__).resolve().parent.parent.parent
KILLED = """
import io, os, signal, sys
import django
django.setup()
from django.conf import settings
from django.db import connection
settings.MEDIA_ROOT, connection.settings_dict["NAME"] = sys.argv[1:]
from coproduce.images.keeping import kept
from events.models import Series
with kept(io.BytesIO(sys.stdin.buffer.read())) as files:
    Series.objects.create(slug=files.folder, name="Never there")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(autouse=True)
def empty_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def folders() -> list[str]:
    return sorted(path.name for path in keeping.root().iterdir()) if keeping.root().exists() else []


def grow_old(*names: str) -> None:
    for name in names:
        os.utime(keeping.root() / name, (0, 0))


@pytest.mark.django_db
def test_a_picture_is_kept_with_its_row() -> None:
    with kept(sent(drawing())) as files:
        Series.objects.create(slug=files.folder, name="Walks")
    assert folders() == [Series.objects.get().slug]
    assert re.fullmatch(r"[0-9a-f]{32}", files.folder)


def act_that_fails(failure: type[BaseException]) -> None:
    with kept(sent(drawing())) as files:
        Series.objects.create(slug=files.folder, name="Walks")
        raise failure


@pytest.mark.django_db
@pytest.mark.parametrize("failure", [IntegrityError, KeyboardInterrupt, SystemExit])
def test_an_act_that_fails_leaves_neither_row_nor_files(failure: type[BaseException]) -> None:
    with pytest.raises(failure):
        act_that_fails(failure)
    assert folders() == []
    assert not Series.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_files_are_kept_only_in_a_transaction_that_nothing_can_undo() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"), kept(sent(drawing())):
        pass


@pytest.mark.django_db
def test_a_process_killed_before_its_commit_leaves_files_to_be_swept_and_no_row() -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "coproduce.settings", "DEBUG": "1"}
    name = connection.settings_dict["NAME"]
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(keeping.root()), name],
        cwd=ROOT, env=environment, input=sent(drawing()).getvalue(), capture_output=True, check=False,
    )  # fmt: skip
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    assert not Series.objects.exists()
    assert len(folders()) == 1
    grow_old(*folders())
    assert remove_orphans(set()) == 1
    assert folders() == []


@pytest.mark.parametrize("failure", [OSError("No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", ["make_files", "put_in_place"])
def test_a_disk_that_fails_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, step: str, failure: BaseException
) -> None:
    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr(keeping, step, fail)
    with pytest.raises(type(failure)):
        store(sent(drawing()))
    assert folders() == []


@pytest.mark.django_db
def test_discarding_takes_every_file_and_the_original_once_committed(
    django_capture_on_commit_callbacks: Callable,
) -> None:
    one, other = store(sent(drawing())), store(sent(drawing()))
    with django_capture_on_commit_callbacks(execute=True):
        discard(one.folder)
        assert place(one.folder).exists(), "until the commit it may be needed after all"
    assert folders() == [other.folder]
    with django_capture_on_commit_callbacks(execute=True):
        discard(one.folder)  # again: it is gone, which is all that was wanted


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["", ".", "..", "/nowhere", "../media", "incoming-", "0" * 31, "0" * 32 + "\n", "A" * 32]
)
def test_no_name_but_a_picture_s_own_can_be_discarded(name: str) -> None:
    files = store(sent(drawing()))
    with pytest.raises(ValueError, match="is not the folder of a picture"):
        discard(name)
    assert folders() == [files.folder]


def test_the_original_is_kept_whole_under_a_name_nobody_can_guess() -> None:
    sample = sent(drawing()).getvalue()
    one, other = (original_of(store(sent(drawing())).folder) for _ in range(2))
    assert one.read_bytes() == other.read_bytes() == sample
    assert re.fullmatch(r"original-[0-9a-f]{32}", one.name)
    assert one.name != other.name
    assert stat.S_IMODE(one.parent.stat().st_mode) == 0o700


def test_only_old_folders_without_a_row_are_orphans() -> None:
    old, known, new = (store(sent(drawing())).folder for _ in range(3))
    (keeping.root() / f"incoming-{old}").mkdir()
    (keeping.root() / "lost+found").mkdir()
    grow_old(old, known, f"incoming-{old}", "lost+found")
    assert orphans({known}) == sorted([old, f"incoming-{old}"])
    assert remove_orphans({known}) == 2
    assert folders() == sorted([known, new, "lost+found"])


def test_a_row_whose_folder_is_gone_is_noticed() -> None:
    there, gone = store(sent(drawing())).folder, "0" * 32
    assert missing({there, gone}) == [gone]


def test_nothing_is_missing_or_left_where_there_was_never_a_picture() -> None:
    assert orphans(set()) == missing(set()) == []


def test_a_picture_is_out_of_reach_before_its_files_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else whoever still makes files for it would leave some behind."""
    files, real = store(sent(drawing())), shutil.rmtree
    reached = []

    def look_first(path: Path, *_: object, **__: object) -> None:
        reached.append(place(files.folder).exists())
        real(path)

    monkeypatch.setattr(keeping.shutil, "rmtree", look_first)
    keeping.remove(files.folder)
    assert (reached, folders()) == ([False], [])


def test_what_could_not_be_taken_away_is_swept_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("Device or resource busy")

    files = store(sent(drawing()))
    with monkeypatch.context() as broken:
        broken.setattr(keeping.shutil, "rmtree", fail)
        with pytest.raises(OSError, match="busy"):
            keeping.remove(files.folder)
    grow_old(*folders())
    assert remove_orphans({files.folder}) == 1
    assert folders() == []
