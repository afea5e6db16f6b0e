"""Puts up boards on the database of DATABASE_URL: `python -m tests.faults.walls NUMBER`.

In a process of its own, since the tests' Django knows another database. Prints one line of
JSON: where each board's form and stream are.
"""
# ruff: noqa: E402  Django must be set up before anything that names a model is imported

import json
import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "coproduce.settings"

import django

django.setup()

from django.core.management import call_command
from django.urls import reverse

from events.models import Event
from events.record import announce_event
from responses.models import Board, Station


def put_up(event: Event, number: int) -> dict[str, str]:
    board = Board.objects.create(event=event, slug=f"wall-{number}", name="The wall", state=Board.State.OPEN)
    station = Station.objects.create(board=board, heading="Power", code="POW", position=1)
    form = reverse("answer_station", args=[event.slug, board.slug, station.code])
    return {"form": form, "stream": f"/live/{board.identifier}/"}


def main(number: str) -> None:
    call_command("migrate", verbosity=0)
    event = announce_event(
        by=None, slug="bad-day", name="A bad day", date="2019", status=Event.Status.IN_PROGRESS
    )
    print(json.dumps([put_up(event, place) for place in range(int(number))]))


if __name__ == "__main__":
    main(sys.argv[1])
