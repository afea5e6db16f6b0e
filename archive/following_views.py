"""The feed of one note, for whoever wrote it: what happened to it and what came of it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from archive.thread.came import came_of
from coproduce.atom import AtomFeed
from people.guests import ANYBODY
from responses.following import Passed, follow_address, followed_under, passed
from responses.models import Note, Stub
from responses.views.own import wrong_receipt

WHERE = "Your receipt shows what it says, and lets you correct it or take it down."
THERE = "It stands where the link leads."


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def receipt_feed(request: HttpRequest, code: str) -> HttpResponse:
    """What happened to the note under a follow code, as Atom. A receipt is no follow code."""
    followed = followed_under(code)
    if followed is None:
        return wrong_receipt(request)
    content = feed_of(followed).writeString("utf-8")
    response = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return response


def feed_of(followed: Note | Stub) -> AtomFeed:
    address = follow_address(followed)
    lookup = f"{settings.SITE_URL}{reverse('receipt_lookup')}"
    name = followed.label if isinstance(followed, Note) else str(followed)
    feed = AtomFeed(
        title=f"{settings.SITE_NAME}: your note {name}", link=lookup, description=WHERE, feed_url=address,
        language="en-GB",
    )  # fmt: skip
    for step, path in steps_of(followed):
        link = f"{settings.SITE_URL}{path}" if path else lookup
        feed.add_item(
            title=f"{step.what}.", link=link, description=THERE if path else WHERE,
            unique_id=f"{address}#{step.key}", pubdate=step.at, updateddate=step.at,
        )  # fmt: skip
    return feed


def steps_of(followed: Note | Stub) -> list[tuple[Passed, str]]:
    """What happened to a note and what came of it that anybody may see, each with the path where it stands.

    The newest first, and no word of anybody: feeds are handed on.
    """
    steps = {step.key: (step, "") for step in passed(followed)}
    note = followed.note if isinstance(followed, Stub) else followed
    for came in came_of([note], ANYBODY).get(note.pk, []) if note else ():
        steps.setdefault(came.key, (Passed(came.at, came.key, came.what), came.address))
    return sorted(steps.values(), key=lambda pair: pair[0].at, reverse=True)
