"""The worker on the bench's own database: `python -m bench.background`, ended by a signal."""
# ruff: noqa: E402  the database must be named before Django reads the settings

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "coproduce.settings"

import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = os.environ["BENCH_DATABASE"]
settings.DEBUG = False
django.setup()

from coproduce.work.worker import Worker

if __name__ == "__main__":
    Worker().run()
