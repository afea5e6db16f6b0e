"""What programs read is the same bytes whatever language somebody reads the site in."""

import re
from itertools import chain, islice

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from people.guests import Viewer
from tests.rules.places import addresses, pages
from tests.rules.scenes import Scene

pytestmark = pytest.mark.django_db

# For people too: a feed reader and a calendar show them, and drawings hold words.
FOR_PEOPLE = (
    "text/html",
    "application/atom+xml",
    "text/calendar",
    "image/",
    "text/plain",
    "text/event-stream",
)
# What is counted or made anew for each answer.
ITS_OWN = re.compile(rb"\d+")


def body_of(answer: HttpResponse) -> bytes:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return ITS_OWN.sub(b"0", body)


def test_no_file_and_no_answer_to_a_program_is_translated(
    published: Scene, draft: Scene, ada: Viewer, client: Client
) -> None:
    assert draft.event.series
    client.force_login(ada.person)
    client.raise_request_exception = False
    compared, differ = 0, []
    for address in chain.from_iterable(islice(addresses(name, published), 1) for name in pages()):
        client.cookies.pop(settings.LANGUAGE_COOKIE_NAME, None)
        english = client.get(address)
        said = body_of(english)
        kind = english.headers.get("Content-Type", "text/html")
        if english.status_code == 500:
            differ.append(f"fails: {address}")
        if english.status_code != 200 or kind.startswith(FOR_PEOPLE) or "zip" in kind:
            continue
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "cy"
        compared += 1
        if said != body_of(client.get(address)):
            differ.append(f"{kind} {address}")
    assert not differ, "\n".join(differ)
    assert compared > 20
