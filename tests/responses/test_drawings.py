"""Acts on drawings: one picture for one key, nothing of it left behind, and nobody's but one's own."""

import io
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import IntegrityError
from PIL import Image

from coproduce.images import keeping
from coproduce.images.making import NotAPicture
from events.models import Quotation
from people.consent import consent_given
from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from responses import drawing as acts
from responses.board import KeyTaken
from responses.drawing import (
    Full,
    Hung,
    Words,
    add_picture,
    change_picture_consent,
    correct_picture,
    make_drawing,
    withdraw_picture,
)
from responses.drawing_desk import (
    hide_picture,
    put_on_record,
    show_picture,
    take_back_from_record,
    take_down_picture,
)
from responses.models import Change, Drawing, Participant, Picture
from responses.receipts import receipt_for
from responses.room import change_settings, close_activity
from tests.coproduce.pictures import drawing as drawn
from tests.coproduce.pictures import from_a_camera, sent
from tests.drawings import folder_of, hang_one, hold_drawing
from tests.responses.test_races import at_once

pytestmark = pytest.mark.django_db
Settle = Callable[..., object]
SAID = Words("A loaf on a table.", "Table four", "Share it while it is warm.")


@pytest.fixture
def drawing(make_event: Callable) -> Drawing:
    return hold_drawing(make_event())


def add(drawing: Drawing, by: Viewer, **facts: object) -> Hung:
    said = {"key": uuid4(), "upload": sent(drawn()), "words": SAID}
    said |= {"consent": consent_given(public=True, research=True)}
    return add_picture(drawing, by=by, **(said | facts))


def folders() -> list[str]:
    return [path.name for path in keeping.root().iterdir()] if keeping.root().exists() else []


