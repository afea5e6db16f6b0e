"""Comments, and the pages they stand on, for tests."""

import re
import time
from datetime import datetime
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from events.models import Event
from journal.comments import add_comment
from journal.models import Comment, Post
from journal.spam.screening import look_at
from journal.spam.tokens import form_token
from journal.spam.trust import trust_of
from people.guests import Viewer, remember_guest

A_MINUTE = 60  # seconds that somebody takes to write


def make_open_post(slug: str = "fresh", **fields: object) -> Post:
    """A post that takes comments today."""
    facts = {"title": "Fresh", "published_at": timezone.now()} | fields
    return Post.objects.create(slug=slug, **facts)


def say(
    on: Post | Event, text: str = "I was there and it rained.", *, by: Viewer, **facts: object
) -> Comment:
    """Send a comment by the act, past the form; screened as somebody who is known as well as `by` is."""
    verdict = facts.pop("verdict", None) or look_at(text, fields={}, trust=trust_of(by))
    return add_comment(on, by=by, key=uuid4(), text=text, verdict=verdict, **facts)


def form_of(on: Post | Event, text: str = "I was there and it rained.", **fields: str) -> dict[str, str]:
    """What a browser sends whose page was opened a minute ago."""
    page = f"comment {on._meta.model_name} {on.identifier}"
    token = form_token(page, made_at=time.time() - A_MINUTE)
    return {"text": text, "token": token, "key": str(uuid4()), "mark": "", "website": ""} | fields


def browser(viewer: Viewer) -> Client:
    """A browser that is known by its cookie, or signed in."""
    client = Client()
    if viewer.person:
        client.force_login(viewer.person)
    elif viewer.guest_key:
        remember_guest(welcomed := HttpResponse(), viewer)
        client.cookies.update(welcomed.cookies)
    return client


def backdate(comment: Comment, at: datetime) -> None:
    Comment.objects.filter(pk=comment.pk).update(sent_at=at)


def token_in(page: str) -> str:
    """The token of the form on a page."""
    return re.search(r'name="token" value="([^"]+)"', page)[1]
