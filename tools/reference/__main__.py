"""`./dev reference` writes docs/reference from the source."""
# ruff: noqa: E402  the apps must be ready before anything that names their models is imported

import os

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.settings")

import django

django.setup()

from tools.reference import PAGES
from tools.reference.sources import REFERENCE

REFERENCE.mkdir(exist_ok=True)
for name, page in PAGES.items():
    (REFERENCE / name).write_text(page())
    print(REFERENCE / name)
