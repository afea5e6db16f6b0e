"""Examples of files that are taken away, made in the demo where there are none yet."""

from collections.abc import Callable

from archive.demo.accounts import email_of
from archive.models import ExportJob, Release
from archive.search.query import Query
from archive.take.jobs import ask_for_file, hash_of
from people.guests import Viewer
from people.models import Person, Role
from tools.examples.demo import Examples

TOKEN = "of-a-guest-in-the-demo"


def of_the_organiser() -> Examples:
    organiser = Viewer(person=Person.objects.get(email=email_of(Role.Kind.ORGANISER)))
    return [(ask_for_file("package", Query(), by=organiser).job.identifier,)]


def of_a_guest() -> Examples:
    ExportJob.objects.get_or_create(token_hash=hash_of(TOKEN), defaults={"form": "package"})
    return [(TOKEN,)]


def a_release() -> Examples:
    facts = {"data_version": "2026-01-01T00:00:00.000000Z", "counts": {"notes": 1}}
    release, _ = Release.objects.get_or_create(number=1, defaults=facts)
    return [(release.number,)]


TAKING_EXAMPLES: dict[str, Callable[[], Examples]] = {
    "export_file": lambda: [("csv",)],
    **dict.fromkeys(("export_job", "export_job_file"), of_the_organiser),
    **dict.fromkeys(("export_at", "export_at_file"), of_a_guest),
    **dict.fromkeys(("release", "release_file"), a_release),
}
