"""Who may open a stream: signed cookies and sight, for all who knock at once in a few queries.

Five hundred phones may come back in the same second. A guest costs one signature and a
share of two queries; nobody keeps a database connection.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, parse_cookie

from coproduce.languages import language_of
from people.guests import ANYBODY, Viewer, viewer_of
from responses.live.audiences import Audience, Place, audience_of
from responses.models import Activity, Participant
from responses.screens import before_screen, is_screen

SESSIONS = import_module(settings.SESSION_ENGINE)


@dataclass(frozen=True, slots=True)
class Knock:
    """Somebody at the door: what they ask for, their cookies or the token of a screen, and their language."""

    identifier: str
    cookies: str
    screen: str = ""
    accept_language: str = ""

    @property
    def language(self) -> str:
        """The code of the language they read the page in."""
        return language_of(self.cookies, self.accept_language)


@dataclass(frozen=True, slots=True)
class Pass:
    """They may come in: to which activity, in which audience and language, and who they are to count by."""

    pk: int
    number: int
    audience: Audience
    key: str
    language: str = settings.LANGUAGE_CODE
    # Whether a screen in the hall asks, which may listen no longer than its address holds.
    is_screen: bool = False
    # Guests may listen only as long as everybody may see the activity.
    is_guest: bool = True

    @property
    def place(self) -> Place:
        return Place(self.pk, self.audience, self.language)


def admit(knocks: Sequence[Knock]) -> list[Pass | None]:
    """A pass for each, or None where there is nothing for them to see."""
    viewers = [viewer_with(knock.cookies) for knock in knocks]
    wanted = {knock.identifier for knock in knocks}
    for_all = {activity.identifier: activity for activity in _visible(wanted, ANYBODY)}
    in_room = _in_room(knocks, viewers, for_all)
    return [
        _pass_of_person(knock, viewer)
        if viewer.person
        else _pass_of_guest(knock, for_all.get(knock.identifier), viewer, in_room)
        for knock, viewer in zip(knocks, viewers, strict=True)
    ]


def viewer_with(cookies: str) -> Viewer:
    """The viewer behind a Cookie header, as the pages know them."""
    request = HttpRequest()
    request.COOKIES = parse_cookie(cookies)
    request.user = AnonymousUser()
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    # The database takes no such sign: one odd cookie would turn away all who knock with it.
    if session and "\0" not in session:
        request.session = SESSIONS.SessionStore(session)
        request.user = get_user(request)
    return viewer_of(request)


def _visible(identifiers: Iterable[str], viewer: Viewer) -> Iterable[Activity]:
    return Activity.objects.visible_to(viewer).filter(identifier__in=identifiers).select_related("event")


def _in_room(
    knocks: Sequence[Knock], viewers: Sequence[Viewer], activities: dict[str, Activity]
) -> set[tuple[int, str]]:
    """Those guests who joined with the code: the activity and what stands for them on it."""
    tokens: defaultdict[int, list[str]] = defaultdict(list)
    for knock, viewer in zip(knocks, viewers, strict=True):
        if viewer.guest_key and (activity := activities.get(knock.identifier)):
            tokens[activity.pk].append(activity.token_of(viewer))
    found: set[tuple[int, str]] = set()
    for pk, those in tokens.items():
        joined = Participant.objects.in_the_room().filter(activity=pk, token__in=those)
        found.update(joined.values_list("activity", "token"))
    return found


def _pass_of_guest(
    knock: Knock, activity: Activity | None, viewer: Viewer, in_room: set[tuple[int, str]]
) -> Pass | None:
    if activity is None:
        return None
    at_screen = is_screen(activity, knock.screen)
    joined = at_screen or (activity.pk, activity.token_of(viewer)) in in_room
    audience = Audience.ROOM if joined else Audience.PUBLIC
    return Pass(activity.pk, activity.change_number, audience, viewer.key, knock.language, at_screen)


def _pass_of_person(knock: Knock, viewer: Viewer) -> Pass | None:
    activity = next(iter(_visible([knock.identifier], viewer)), None)
    if activity is None:
        return None
    viewer = before_screen(viewer, activity, knock.screen)
    audience = audience_of(activity, viewer)
    at_screen = bool(viewer.screen_of)
    number, language = activity.change_number, knock.language
    return Pass(activity.pk, number, audience, viewer.key, language, at_screen, is_guest=False)
