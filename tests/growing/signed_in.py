"""Signs Ada in on the database of DATABASE_URL and prints the key of her session.

In a process of its own, since the tests' Django knows another database.
"""
# ruff: noqa: E402  Django must be set up before anything that names a model is imported

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "coproduce.settings"

import django

django.setup()

from django.conf import settings

# Django's test client insists on it, whatever the address is.
settings.ALLOWED_HOSTS = ["*"]

from people.models import Person
from tests.sessions import signed_in


def main() -> None:
    ada = Person.objects.filter(email="ada@example.org").first()
    ada = ada or Person.objects.create_user("ada@example.org", name="Ada")
    print(signed_in(ada).session.session_key)


if __name__ == "__main__":
    main()
