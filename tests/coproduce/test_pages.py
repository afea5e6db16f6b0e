"""The pages about the site, and the page that shows development mail."""

from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from coproduce.mail import ShownMail, shown_mail

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/about/", "/accessibility/", "/privacy/", "/components/", "/healthz"])
def test_the_pages_about_the_site_open_for_anybody(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_the_name_of_the_site_is_a_setting(client: Client, settings: object) -> None:
    settings.SITE_NAME = "The Long Table"
    page = client.get("/").text
    assert "The Long Table" in page
    assert "Coproduce" not in page


def test_development_mail_is_printed_and_kept_for_a_page(
    client: Client, settings: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DEBUG, settings.LOCAL_DIR = True, tmp_path
    ShownMail().send_messages([EmailMessage("Your code", "ABC 123", to=["ada@example.org"])])
    assert "ABC 123" in capsys.readouterr().out
    assert shown_mail()[0]["subject"] == "Your code"
    assert "ABC 123" in client.get("/mail/").text


def test_the_mail_page_does_not_exist_in_production(client: Client) -> None:
    assert client.get("/mail/").status_code == 404
