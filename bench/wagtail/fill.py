"""Makes the database and one page of notes, in a copy of this folder: python fill.py NOTES WORDS"""
# ruff: noqa: E402  the apps must be ready before their models are imported

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "peer_settings"

import django

django.setup()

from django.core.management import call_command
from django.utils import timezone
from notes.models import EventPage
from wagtail.models import Page, Site

MARKS = ("Agree", "Important", "Amend", "Challenge")


def fill(number: int, words: str) -> None:
    call_command("makemigrations", "notes", verbosity=0)
    call_command("migrate", verbosity=0)
    made = [
        (
            "note",
            {
                "heading": f"Principle {at % 12 + 1}", "mark": MARKS[at % 4], "origin": "Own device",
                "label": f"P{at % 12 + 1}-{at:02}", "text": words, "added_at": timezone.now(),
            },
        )
        for at in range(number)
    ]  # fmt: skip
    page = Page.get_first_root_node().add_child(instance=EventPage(title="Bench", slug="wall", notes=made))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": page})


if __name__ == "__main__":
    fill(int(sys.argv[1]), sys.argv[2])
