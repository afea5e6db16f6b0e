"""Where files of the archive are taken in a scene."""

from collections.abc import Callable, Iterator

from archive.models import ExportJob, Release
from archive.take.forms import FORMS
from tests.rules.archived import TOKEN
from tests.rules.scenes import Scene


def of_forms(_scene: Scene) -> Iterator[dict]:
    return ({"form": form.name} for form in FORMS)


def of_jobs(_scene: Scene) -> Iterator[dict]:
    """What people with accounts asked for."""
    return ({"identifier": job.identifier} for job in ExportJob.objects.exclude(person=None))


def of_guests(_scene: Scene) -> Iterator[dict]:
    """What a guest asked for, whose address anybody may hold."""
    return iter([{"token": TOKEN}])


def of_releases(_scene: Scene) -> Iterator[dict]:
    return ({"number": release.number} for release in Release.objects.all())


PLACES: dict[str, Callable[[Scene], Iterator[dict]]] = {
    "export_file": of_forms,
    **dict.fromkeys(("export_job", "export_job_file"), of_jobs),
    **dict.fromkeys(("export_at", "export_at_file"), of_guests),
    **dict.fromkeys(("release", "release_file"), of_releases),
}
