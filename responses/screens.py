"""The screen in the hall: an address that shows an activity as its room sees it, signed in or not.

Whoever has the code of an activity is in its room. So the code stands only where the room is:
with those who run the event, those who joined, and a screen that was opened by this address.
"""

from dataclasses import replace

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from people.guests import Viewer
from responses.models import Activity

_SIGNER = Signer(salt="screen")


def screen_token(activity: Activity) -> str:
    """What the address of its screen ends with, good while it has this code; empty while it is closed."""
    return _SIGNER.signature(_signed(activity)) if activity.code else ""


def is_screen(activity: Activity, token: str) -> bool:
    """Whether the token belongs to this activity and to the code it has now."""
    if not (activity.code and token):
        return False
    try:
        return _SIGNER.unsign(f"{_signed(activity)}:{token}") == _signed(activity)
    except BadSignature:
        return False


def _signed(activity: Activity) -> str:
    return f"{activity.identifier} {activity.code}"


def before_screen(viewer: Viewer, activity: Activity, token: str) -> Viewer:
    """The viewer, who sees what the room sees if the token is that of the activity's screen."""
    return replace(viewer, screen_of=activity.pk) if is_screen(activity, token) else viewer


def screen_address(activity: Activity) -> str:
    """Where the big screen of an activity opens; while it is open, for a computer where nobody signed in."""
    token = screen_token(activity)
    where = [activity.event.slug, activity.slug]
    return reverse(f"{activity.kind}_projector", args=where, query={"screen": token} if token else None)
