"""Adds photographs to the database of DATABASE_URL: `python -m tests.faults.photographs NUMBER`.

In a process of its own, since the tests' Django knows another database and another MEDIA_ROOT.
"""
# ruff: noqa: E402  Django must be set up before anything that names a model is imported

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "coproduce.settings"

import django

django.setup()

from django.core.management import call_command

from events.models import Event
from events.record import announce_event
from tests.photos import make_photo

SIZE = (2400, 1800)  # large enough that a kill hits one that is being made


def main(number: str) -> None:
    call_command("migrate", verbosity=0)
    event = Event.objects.filter(slug="photographs").first() or announce_event(
        by=None, slug="photographs", name="A day with photographs", date="2019", status=Event.Status.COMPLETE
    )
    for _ in range(int(number)):
        make_photo(event, None, size=SIZE, made=False)


if __name__ == "__main__":
    main(sys.argv[1])
