"""Changing what is said of a film or a picture beside a text; deleting a file or a picture."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client

from events.models import Event
from journal.attachments import add_attachment
from journal.films import add_film
from journal.illustrations import add_illustration
from journal.models import Attachment, Film, Illustration
from journal.posts import begin_post
from journal.writing import writing_of
from people.guests import Viewer
from tests.conftest import make_person
from tests.journal.test_attachments import PDF
from tests.photos import a_jpeg
from tests.texts import names, published, words

pytestmark = pytest.mark.django_db(transaction=True)
MakeEvent = Callable[..., Event]
SAID = {"alt": "A bowl on a table.", "basis": "nobody"}


@pytest.fixture
def film(make_event: MakeEvent, ada: Viewer) -> Film:
    writing = writing_of(make_event(), by=ada)
    return add_film(writing, "https://vimeo.com/1", by=ada, title="The wall", alternative="Hands.")


@pytest.fixture
def file(film: Film, ada: Viewer) -> Attachment:
    return add_attachment(film.writing, BytesIO(PDF), by=ada, title="The agenda")


@pytest.fixture
def picture(ada: Viewer) -> Illustration:
    writing = writing_of(begin_post("After", by=ada), by=ada)
    return add_illustration(writing, BytesIO(a_jpeg(64, 48)), by=ada, alt="A bowl.", basis="nobody")


@pytest.fixture
def desk(client: Client, ada: Viewer) -> Client:
    client.force_login(ada.person)
    return client


def test_what_is_said_of_a_film_is_changed_and_its_address_is_not_asked_for(desk: Client, film: Film) -> None:
    where = f"{film.get_absolute_url()}edit/"
    page = desk.get(where).text
    assert 'value="The wall"' in page
    assert "Address of the film" not in page
    answer = desk.post(where, {"title": "Our wall", "alternative": "Hands on paper.", "length": "4 minutes"})
    assert answer["Location"] == "/events/wall-day/write/"
    film.refresh_from_db()
    assert (film.title, film.alternative, film.key) == ("Our wall", "Hands on paper.", "1")


def test_what_is_missing_is_told_and_nothing_changes(desk: Client, film: Film) -> None:
    answer = desk.post(f"{film.get_absolute_url()}edit/", {"title": "Our wall", "alternative": " "})
    assert answer.status_code == 422
    assert 'value="Our wall"' in answer.text
    assert Film.objects.get().title == "The wall"


def test_a_file_is_deleted_with_a_reason(desk: Client, file: Attachment) -> None:
    published(file.writing.event, words(), names("file", file.identifier), by=Viewer(person=file.by))
    where = f"{file.get_absolute_url()}edit/"
    assert desk.post(where, {"why": ""}).status_code == 422
    desk.post(where, {"why": "It named somebody.", "act": "withdraw"})
    assert Attachment.objects.get().withdrawn_at
    assert "It named somebody." in desk.get(file.get_absolute_url()).text


def test_a_picture_is_described_anew_and_deleted(desk: Client, picture: Illustration) -> None:
    where = f"/illustrations/{picture.identifier}/edit/"
    desk.post(where, SAID)
    picture.refresh_from_db()
    assert picture.alt == "A bowl on a table."
    desk.post(where, {"act": "withdraw"})
    picture.refresh_from_db()
    assert picture.withdrawn_at
    assert picture.files == ""


def test_a_picture_that_somebody_can_be_recognised_on_needs_a_note(
    desk: Client, picture: Illustration
) -> None:
    answer = desk.post(f"/illustrations/{picture.identifier}/edit/", SAID | {"basis": "agreed"})
    assert answer.status_code == 422
    assert "written down" in answer.text


def test_others_find_no_such_page(
    client: Client, film: Film, file: Attachment, picture: Illustration, ada: Viewer
) -> None:
    """Also where the thing itself is public."""
    published(
        film.writing.event,
        words(),
        names("film", film.identifier),
        names("file", file.identifier, "f"),
        by=ada,
    )
    client.force_login(make_person("Eve", "organiser"))
    addresses = (film.get_absolute_url(), file.get_absolute_url(), f"/illustrations/{picture.identifier}/")
    for address in addresses:
        assert client.get(f"{address}edit/").status_code == 404
        assert client.post(f"{address}edit/", {"act": "withdraw", "why": "Mine."}).status_code == 404
    assert not Attachment.objects.exclude(withdrawn_at=None).exists()
