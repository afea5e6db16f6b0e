"""Production is the default, and a wrong value is a sentence that says what to do."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "SECRET_KEY": "abcdefghij0123456789" * 4,
    "ALLOWED_HOSTS": "record.example.org",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
}
# Columns that the database works out are checked against its version, so this check asks a real one.
DEPLOYED = {name: value for name, value in PRODUCTION.items() if name != "DATABASE_URL"}


def start(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    ours = ("DEBUG", "DJANGO_")  # what running the tests itself has set
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT, env=kept | variables, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_production_refuses_to_start_without_its_secret() -> None:
    ended = start("check", **(PRODUCTION | {"SECRET_KEY": ""}))
    assert ended.returncode != 0
    assert "SECRET_KEY is not set." in ended.stderr


def test_production_refuses_to_start_without_its_host_names() -> None:
    ended = start("check", **(PRODUCTION | {"ALLOWED_HOSTS": ""}))
    assert ended.returncode != 0
    assert "ALLOWED_HOSTS is not set." in ended.stderr


def test_the_deployment_check_is_clean_under_production_settings() -> None:
    ended = start("check", "--deploy", "--fail-level", "WARNING", **DEPLOYED)
    assert ended.returncode == 0, ended.stderr


def test_the_deployment_check_notices_a_site_without_https() -> None:
    ended = start("check", "--deploy", "--fail-level", "WARNING", SECURE_SSL_REDIRECT="no", **DEPLOYED)
    assert ended.returncode != 0
    assert "security.W008" in ended.stderr


def test_a_wrong_value_names_itself_and_what_it_must_be() -> None:
    for name, wrong, sentence in (
        ("DEBUG", "perhaps", "It must be yes or no."),
        ("TRUSTED_PROXIES", "one", "It must be a whole number"),
        ("MEDIA_ROOT", "manage.py", "It must be a folder"),
        ("DATABASE_URL", "sqlite:///here.db", "the site needs PostgreSQL"),
    ):
        ended = start("check", **(PRODUCTION | {name: wrong}))
        assert ended.returncode != 0
        assert sentence in ended.stderr, ended.stderr


def test_psycopg2_is_the_driver() -> None:
    """psycopg 3 anywhere in the environment would silently take its place."""
    from django.db import connection

    assert connection.Database.__name__ == "psycopg2"
