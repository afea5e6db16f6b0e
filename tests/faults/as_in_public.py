"""The site with the settings of production, but for static files, which nobody has collected."""
# ruff: noqa: E402  the settings must be changed before the site is imported

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.settings")

from django.conf import settings

settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

from coproduce.asgi import application as application
