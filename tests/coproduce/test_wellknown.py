"""What programs look for at a fixed place: how to report a hole, and where to change a password."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
SECURITY_TXT = "/.well-known/security.txt"


def told(client: Client) -> dict[str, list[str]]:
    """The fields of the file, as RFC 9116 reads it."""
    answer = client.get(SECURITY_TXT)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    found: dict[str, list[str]] = {}
    for line in answer.text.splitlines():
        name, colon, value = line.partition(": ")
        assert colon, line
        found.setdefault(name, []).append(value)
    return found


def test_the_file_says_where_to_write_and_until_when_it_holds(client: Client, settings: object) -> None:
    settings.CONTACT_EMAIL, settings.SITE_URL = "hello@record.example", "https://record.example"
    said = told(client)
    assert said["Contact"] == ["mailto:hello@record.example", "https://record.example/security/"]
    assert said["Canonical"] == [f"https://record.example{SECURITY_TXT}"]
    assert said["Policy"] == ["https://record.example/security/"]
    assert said["Preferred-Languages"] == ["en, cy"]


def test_it_holds_for_months_and_never_for_more_than_a_year(client: Client) -> None:
    (expires,) = told(client)["Expires"]
    left = datetime.strptime(expires, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) - datetime.now(UTC)
    assert timedelta(days=200) < left < timedelta(days=366)


def test_without_an_address_the_page_is_the_contact(client: Client, settings: object) -> None:
    settings.CONTACT_EMAIL = ""
    assert told(client)["Contact"] == [f"{settings.SITE_URL}/security/"]


def test_the_page_it_names_says_what_is_promised(client: Client, settings: object) -> None:
    settings.CONTACT_EMAIL = "hello@record.example"
    page = client.get("/security/").text
    assert "within 72 hours" in page
    assert "mailto:hello@record.example" in page


def test_password_managers_find_the_page_that_changes_a_password(client: Client) -> None:
    assert client.get("/.well-known/change-password")["Location"] == "/account/password/change/"
    # RFC 8615 asks nothing of other names; what is not there must say so, or the first means nothing.
    assert client.get("/.well-known/resource-that-should-not-exist").status_code == 404
