"""The whole site as it is served, streams included, on the bench's own database and without limits."""
# ruff: noqa: I001  the database must be named before the site is imported

from bench import site as site
from coproduce.asgi import application as application

from django.conf import settings

settings.LIVE_READERS = 10**9
