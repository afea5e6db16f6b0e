"""Guests: a key in a signed cookie, shown to nobody."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings

from people.guests import ANYBODY, COOKIE, Viewer, know_the_viewer, viewer_of, welcome
from people.models import Person, Role
from responses.models import Board, Participant, Station


def visit(request: HttpRequest, *, welcomed: bool) -> HttpResponse:
    request.user = AnonymousUser()

    def page(request: HttpRequest) -> HttpResponse:
        if welcomed:
            welcome(request)
            welcome(request)
        return HttpResponse(request.viewer.guest_key)

    return know_the_viewer(page)(request)


def test_whoever_only_reads_gets_no_cookie() -> None:
    response = visit(RequestFactory().get("/"), welcomed=False)
    assert COOKIE not in response.cookies
    assert response.text == ""


def test_a_guest_is_known_again_by_the_cookie() -> None:
    first = visit(RequestFactory().get("/"), welcomed=True)
    again = RequestFactory().get("/")
    again.COOKIES[COOKIE] = first.cookies[COOKIE].value
    response = visit(again, welcomed=True)
    assert response.text == first.text != ""
    assert COOKIE not in response.cookies


def test_no_two_guests_are_alike() -> None:
    assert len({visit(RequestFactory().get("/"), welcomed=True).text for _ in range(20)}) == 20


def test_the_cookie_cannot_be_read_by_scripts_or_sent_by_other_sites() -> None:
    cookie = visit(RequestFactory().get("/"), welcomed=True).cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"


@pytest.mark.parametrize(
    "spoil", [lambda value: "x" + value, lambda value: value[:-1], lambda _: "", str.upper]
)
def test_a_cookie_that_was_tampered_with_is_nobody(spoil: Callable[[str], str]) -> None:
    value = visit(RequestFactory().get("/"), welcomed=True).cookies[COOKIE].value
    request = RequestFactory().get("/")
    request.user, request.COOKIES[COOKIE] = AnonymousUser(), spoil(value)
    assert viewer_of(request) == ANYBODY


def test_a_guest_is_still_known_after_the_secret_was_rotated() -> None:
    with override_settings(SECRET_KEY="the old one"):
        first = visit(RequestFactory().get("/"), welcomed=True)
    request = RequestFactory().get("/")
    request.user, request.COOKIES[COOKIE] = AnonymousUser(), first.cookies[COOKIE].value
    with override_settings(SECRET_KEY="the new one", SECRET_KEY_FALLBACKS=["the old one"]):
        assert viewer_of(request).guest_key == first.text


@pytest.mark.django_db
def test_whoever_signs_in_acts_as_themselves_and_not_as_the_guest(client: Client) -> None:
    person = Person.objects.create_user("ada@example.org", name="Ada")
    request = RequestFactory().get("/")
    request.user, request.COOKIES[COOKIE] = person, "anything"
    viewer = viewer_of(request)
    assert (viewer.person, viewer.guest_key, viewer.key) == (person, "", str(person.key))


def test_a_guest_runs_nothing() -> None:
    guest = Viewer(guest_key="ben")
    assert not any((guest.may_organise, guest.is_steward, guest.is_researcher, guest.is_anybody))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "organises", "stewards"),
    [
        (Role.Kind.ORGANISER, True, False),
        (Role.Kind.STEWARD, True, True),
        (Role.Kind.RESEARCHER, False, False),
    ],
)
def test_what_a_person_may_do_is_what_their_roles_say(role: str, organises: bool, stewards: bool) -> None:
    person = Person.objects.create_user("ada@example.org")
    Role.objects.create(person=person, kind=role)
    viewer = Viewer(person=person)
    assert (viewer.may_organise, viewer.is_steward) == (organises, stewards)


def test_what_stands_for_a_guest_differs_from_board_to_board(
    make_board: Callable[..., Board], ben: Viewer
) -> None:
    wall = make_board()
    other = make_board(slug="other", event=wall.event)
    tokens = {wall.token_of(ben), other.token_of(ben)}
    assert len(tokens) == 2
    assert not any(ben.guest_key in token for token in tokens)
    assert wall.token_of(ANYBODY) == ""


def test_postgresql_and_python_make_the_same_token(
    station: Station, ben: Viewer, dee: Viewer, post_note: Callable
) -> None:
    for number, viewer in enumerate((ben, dee, Viewer(guest_key="dé–½"))):
        post_note(station, f"Note {number}", by=viewer)
        assert Participant.objects.of(viewer).get().token == station.board.token_of(viewer)
    assert not Participant.objects.of(ANYBODY).exists()
    assert not Participant.objects.of(Viewer(guest_key="nobody")).exists()
