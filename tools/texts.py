"""Brings the catalogues of texts up to date with the source: `./dev texts`.

Texts that are new stand in `locale/<language>/LC_MESSAGES/django.po` without a translation, those that
went are gone, and none is guessed from another. What the site reads (`django.mo`) is made anew.
Looking for texts needs GNU gettext (`apt install gettext`); a site that only runs needs nothing.
"""

import os
import shutil
import sys
from pathlib import Path

import django
import polib

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "locale"
# Folders that hold no text for people, or not ours.
ELSEWHERE = (
    ".venv",
    ".local",
    "bench",
    "drills",
    "gallery",
    "staticfiles",
    "tests",
    "tools",
    "static/vendor",
)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.settings")
    django.setup()
    if not shutil.which("xgettext"):
        sys.exit("GNU gettext is not here. Install it (apt install gettext), then run ./dev texts again.")
    look_for_texts()
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        print(f"{path.relative_to(ROOT)}: {finish(path)}")


def look_for_texts() -> None:
    """Write every text of the source into every catalogue, with the files it stands in."""
    from django.core.management import call_command

    call_command(
        "makemessages",
        locale=[path.name for path in LOCALE.iterdir() if path.is_dir()],
        ignore_patterns=list(ELSEWHERE),
        add_location="file",
        no_wrap=True,
        no_obsolete=True,
        verbosity=0,
    )


def finish(path: Path) -> str:
    """Throw away what gettext guessed, compile the rest; returns how far the catalogue is."""
    catalogue = polib.pofile(str(path), wrapwidth=0)
    for entry in catalogue:
        entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
        if entry.fuzzy:
            entry.flags.remove("fuzzy")
            entry.msgstr = ""
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
    # The day it was looked through would differ each time, and nothing else.
    catalogue.metadata.pop("POT-Creation-Date", None)
    catalogue.save()
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))
    return f"{len(catalogue.translated_entries())} of {len(catalogue)} texts"


if __name__ == "__main__":
    main()
