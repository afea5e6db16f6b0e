"""Zips that say they are packages of an archive."""

import json
import zipfile
from pathlib import Path

import pytest

from archive.whole.restoring import restore_archive
from events.models import Event
from people.refusals import Refused

pytestmark = pytest.mark.django_db

GOOD = {"name": "events", "path": "events.csv", "hash": "sha256:0"}


@pytest.mark.parametrize(
    "descriptor",
    [
        b"", b"[]", b"null", b"{", b"{}", b'{"resources": 1}', b'{"resources": [1]}', b"[" * 100_000,
        json.dumps({"resources": [{"name": "events"}]}).encode(),
        json.dumps({"resources": [GOOD]}).encode(),
        json.dumps({"resources": [GOOD | {"path": "../../etc/passwd"}]}).encode(),
        json.dumps({"resources": [GOOD | {"name": ["a"]}]}).encode(),
        b" " * 20_000_000,
    ],
)  # fmt: skip
def test_a_package_that_is_none_is_refused_in_a_sentence(tmp_path: Path, descriptor: bytes) -> None:
    file = tmp_path / "package.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("x/datapackage.json", descriptor)
    with pytest.raises(Refused):
        restore_archive(file, by=None)
    assert not Event.objects.exists()
