"""The page on which anybody reports something, as a browser sees it; without JavaScript."""

from collections.abc import Callable

import pytest
from django.test import Client

from events.models import Event
from journal.judging import judge
from journal.models import Post, Report, State
from people.guests import Viewer
from tests.sent import make_open_post, say, token_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return make_open_post()


def test_a_stranger_reports_a_comment_and_it_is_out_of_sight(
    post: Post, client: Client, ben: Viewer, steward: Viewer
) -> None:
    comment = say(post, "It rained on us.", by=ben)
    address = f"/report/comment/{comment.identifier}/"
    assert client.get(address).status_code == 404
    judge(comment, State.SHOWN, by=steward)
    assert address in client.get("/journal/fresh/").text
    page = client.get(address)
    assert "Where a person may be harmed" in page.text
    sent = {"token": token_in(page.text), "reason": "personal", "text": "My street.", "key": ""}
    answer = client.post(address, sent, follow=True)
    assert answer.redirect_chain == [("/journal/fresh/", 302)]
    assert "It is out of sight until somebody has looked at it." in answer.text
    assert "A comment is being looked at again." in answer.text
    assert "It rained on us." not in answer.text


@pytest.mark.parametrize(
    ("change", "said"),
    [({"reason": ""}, "Choose what is wrong"), ({"token": "x"}, "sent once more"), ({"email": "x"}, "email")],
)
def test_a_report_that_is_not_right_is_asked_for_again(
    make_event: Callable[..., Event], client: Client, change: dict, said: str
) -> None:
    address = f"/report/event/{make_event().identifier}/"
    sent = {"token": token_in(client.get(address).text), "reason": "wrong", "text": "My street."} | change
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert said in answer.text
    assert "My street." in answer.text
    assert not Report.objects.exists()


def test_a_robot_s_report_is_dropped(make_event: Callable[..., Event], client: Client) -> None:
    address = f"/report/event/{make_event().identifier}/"
    sent = {"token": token_in(client.get(address).text), "reason": "child", "website": "x"}
    assert "Somebody looks at it." in client.post(address, sent, follow=True).text
    assert not Report.objects.exists()


def test_what_one_cannot_see_one_cannot_report(
    make_event: Callable[..., Event], post: Post, ben: Viewer, client: Client
) -> None:
    hidden = make_event("hidden", status=Event.Status.DRAFT)
    for address in (
        f"/report/event/{hidden.identifier}/",
        f"/report/comment/{say(post, by=ben).identifier}/",
        "/report/comment/nothing/",
        f"/report/person/{hidden.identifier}/",
    ):
        assert client.get(address).status_code == client.post(address, {"reason": "child"}).status_code == 404
