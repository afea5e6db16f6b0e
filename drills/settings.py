"""The settings of production; unless DRILL_HTTPS is on, cookies go over plain HTTP, or no tool had any."""

import os
import secrets

os.environ.setdefault("DEBUG", "0")
os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1,localhost")
os.environ.setdefault("SECURE_SSL_REDIRECT", "no")

from coproduce.settings import *  # noqa: F403
from coproduce.settings import DATABASES, LOCAL_DIR

DATABASES["default"]["NAME"] = os.environ.get("DRILL_DATABASE", DATABASES["default"]["NAME"])
STATIC_ROOT = LOCAL_DIR / "drills" / "static"
MEDIA_ROOT = LOCAL_DIR / "drills" / "media"
if os.environ.get("DRILL_HTTPS") != "on":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "session", "csrf"
# Those of who signs in are counted by allauth itself.
ACCOUNT_RATE_LIMITS = False
# Letters of the demo and of the drills go nowhere.
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
# Refusals are what the drills are after; what breaks is a finding, and is read from this file.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "coproduce.logs.JsonLines"}},
    "handlers": {
        "broken": {"class": "logging.FileHandler", "formatter": "json", "level": "ERROR", "delay": True}
        | {"filename": os.environ.get("DRILL_LOG", os.devnull)}
    },
    "root": {"handlers": ["broken"], "level": "ERROR"},
    "loggers": {"django": {"handlers": []}},
}
