"""Makes a release of everything public: first prepared and looked through, then let out."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.models import ExportJob
from archive.take.jobs import make
from archive.take.kept_files import beside
from archive.take.looking_through import flags_in
from archive.take.releases import prepare_release, publish_release
from people.refusals import Refused


class Command(BaseCommand):
    help = "Prepares a release and lists what may tell who somebody is; lets out one that was looked through."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--looked-through", metavar="ID", help="Let out the one prepared under this id.")

    def handle(self, *, looked_through: str | None, **_: object) -> None:
        try:
            if looked_through:
                self.let_out(looked_through)
            else:
                self.prepare()
        except Refused as refusal:
            raise CommandError(str(refusal)) from None

    def prepare(self) -> None:
        job = prepare_release(by=None)
        make(job)
        job.refresh_from_db()
        flags = list(flags_in(beside(job.file)))
        for flag in flags:
            self.stdout.write(f"{flag.kind}: {flag.words} ({flag.address})")
        self.stdout.write(
            f"{len(flags)} things to look at, in {job.total} notes. Once they may stand in public:\n"
            f"manage.py release --looked-through {job.identifier}"
        )

    def let_out(self, identifier: str) -> None:
        job = ExportJob.objects.filter(identifier=identifier).first()
        if job is None:
            raise CommandError(f"No release is prepared under {identifier}. Prepare one first.")
        release = publish_release(job, by=None)
        self.stdout.write(f"Release {release.number} is out: {release.size} bytes, SHA-256 {release.sha256}.")
