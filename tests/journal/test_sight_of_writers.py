"""What those who write do not see of what others keep back."""

from collections.abc import Callable

import pytest

from events.models import Appointment, Duty, Event
from journal.models import Draft, Post, Writing
from journal.posts import begin_post
from journal.showing import photos_for, previewed_blocks
from journal.writing import keep_draft, writing_of
from people.guests import Viewer
from people.models import Role
from responses.models import Photo
from responses.photos.publishing import Said, describe_photo, publish_photo
from tests.conftest import make_person
from tests.photos import make_photo
from tests.texts import names, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def bea(db: None) -> Viewer:
    """Bea organises other events, and writes about this one."""
    return Viewer(person=make_person("Bea", Role.Kind.ORGANISER))


@pytest.fixture
def writing(make_event: Callable[..., Event], bea: Viewer) -> Writing:
    post: Post = begin_post("What the wall said", by=bea)
    post.events.add(make_event())
    return writing_of(post, by=bea)


def test_whoever_writes_about_an_event_sees_its_photographs_once_they_are_on_record(
    writing: Writing, ada: Viewer, bea: Viewer
) -> None:
    said = Said(alt="A wall with twelve sheets.", caption="The wall", basis=Photo.Basis.NOBODY)
    photo = describe_photo(make_photo(Event.objects.get(), ada), said, by=ada)
    block = names("photo", photo.identifier)
    assert not photos_for(writing, bea).exists()
    assert previewed_blocks(writing, [block], bea)[0].gone
    publish_photo(photo, by=ada)
    assert photos_for(writing, bea).get() == photo
    assert not previewed_blocks(writing, [block], bea)[0].gone


def test_whose_role_ended_has_no_draft_there_any_more(make_event: Callable[..., Event]) -> None:
    event, fay = make_event(), make_person("Fay")
    held = Appointment.objects.create(person=fay, duty=Duty.ORGANISER, event=event)
    viewer = Viewer(person=fay)
    keep_draft(writing_of(event, by=viewer), [words()], by=viewer, based_on=0, number=1)
    assert Draft.objects.visible_to(viewer).exists()
    held.delete()
    assert not Draft.objects.visible_to(viewer).exists()
