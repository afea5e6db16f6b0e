"""The page of the boxes of a photograph as browsers without scripts use it, and close-ups."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.guests import Viewer
from responses.models import Board, Note, Origin, Photo, Region, Station, TextState
from responses.photos.regions import add_region, make_note, move_region, remove_region, show_note
from responses.stubs import print_stubs
from tests.photos import make_photo
from tests.walls import a_wall

pytestmark = pytest.mark.django_db
BOX = (100, 50, 200, 150)
SIDES = ("x", "y", "width", "height")


@pytest.fixture
def photo(board: Board) -> Photo:
    return Photo.objects.create(
        event=board.event, board=board, key=uuid4(), digest=uuid4().hex, files=uuid4().hex,
        width=1200, height=900, making=Photo.Making.MADE,
    )  # fmt: skip


@pytest.fixture
def region(photo: Photo, station: Station, ada: Viewer) -> Region:
    return add_region(photo, BOX, by=ada, station=station)


@pytest.fixture
def hosting(signed_in: Callable[[Viewer], Client], ada: Viewer) -> Client:
    return signed_in(ada)


def page_of(photo: Photo) -> str:
    return reverse("photo_boxes", args=[photo.identifier])


def opened(client: Client, photo: Photo) -> dict[str, object]:
    """The form as a browser has it, with all that is typed and chosen in it."""
    forms = client.get(page_of(photo)).context["forms"]
    data: dict[str, object] = {"act": "save"}
    for form in forms.forms:
        data.setdefault(form.kind, []).append(form.key)
        data |= {form[name].html_name: form[name].value() or "" for name in form.fields if name != "remove"}
    return data


def typed(box: tuple[int, ...], name: str = "new-1", **other: object) -> dict[str, object]:
    sides = zip(SIDES, box, strict=True)
    return {f"{name}-{key}": value for key, value in [*sides, *other.items()]}


def send(client: Client, photo: Photo, data: dict[str, object]) -> HttpResponse:
    return client.post(page_of(photo), data)


def name(region: Region) -> str:
    return f"box-{region.identifier}"


def test_a_new_box_is_added_by_numbers_alone(hosting: Client, photo: Photo, station: Station) -> None:
    answer = send(hosting, photo, opened(hosting, photo) | {"act": "add"})
    assert answer.status_code == 200
    assert b"New box" in answer.content
    assert not photo.regions.exists()
    data = {"act": "save", "new": "1"} | typed(BOX, station=station.identifier, shows="new")
    assert send(hosting, photo, data).status_code == 302
    region = photo.regions.get()
    assert (region.box, region.station, region.note.text_state) == (BOX, station, TextState.WAITING)


def test_all_rows_are_saved_at_once(
    hosting: Client, photo: Photo, region: Region, station: Station, ada: Viewer
) -> None:
    print_stubs(photo.board, by=ada, each=3)
    other, third = (add_region(photo, BOX, by=ada) for _ in range(2))
    data = opened(hosting, photo) | {"new": "7"} | typed((500, 50, 200, 150), "new-7")
    data |= typed((10, 20, 30, 40), name(region), shows="new", sheet=2)
    data |= {f"{name(other)}-remove": "on", f"{name(third)}-station": station.identifier}
    assert send(hosting, photo, data).status_code == 302
    region.refresh_from_db()
    third.refresh_from_db()
    assert (region.box, region.note.stub.number, third.station) == ((10, 20, 30, 40), 2, station)
    assert list(photo.regions.values_list("number", flat=True)) == [1, 3, 4]


def test_nothing_is_saved_and_nothing_lost_while_one_row_is_wrong(
    hosting: Client, photo: Photo, region: Region, ada: Viewer
) -> None:
    other = add_region(photo, BOX, by=ada)
    data = opened(hosting, photo) | {"new": "1"} | typed(("abc", 5, 5, 5))
    data |= {f"{name(region)}-x": "300", f"{name(other)}-width": "2"}
    answer = send(hosting, photo, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Type “Left” of the box as a whole number of pixels." in page
    assert 'value="abc"' in page
    assert 'value="300"' in page
    data |= {"new-1-x": "5"}
    page = send(hosting, photo, data).content.decode()
    assert page.count("A box has at least 8 pixels each way") >= 2
    region.refresh_from_db()
    assert (region.box, photo.regions.count()) == (BOX, 2)


def test_a_box_that_somebody_moved_meanwhile_is_said_and_not_overwritten(
    hosting: Client, photo: Photo, region: Region, ada: Viewer
) -> None:
    data = opened(hosting, photo)
    move_region(region, (500, 500, 90, 80), by=ada)
    data[f"{name(region)}-x"] = "120"
    answer = send(hosting, photo, data)
    assert answer.status_code == 422
    assert "500 from the left, 500 from the top, 90 wide and 80 high" in answer.content.decode()
    region.refresh_from_db()
    assert region.box == (500, 500, 90, 80)
    seen = next(form["seen"].value() for form in answer.context["forms"].forms)
    assert send(hosting, photo, data | {f"{name(region)}-seen": seen}).status_code == 302
    region.refresh_from_db()
    assert region.box == (120, *BOX[1:])


def test_a_row_that_was_not_touched_takes_what_somebody_else_made_of_it(
    hosting: Client, photo: Photo, region: Region, ada: Viewer
) -> None:
    other = add_region(photo, BOX, by=ada)
    data = opened(hosting, photo)
    move_region(region, (500, 500, 90, 80), by=ada)
    added = add_region(photo, (9, 9, 9, 9), by=ada)
    make_note(add_region(photo, (9, 9, 9, 9), by=ada, station=region.station), by=ada)
    data[f"{name(other)}-y"] = "77"
    assert send(hosting, photo, data).status_code == 302
    region.refresh_from_db()
    other.refresh_from_db()
    assert (region.box, other.y, added.box) == ((500, 500, 90, 80), 77, (9, 9, 9, 9))
    assert photo.regions.count() == 4


def test_a_box_that_somebody_removed_meanwhile_can_be_put_back(
    hosting: Client, photo: Photo, region: Region, ada: Viewer
) -> None:
    data = opened(hosting, photo)
    remove_region(region, by=ada)
    assert send(hosting, photo, data).status_code == 302, "an untouched row says nothing"
    data[f"{name(region)}-x"] = "120"
    answer = send(hosting, photo, data)
    assert answer.status_code == 422
    assert "Somebody removed this box while you had it open" in answer.content.decode()
    (row,) = answer.context["forms"].forms
    again = {"act": "save", row.kind: row.key}
    again |= {row[field].html_name: row[field].value() or "" for field in row.fields if field != "remove"}
    assert send(hosting, photo, again).status_code == 302
    assert photo.regions.get().box == (120, *BOX[1:])


def test_many_boxes_are_put_under_a_heading_and_get_their_notes(
    hosting: Client, photo: Photo, station: Station, ada: Viewer
) -> None:
    for _ in range(3):
        add_region(photo, BOX, by=ada)
    send(hosting, photo, opened(hosting, photo) | {"act": "place", "under": station.identifier})
    assert photo.regions.filter(station=station).count() == 3
    send(hosting, photo, opened(hosting, photo) | {"act": "notes"})
    assert Note.objects.filter(origin=Origin.PAPER, regions__photo=photo).count() == 3


def test_a_heading_or_note_from_elsewhere_is_refused_with_a_sentence(
    hosting: Client, photo: Photo, region: Region, make_board: Callable[..., Board], ada: Viewer
) -> None:
    other = make_board("Time", slug="other", event=photo.event).stations.get()
    data = opened(hosting, photo) | {f"{name(region)}-station": other.identifier}
    assert b"Choose one of the headings." in send(hosting, photo, data).content
    data = opened(hosting, photo) | {f"{name(region)}-shows": "nothing"}
    assert b"The note you chose is not there any more." in send(hosting, photo, data).content


def test_another_note_takes_the_place_of_the_one_that_a_box_showed(
    hosting: Client, photo: Photo, region: Region, station: Station, ada: Viewer
) -> None:
    first = make_note(region, by=ada)
    second = make_note(add_region(photo, BOX, by=ada, station=station), by=ada)
    send(hosting, photo, opened(hosting, photo) | {f"{name(region)}-shows": second.identifier})
    first.refresh_from_db()
    region.refresh_from_db()
    assert (region.note, first.ending) == (second, Note.Ending.NO_NOTE)
    send(hosting, photo, opened(hosting, photo) | {f"{name(region)}-shows": ""})
    region.refresh_from_db()
    assert region.note is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("x", "9" * 40), ("width", "-5"), ("height", "1e3"), ("sheet", "0"), ("sheet", "abc"), ("x", "٣")],
)
def test_numbers_that_are_none_get_a_sentence(
    hosting: Client, photo: Photo, region: Region, field: str, value: str
) -> None:
    answer = send(hosting, photo, opened(hosting, photo) | {f"{name(region)}-{field}": value})
    assert answer.status_code in (302, 422)
    assert (answer.status_code == 302) == (value == "٣")


def test_what_no_browser_sends_is_no_error(hosting: Client, photo: Photo, region: Region) -> None:
    for data in (
        {"act": "nothing"}, {"act": "save", "box": "x" * 300, "new": ["-1", "9" * 400, "1"]},
        {"act": "save", "suggested": "1,2", "keep": "a,b,c,d"}, {"act": "place", "under": "\N{SNOWMAN}"},
        {"act": "look", "new": "1", "new-1-x": "5"}, {},
    ):  # fmt: skip
        assert send(hosting, photo, data).status_code in (200, 302, 404, 422)


def test_boxes_are_not_there_for_others_nor_when_a_photograph_is_gone(
    client: Client, hosting: Client, photo: Photo, researcher: Viewer
) -> None:
    Photo.objects.filter(pk=photo.pk).update(taken_down_at=timezone.now(), files="", digest="")
    assert hosting.get(page_of(photo)).status_code == 404
    hosting.force_login(researcher.person)
    Photo.objects.filter(pk=photo.pk).update(taken_down_at=None)
    assert hosting.get(page_of(photo)).status_code == 404


def test_suggestions_are_offered_beside_what_is_there_and_only_ticked_ones_saved(
    hosting: Client, board: Board, ada: Viewer
) -> None:
    wall = a_wall()
    photo = make_photo(board.event, ada, board=board, picture=wall.picture)
    add_region(photo, wall.boxes[0], by=ada)
    answer = send(hosting, photo, opened(hosting, photo) | {"act": "look"})
    suggested = answer.context["forms"].suggested
    assert (len(suggested), photo.regions.count()) == (39, 1)
    every = [",".join(map(str, box)) for box in suggested]
    data = opened(hosting, photo) | {"suggested": every, "keep": every[:2]}
    assert send(hosting, photo, data).status_code == 302
    assert set(photo.regions.values_list("number", flat=True)) == {1, 2, 3}


@pytest.mark.parametrize("boxes", [1, 3])
def test_the_page_asks_no_more_questions_for_more_boxes(
    hosting: Client, photo: Photo, station: Station, ada: Viewer, boxes: int,
    django_assert_max_num_queries: Callable,
) -> None:  # fmt: skip
    for _ in range(boxes):
        show_note(
            add_region(photo, BOX, by=ada),
            make_note(add_region(photo, BOX, by=ada, station=station), by=ada),
            by=ada,
        )
    hosting.get(page_of(photo))
    with django_assert_max_num_queries(22):
        hosting.get(page_of(photo))
