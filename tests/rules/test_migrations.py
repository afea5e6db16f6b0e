"""Migrations are complete and named by hand."""

import re

import pytest
from django.core.management import call_command

from tests.rules.sources import APPS, ROOT

MIGRATIONS = sorted(path for app in APPS for path in (ROOT / app).glob("migrations/[0-9]*.py"))


@pytest.mark.django_db
def test_no_model_is_ahead_of_its_migrations() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_migration_says_what_it_is_about() -> None:
    nameless = re.compile(r"_auto_|_initial|_and_more|_alter_|_remove_.*_more")
    assert MIGRATIONS
    assert [path.stem for path in MIGRATIONS if nameless.search(path.stem)] == []


def test_no_two_migrations_of_an_app_share_a_number() -> None:
    numbers = [(path.parts[-3], path.stem[:4]) for path in MIGRATIONS]
    assert len(set(numbers)) == len(numbers)
