"""Reading settings from the environment: a wrong or missing value is a sentence."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")


def required(name: str, why: str) -> str:
    """The variable `name`, or a refusal to start that says how to set it."""
    if value := env.str(name, default=""):
        return value
    raise ImproperlyConfigured(f"{name} is not set. {why} (For development, start with ./dev.)")


def whole_number(name: str, default: int) -> int:
    """The variable `name` as a number of nought or more."""
    text = env.str(name, default=str(default))
    if not text.isdecimal():
        raise ImproperlyConfigured(f"{name} is “{text}”. It must be a whole number, for example {default}.")
    return int(text)


def yes_or_no(name: str, *, default: bool) -> bool:
    text = env.str(name, default="yes" if default else "no").strip().lower()
    if text not in (*env.BOOLEAN_TRUE_STRINGS, "yes", "no", "false", "off", "0", "n", ""):
        raise ImproperlyConfigured(f"{name} is “{text}”. It must be yes or no.")
    return text in (*env.BOOLEAN_TRUE_STRINGS, "yes")


def database() -> dict[str, object]:
    """The database of DATABASE_URL, or our own PostgreSQL for development without one."""
    return _address() | {
        "CONN_MAX_AGE": whole_number("CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": env.str("TEST_DATABASE_NAME", default="test_coproduce")},
    }


def _address() -> dict[str, object]:
    if not env.str("DATABASE_URL", default=""):
        return {"ENGINE": "coproduce.postgres", "NAME": "coproduce"}
    address = env.db("DATABASE_URL")
    if address["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres://: the site needs PostgreSQL.")
    return address


def media_folder() -> Path:
    """The folder of MEDIA_ROOT, from the project's own folder on unless it begins with a slash."""
    folder = BASE_DIR / (env.str("MEDIA_ROOT", default="") or ".local/media")
    if folder.exists() and not folder.is_dir():
        raise ImproperlyConfigured(f"MEDIA_ROOT is {folder}, which is a file. It must be a folder.")
    return folder


def mail_server() -> dict[str, object]:
    """The mailer of EMAIL_URL, for example smtp+tls://user:password@mail.example.org:587."""
    url = env.email("EMAIL_URL", default="smtp://localhost:25")
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": url["EMAIL_HOST"],
            "port": url["EMAIL_PORT"] or 25,
            "username": url["EMAIL_HOST_USER"] or "",
            "password": url["EMAIL_HOST_PASSWORD"] or "",
            "use_tls": url.get("EMAIL_USE_TLS", False),
            "use_ssl": url.get("EMAIL_USE_SSL", False),
            "timeout": 10,
        },
    }
