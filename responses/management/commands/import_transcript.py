"""Import a transcript of paper notes into an event, or say what an import would bring."""

import json
from argparse import ArgumentParser
from difflib import get_close_matches
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from events.models import Event
from people.refusals import Refused
from responses.import_plan import Plan, plan_import
from responses.imports import import_transcript
from responses.transcription import MAX_BYTES, read_file, summary

ENOUGH = 8 * MAX_BYTES  # bytes: what is longer is refused for its size, and need not be read


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("event", metavar="EVENT_SLUG", help="The last part of the event's address.")
        parser.add_argument("file", metavar="FILE", type=Path, help="A plain text file in UTF-8.")
        parser.add_argument("--dry-run", action="store_true", help="Say what it holds and change nothing.")
        parser.add_argument("--json", action="store_true", help="Print the summary as JSON, nothing else.")

    def handle(self, *, event: str, file: Path, dry_run: bool, json: bool, **_options: object) -> None:
        try:
            found, data = _event(event), _read(file)
            plan = plan_import(found, data)
            imported = None if dry_run else import_transcript(found, read_file(data), by=None)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        if json:
            self.stdout.write(_as_json(plan))
            return
        self.stdout.write(_as_table(plan))
        if imported is None:
            self.stdout.write("Nothing was changed: this was a dry run.")
        else:
            self.stdout.write(
                f"{imported.added} added, {imported.already_there} there before: "
                f"{imported.board.get_absolute_url()}"
            )


def _event(slug: str) -> Event:
    if event := Event.objects.filter(slug=slug).first():
        return event
    slugs = list(Event.objects.order_by("slug").values_list("slug", flat=True))
    if not slugs:
        raise CommandError("There is no event yet. Load the demonstration with: manage.py seed")
    close = get_close_matches(slug, slugs, n=3, cutoff=0.4) or slugs[:5]
    raise CommandError(f"There is no event “{slug}”. Did you mean {' or '.join(close)}?")


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(ENOUGH)
    except FileNotFoundError:
        raise CommandError(f"There is no file {file}: check its name and folder.") from None
    except IsADirectoryError:
        raise CommandError(f"{file} is a folder: name the text file in it.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise CommandError(f"{file} cannot be read: {why}.") from None


def _as_json(plan: Plan) -> str:
    return json.dumps(summary(plan.transcript), ensure_ascii=False, indent=2)


def _as_table(plan: Plan) -> str:
    widest = max(len(station.heading) for station in plan.stations)
    lines = [f"{'Station':<{widest}}  stated  counted  words"]
    for station in plan.stations:
        stated = "none" if station.stated is None else station.stated
        states = ", ".join(f"{number} {state.replace('_', ' ')}" for state, number in station.states.items())
        lines.append(f"{station.heading:<{widest}}  {stated:>6}  {station.counted:>7}  {states}")
    lines.append(f"{plan.transcript.counted} notes; captions: {len(plan.transcript.captions)}.")
    if plan.unplaced:
        lines.append(f"{len(plan.unplaced)} lines could not be placed and are kept with the record:")
        lines += [f"  line {line.number}: {line.text.strip()}" for line in plan.unplaced]
    return "\n".join(lines)
