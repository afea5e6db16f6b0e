"""Where files of the archive are taken in a scene."""

import hashlib
from collections.abc import Callable, Iterator

from archive.models import ExportJob, Release
from archive.take.forms import FORMS
from people.models import Person
from tests.rules.scenes import Scene

TOKEN = "a-token-that-somebody-was-given"


def of_forms(_scene: Scene) -> Iterator[dict]:
    return ({"form": form.name} for form in FORMS)


def of_jobs(_scene: Scene) -> Iterator[dict]:
    """What Ada asked for; where nobody asked yet, she does."""
    if not ExportJob.objects.exclude(person=None).exists():
        ada = Person.objects.get(name="Ada")
        ExportJob.objects.create(person=ada, form="package", query="q=a")
    return ({"identifier": job.identifier} for job in ExportJob.objects.exclude(person=None))


def of_guests(_scene: Scene) -> Iterator[dict]:
    """What a guest asked for, whose address anybody may hold."""
    hashed = hashlib.sha256(TOKEN.encode()).hexdigest()
    ExportJob.objects.get_or_create(token_hash=hashed, defaults={"form": "package"})
    yield {"token": TOKEN}


def of_releases(_scene: Scene) -> Iterator[dict]:
    facts = {"data_version": "2026-01-01T00:00:00Z", "counts": {"notes": 1}}
    yield {"number": Release.objects.get_or_create(number=1, defaults=facts)[0].number}


PLACES: dict[str, Callable[[Scene], Iterator[dict]]] = {
    "export_file": of_forms,
    **dict.fromkeys(("export_job", "export_job_file"), of_jobs),
    **dict.fromkeys(("export_at", "export_at_file"), of_guests),
    **dict.fromkeys(("release", "release_file"), of_releases),
}
