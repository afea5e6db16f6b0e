"""The site as coproduce.asgi makes it, on the database that BENCH_DATABASE names."""
# ruff: noqa: E402  the database must be named before the site is imported

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.settings")

from django.conf import settings

settings.DATABASES["default"]["NAME"] = os.environ["BENCH_DATABASE"]

from coproduce.asgi import application as application
