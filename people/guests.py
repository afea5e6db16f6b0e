"""Who is looking: a person who signed in, a guest with a key in a cookie, or anybody."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from people.models import Person, Role

COOKIE = "guest" if settings.DEBUG else "__Host-guest"
COOKIE_AGE = 90 * 24 * 3600  # seconds


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whoever reads or acts. Rules of sight and acts ask this and nothing else.

    A guest is a random key, shown to nobody; it is not stored, only what a board makes
    of it with the board's own salt (see `responses.models.Participant`).
    """

    person: Person | None = None
    guest_key: str = ""
    # The activity, by its primary key, whose screen in the hall they look at: what its room may read.
    screen_of: int | None = None
    # The event, by its primary key, whose link that asks the room to read its notes they opened.
    reads_for: int | None = None

    @property
    def key(self) -> str:
        """What stands for this viewer on boards; empty for anybody."""
        return str(self.person.key) if self.person else self.guest_key

    @property
    def is_anybody(self) -> bool:
        return not self.key

    @property
    def as_participant(self) -> "Viewer":
        """The same viewer without their name: all that a trace keeps of whoever answers a board."""
        return Viewer(guest_key=self.key)

    @property
    def is_steward(self) -> bool:
        return self._has(Role.Kind.STEWARD)

    @property
    def is_researcher(self) -> bool:
        return self._has(Role.Kind.RESEARCHER)

    @property
    def moderates_all(self) -> bool:
        return self._has(Role.Kind.MODERATOR) or self.is_steward

    @property
    def may_organise(self) -> bool:
        """Whether they may put new events and series on record."""
        return self._has(Role.Kind.ORGANISER) or self.is_steward

    @property
    def has_a_desk(self) -> bool:
        """Whether anything here may need them: a role over the site, in a series or in an event."""
        if self.person is None:
            return False
        return bool(self.person.role_kinds - {Role.Kind.RESEARCHER}) or self.person.has_duties

    def _has(self, kind: str) -> bool:
        return self.person is not None and kind in self.person.role_kinds


ANYBODY = Viewer()


def viewer_of(request: HttpRequest) -> Viewer:
    """The viewer behind a request, from its session or its signed guest cookie."""
    if request.user.is_authenticated:
        return Viewer(person=request.user)
    return Viewer(guest_key=request.get_signed_cookie(COOKIE, default="", salt="guest"))


def welcome(request: HttpRequest) -> Viewer:
    """The viewer, with a new guest key if they had none; the answer will carry the cookie."""
    if request.viewer.is_anybody:
        request.viewer = replace(request.viewer, guest_key=secrets.token_urlsafe(16))
        request.is_new_guest = True
    return request.viewer


def know_the_viewer(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: every request knows its viewer as `request.viewer`."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.viewer = viewer_of(request)
        response = get_response(request)
        if getattr(request, "is_new_guest", False):
            remember_guest(response, request.viewer)
        return response

    return middleware


def remember_guest(response: HttpResponse, viewer: Viewer) -> None:
    response.set_signed_cookie(
        COOKIE,
        viewer.guest_key,
        salt="guest",
        max_age=COOKIE_AGE,
        secure=not settings.DEBUG,
        httponly=True,
        samesite="Lax",
    )
