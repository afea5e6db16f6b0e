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
