"""Ben leaves a note on the database of DATABASE_URL, and withdraws it when he is told to by a line.

In a process of its own, since the tests' Django knows another database.
"""
# ruff: noqa: E402  Django must be set up before anything that names a model is imported

import os
import sys
from uuid import uuid4

os.environ["DJANGO_SETTINGS_MODULE"] = "coproduce.settings"

import django

django.setup()

from people.consent import consent_given
from people.guests import Viewer
from responses.board import add_note, withdraw_note
from responses.models import Mark, Station


def main(words: str) -> None:
    ben = Viewer(guest_key="ben")
    consent = consent_given(public=True, research=True)
    station = Station.objects.order_by("pk").last()
    note = add_note(station, by=ben, key=uuid4(), mark=Mark.TICK, consent=consent, words=words).note
    print("left", flush=True)
    sys.stdin.readline()
    withdraw_note(note, by=ben)
    print("withdrawn", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
