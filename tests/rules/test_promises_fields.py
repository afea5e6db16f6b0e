"""What a visitor may name in an address or a form: no lookup, no order and no column of ours."""

import re
from collections.abc import Callable

import pytest
from django.apps import apps
from django.test import Client

from archive.api.all_kinds import KINDS
from journal.comment_forms import CommentForm
from journal.models import Comment
from responses.models import Station
from tests.rules.places import addresses, pages
from tests.rules.scenes import Scene
from tests.rules.sources import modules
from tests.rules.test_access import listed
from tests.sent import form_of, make_open_post

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/search/", *(f"/api/v1/{kind}" for kind in KINDS), "/api/v1/search"])
@pytest.mark.parametrize(
    "name", ["participant__token", "person__email__startswith", "order_by", "receipt_hash", "password"]
)
def test_a_filter_that_nobody_offered_is_refused(client: Client, path: str, name: str) -> None:
    # No word is asked for: only the strange name can be what is refused.
    assert client.get(path, {name: "a"}).status_code == 400


SECRETS = (
    "person__email", "email", "password", "receipt_hash", "participant__token", "participant__guest_key",
    "consent__public", "withdrawn_at", "moderation", "user", "person", "author", "token",
)  # fmt: skip
LOOKUPS = ("", "__startswith", "__gte", "__isnull", "__regex")
# What changes from page to page by itself, or repeats the question.
CHANGING = re.compile(
    r'nonce="[^"]*"|name="(?:csrfmiddlewaretoken|token|key|asked|shown|seat)" value="[^"]*"|'
    r"<(?:responseDate|request|updated)[^<]*<|one00|two00|\d+ ms|"
    r"[0-9a-f]{8}-[0-9a-f-]{27}|<code>[0-9a-f]{12}<"
)


def told(client: Client, address: str, value: str) -> str:
    asked = {f"{name}{lookup}": value for name in SECRETS for lookup in LOOKUPS} | {"order": f"-{value}"}
    answer = client.get(address, asked)
    said = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{answer.status_code} {CHANGING.sub('', said.decode(errors='replace'))}"


def test_no_secret_column_can_be_asked_for_by_its_name(draft: Scene) -> None:
    """Whatever is asked of columns that nobody sees, and of their beginnings, the page is the same."""
    client = Client(raise_request_exception=False)
    public = [name for name in pages() if listed()[name] == "public"]
    places = [address for name in public for address in addresses(name, draft) if "?" not in address]
    differing = [place for place in places if told(client, place, "one00") != told(client, place, "two00")]
    assert differing == []


# No column


def test_no_form_is_made_of_a_model() -> None:
    """A form of a model takes each of its columns that somebody forgot to leave out."""
    made = [path for path in modules() if re.search(r"\bModelForm\b|modelform_factory", path.read_text())]
    assert made == []


def test_no_column_of_a_comment_can_be_slipped_into_its_form(client: Client) -> None:
    post = make_open_post()
    form = form_of(post)
    kinds = {"BooleanField": "on", "DateTimeField": "2020-01-01", "BigAutoField": "1", "ForeignKey": "1"}
    slipped = {
        field.attname: kinds.get(type(field).__name__, "slipped")
        for field in Comment._meta.concrete_fields
        if field.name not in CommentForm.base_fields and field.name not in form
    }
    client.post("/journal/fresh/comment/", form | slipped | {"state": "shown", "html": "<b>x</b>"})
    comment = Comment.objects.get()
    assert comment.state == "held"
    assert "slipped" not in {str(getattr(comment, field.attname)) for field in Comment._meta.concrete_fields}
    assert comment.sent_at.year != 2020


@pytest.mark.parametrize("said", ["", "false", "False"])
def test_what_says_no_is_no(client: Client, station: Station, send: Callable, said: str) -> None:
    send(client, station, words="Mine.", public=said, research=said)
    consent = apps.get_model("responses.Note").objects.get().consent
    assert (consent.public, consent.research) == (False, False)