@pytest.fixture(autouse=True)
def empty_folder(settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def test_a_picture_hangs_with_its_words_and_a_change(drawing: Drawing, ben: Viewer) -> None:
    hung = add(drawing, ben)
    picture = Picture.objects.get()
    assert (hung.is_new, hung.picture) == (True, picture)
    assert (picture.number, picture.width, picture.height, picture.moderation) == (1, 96, 64, "shown")
    assert Words(picture.alt, picture.group, picture.expression) == SAID
    assert drawing.changes.latest("number").kind == Change.Kind.PICTURE_ADDED
    assert not Act.objects.filter(subject=picture.identifier).exists(), "its Change is the trace of it"


def test_of_a_photograph_neither_the_file_sent_nor_what_it_says_is_kept(
    drawing: Drawing, ben: Viewer
) -> None:
    camera = sent(drawn(), "JPEG", exif=from_a_camera(6))
    picture = add(drawing, ben, upload=camera).picture
    kept = {path.name: path.read_bytes() for path in folder_of(picture.files).iterdir()}
    assert sorted(kept) == ["small.avif", "small.jpg", "small.webp"]
    assert keeping.original_of(picture.files) is None
    for name, content in kept.items():
        assert b"Paper Camera" not in content, name
        assert not Image.open(io.BytesIO(content)).getexif(), name


def test_the_same_key_gives_the_same_picture_and_no_second_folder(drawing: Drawing, ben: Viewer) -> None:
    key = uuid4()
    first, again = add(drawing, ben, key=key), add(drawing, ben, key=key, upload=sent(drawn((50, 50))))
    assert (again.is_new, again.picture) == (False, first.picture)
    assert folders() == [first.picture.files]
    assert drawing.changes.filter(kind=Change.Kind.PICTURE_ADDED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_picture_sent_five_times_at_once_hangs_once(drawing: Drawing, ben: Viewer) -> None:
    key = uuid4()
    hung = at_once(5, lambda _: add(drawing, ben, key=key))
    picture = Picture.objects.get()
    assert {one.picture for one in hung} == {picture}
    assert sum(one.is_new for one in hung) == 1
    assert folders() == [picture.files]


def test_another_device_cannot_claim_a_key(drawing: Drawing, ben: Viewer, dee: Viewer) -> None:
    key = uuid4()
    add(drawing, ben, key=key)
    with pytest.raises(Refused, match="another device"):
        add(drawing, dee, key=key)
    assert Picture.objects.count() == 1


def test_a_key_that_hung_elsewhere_is_asked_for_again(
    drawing: Drawing, make_event: Callable, ben: Viewer
) -> None:
    key, other = uuid4(), hold_drawing(drawing.event, "Draw a night")
    hang_one(other, by=ben, key=key)
    before = folders()
    with pytest.raises(KeyTaken):
        add(drawing, ben, key=key)
    assert folders() == before


@pytest.mark.parametrize(
    "sent_file", [io.BytesIO(b""), io.BytesIO(b"<svg onload=alert(1)>"), io.BytesIO(b"%PDF-1.7")]
)
def test_what_is_no_picture_is_refused_and_leaves_nothing(
    drawing: Drawing, ben: Viewer, sent_file: io.BytesIO
) -> None:
    with pytest.raises(NotAPicture):
        add(drawing, ben, upload=sent_file)
    assert (folders(), Picture.objects.count()) == ([], 0)


def never_read(_: object) -> None:
    raise AssertionError("It should have been refused before any file is read.")


@pytest.mark.parametrize("under_18s", [True, False])
def test_nothing_is_read_where_nothing_is_taken(
    drawing: Drawing, ben: Viewer, monkeypatch: pytest.MonkeyPatch, under_18s: bool
) -> None:
    monkeypatch.setattr(acts, "kept", never_read)
    if under_18s:
        change_settings(drawing, by=None, may_include_under_18s=True)
    else:
        close_activity(drawing, by=None)
    drawing.refresh_from_db()
    with pytest.raises(Refused, match="Under-18s" if under_18s else "closed"):
        add(drawing, ben)


def test_nobody_in_particular_hangs_nothing(drawing: Drawing) -> None:
    with pytest.raises(Refused, match="cookies"):
        add(drawing, ANYBODY)


@pytest.mark.parametrize(
    "words",
    [Words(""), Words("\u202e \n"), Words("x" * 501), Words("x", "x" * 101), Words("x", "", "x" * 301)],
)
def test_words_that_are_missing_or_too_many_are_refused(drawing: Drawing, ben: Viewer, words: Words) -> None:
    with pytest.raises(Refused):
        add(drawing, ben, words=words)
    assert folders() == []


def test_one_person_and_one_drawing_have_their_fill(
    drawing: Drawing, ben: Viewer, dee: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts, "MOST_OF_ONE", 1)
    hang_one(drawing, by=ben)
    with pytest.raises(Full, match="Take one down"):
        hang_one(drawing, by=ben)
    monkeypatch.setattr(acts, "MOST", 2)
    hang_one(drawing, by=dee)
    with pytest.raises(Full, match="full"):
        hang_one(drawing, by=Viewer(guest_key="eve"))


def test_withdrawal_leaves_no_file_no_word_and_no_quotation(
    drawing: Drawing, ben: Viewer, ada: Viewer, django_capture_on_commit_callbacks: Settle
) -> None:
    picture = hang_one(drawing, by=ben, group="Table four", expression="Share it.")
    put_on_record(picture, by=ada)
    folder = folder_of(picture.files)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_picture(picture, by=ben)
    picture.refresh_from_db()
    assert not folder.exists()
    assert (picture.files, picture.group, picture.alt, picture.expression) == ("", "", "", "")
    assert (picture.quotation, Quotation.objects.count()) == (None, 0)
    with pytest.raises(Refused, match="before"):
        withdraw_picture(picture, by=ben)
    for row in (*Act.objects.values(), *Change.objects.values()):
        assert "Table four" not in str(row)
        assert "Share it." not in str(row)


def test_the_database_refuses_a_withdrawn_picture_that_is_not_empty(drawing: Drawing, ben: Viewer) -> None:
    picture = hang_one(drawing, by=ben)
    with pytest.raises(IntegrityError, match="a_withdrawn_picture_is_empty"):
        Picture.objects.filter(pk=picture.pk).update(withdrawn_at=picture.added_at)


def test_a_receipt_does_what_the_cookie_does(
    drawing: Drawing, ben: Viewer, cleo: Viewer, django_capture_on_commit_callbacks: Settle
) -> None:
    picture = hang_one(drawing, by=ben)
    receipt = receipt_for(picture.key)
    Participant.objects.all().delete()
    picture.refresh_from_db()
    with pytest.raises(Refused, match="receipt"):
        withdraw_picture(picture, by=ben)
    correct_picture(picture, SAID, by=cleo, receipt=receipt.upper())
    change_picture_consent(picture, consent_given(public=False, research=False), by=cleo, receipt=receipt)
    assert not Picture.objects.visible_to(ANYBODY).exists()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_picture(picture, by=cleo, receipt=receipt)
    assert not Picture.objects.standing().exists()


def test_nobody_else_touches_a_picture(drawing: Drawing, ben: Viewer, dee: Viewer) -> None:
    picture = hang_one(drawing, by=ben)
    for act in (
        lambda: withdraw_picture(picture, by=dee),
        lambda: correct_picture(picture, SAID, by=dee, receipt="0" * 16),
        lambda: change_picture_consent(picture, consent_given(public=False, research=False), by=dee),
        lambda: hide_picture(picture, "No.", by=ben),
        lambda: show_picture(picture, by=ben),
        lambda: take_down_picture(picture, "No.", by=dee),
        lambda: put_on_record(picture, by=ben),
        lambda: take_back_from_record(picture, by=ben),
        lambda: make_drawing(drawing.event, by=ben, name="Ours"),
    ):
        with pytest.raises(Refused):
            act()
    assert Picture.objects.visible_to(ANYBODY).get() == picture


def test_two_drawings_of_one_name_have_two_addresses(make_event: Callable, ada: Viewer) -> None:
    event = make_event()
    made = [make_drawing(event, by=ada, name=name) for name in ("New", "A day", "A day", "?")]
    assert [one.slug for one in made] == ["new-2", "a-day", "a-day-2", "drawing"]
    with pytest.raises(Refused, match="name"):
        make_drawing(event, by=ada, name="  ")
