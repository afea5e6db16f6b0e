"""Pictures of posts: kept without what their file says, shown with their text, gone when withdrawn."""

from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone

from coproduce.images import keeping
from journal.illustrations import add_illustration, describe_illustration, withdraw_illustration
from journal.models import Illustration, Post, Writing
from journal.posts import begin_post, date_post
from journal.writing import writing_of
from people.guests import Viewer
from people.refusals import Refused
from tests.photos import a_jpeg
from tests.texts import names, saved, words

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def post(ada: Viewer) -> Post:
    return begin_post("What a wall can say", by=ada)


@pytest.fixture
def writing(post: Post, ada: Viewer) -> Writing:
    return writing_of(post, by=ada)


def added(writing: Writing, by: Viewer, **said: str) -> Illustration:
    said = {"alt": "A wall of notes.", "basis": "nobody"} | said
    return add_illustration(writing, BytesIO(a_jpeg(gps=True)), by=by, **said)


def address_of(picture: Illustration) -> str:
    return f"{picture.files_address}{picture.renditions.largest.name}.jpg"


def test_a_picture_needs_words_and_a_basis(writing: Writing, ada: Viewer) -> None:
    for said, lacking in (
        ({"alt": " "}, "what it shows"),
        ({"basis": ""}, "can be recognised"),
        ({"basis": "agreed"}, "written down"),
    ):
        with pytest.raises(Refused, match=lacking):
            added(writing, ada, **said)
    assert not Illustration.objects.exists()


def test_what_the_file_said_of_its_maker_is_not_kept(writing: Writing, ada: Viewer) -> None:
    assert keeping.original_of(added(writing, ada).files) is None


def test_only_those_who_write_change_pictures(writing: Writing, ada: Viewer, cleo: Viewer) -> None:
    picture = added(writing, ada)
    for act in (
        lambda: added(writing, cleo),
        lambda: describe_illustration(picture, by=cleo, alt="Mine.", basis="nobody"),
        lambda: withdraw_illustration(picture, by=cleo),
    ):
        with pytest.raises(Refused):
            act()


def test_readers_see_a_picture_with_its_post_and_not_before(
    client: Client, post: Post, writing: Writing, ada: Viewer
) -> None:
    picture = added(writing, ada)
    assert client.get(address_of(picture)).status_code == 404
    saved(post, words(), names("illustration", picture.identifier), by=ada)
    date_post(post, timezone.now(), by=ada)
    answer = client.get(address_of(picture))
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "A wall of notes." in client.get(post.get_absolute_url()).text


def test_a_withdrawn_picture_is_gone_from_disk_and_from_the_post(
    client: Client, post: Post, writing: Writing, ada: Viewer
) -> None:
    picture = added(writing, ada)
    saved(post, words(), names("illustration", picture.identifier), by=ada)
    date_post(post, timezone.now(), by=ada)
    folder, address = picture.files, address_of(picture)
    withdraw_illustration(picture, by=ada)
    assert not (keeping.root() / folder).exists()
    assert client.get(address).status_code == 404
    assert not Illustration.objects.visible_to(ada).exists()
    page = client.get(post.get_absolute_url()).text
    assert "A wall of notes." not in page
    assert "A picture stood here." in page
