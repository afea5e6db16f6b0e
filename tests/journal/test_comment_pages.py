"""The pages of comments, as a browser sees them; without JavaScript."""

import re
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Event
from journal.comments import OPEN_DAYS, withdraw_comment
from journal.judging import judge
from journal.models import Comment, Post, State
from journal.spam.tokens import form_token
from journal.threads import comments_on
from people.guests import Viewer
from responses.receipts import receipt_for
from tests.sent import browser, form_of, make_open_post, say, token_in

pytestmark = pytest.mark.django_db
WRITE = "/journal/fresh/comment/"


@pytest.fixture
def post() -> Post:
    return make_open_post()


def own_address(comment: Comment) -> str:
    return f"/comments/{receipt_for(comment.key)}/"


def test_a_stranger_writes_a_comment_and_gets_a_code_for_it(post: Post, client: Client) -> None:
    assert f'href="{WRITE}"' in client.get("/journal/fresh/").text
    page = client.get(WRITE)
    assert "Write a comment" in page.text
    answer = client.post(WRITE, form_of(post, mark="square", name="Maureen"), follow=True)
    comment = Comment.objects.get()
    assert answer.redirect_chain == [(own_address(comment), 302)]
    assert "It has arrived. Somebody reads it before others see it." in answer.text
    assert (comment.mark, comment.name, comment.state) == ("square", "Maureen", "held")
    assert "no-store" in answer.headers["Cache-Control"]
    assert 'content="noindex"' in answer.text


def test_only_its_writer_sees_what_waits(post: Post, ben: Viewer, dee: Viewer) -> None:
    say(post, "It rained on us.", by=ben)
    assert "It rained on us." in (page := browser(ben).get("/journal/fresh/").text)
    assert "Only you see this here" in page
    for viewer in (dee, Viewer()):
        page = browser(viewer).get("/journal/fresh/").text
        assert "It rained on us." not in page
        assert 'class="comment' not in page


def test_what_is_shown_stands_under_the_text_with_its_answers(
    post: Post, client: Client, ben: Viewer, ada: Viewer, steward: Viewer
) -> None:
    above = say(post, "It rained.", by=ben, mark="heart", name="<b>Ben</b>")
    judge(above, State.SHOWN, by=steward)
    answer = say(post, "It did.", by=ada, answers=above, is_named=True)
    judge(answer, State.SHOWN, by=steward)
    page = client.get("/journal/fresh/").text
    assert "2 comments" in page
    assert "&lt;b&gt;Ben&lt;/b&gt;" in page
    assert page.index("It rained.") < page.index("It did.") < page.index("Ada") + 300
    assert f'href="{WRITE}?answers={above.identifier}"' in page
    assert f"?answers={answer.identifier}" not in page


def test_no_markup_and_no_link_of_a_comment_is_live(
    post: Post, client: Client, ben: Viewer, steward: Viewer
) -> None:
    comment = say(post, "<script>alert(1)</script> https://x.example/ <a href='//x'>x</a>", by=ben)
    judge(comment, State.SHOWN, by=steward)
    page = client.get("/journal/fresh/").text
    assert "<script>alert" not in page
    assert 'href="https://x.example' not in page
    assert "href='//x'" not in page


def test_what_was_shown_and_is_not_leaves_its_trace_without_a_word(
    post: Post, client: Client, ben: Viewer, steward: Viewer
) -> None:
    for text in ("First words.", "Second words."):
        judge(say(post, text, by=ben), State.SHOWN, by=steward)
    first, second = Comment.objects.order_by("sent_at")
    judge(first, State.REMOVED, by=steward, why="It names somebody.")
    withdraw_comment(second, by=ben)
    page = client.get("/journal/fresh/").text
    assert "taken away by whoever looks after this page" in page
    assert "taken back by whoever wrote it" in page
    for word in ("First words", "Second words", "names somebody"):
        assert word not in page


def test_what_was_never_shown_leaves_no_trace(
    post: Post, client: Client, ben: Viewer, steward: Viewer
) -> None:
    judge(say(post, by=ben), State.REMOVED, by=steward, why="It names somebody.")
    assert "taken away" not in client.get("/journal/fresh/").text


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"text": ""}, 422, "Write your comment first"),
        ({"text": "a" * 3001}, 422, "A comment holds 3000"),
        ({"email": "nobody"}, 422, "email"),
        ({"mark": "nonsense"}, 422, "choice"),
        ({"token": ""}, 422, "sent once more"),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_is_kept(
    post: Post, client: Client, change: dict, status: int, said: str
) -> None:
    answer = client.post(WRITE, form_of(post, name="Maureen") | change)
    assert answer.status_code == status
    assert said in answer.text
    assert 'value="Maureen"' in answer.text
    assert not Comment.objects.exists()


def test_a_form_that_was_open_for_too_long_is_asked_for_again_with_a_token_that_works(
    post: Post, client: Client
) -> None:
    old = form_token(f"comment post {post.identifier}", made_at=time.time() - 13 * 3600)
    answer = client.post(WRITE, form_of(post, token=old))
    assert answer.status_code == 422
    assert "twelve hours" in answer.text
    assert "I was there and it rained." in answer.text
    assert token_in(answer.text) != old


def test_a_form_that_came_too_soon_keeps_its_token_so_that_a_second_press_works(
    post: Post, client: Client
) -> None:
    young = form_token(f"comment post {post.identifier}", made_at=time.time() - 1)
    answer = client.post(WRITE, form_of(post, token=young))
    assert "three seconds" in answer.text
    assert token_in(answer.text) == young


def test_a_robot_is_told_that_all_is_well_and_nothing_is_kept(post: Post, client: Client) -> None:
    answer = client.post(WRITE, form_of(post, website="https://x.example"), follow=True)
    assert "It has arrived." in answer.text
    assert not Comment.objects.exists()


def test_the_field_for_robots_is_out_of_the_way_of_people(post: Post, client: Client) -> None:
    page = client.get(WRITE).text
    trap = re.search(r'<div class="trap".*?</div>', page, re.DOTALL)[0]
    assert 'aria-hidden="true"' in trap
    assert 'tabindex="-1"' in trap
    assert 'autocomplete="off"' in trap


def test_sending_the_same_form_twice_leaves_one_comment(post: Post, client: Client) -> None:
    form = form_of(post)
    first, again = client.post(WRITE, form), client.post(WRITE, form)
    assert first.url == again.url
    assert Comment.objects.count() == 1


def test_too_many_at_once_are_asked_to_wait_with_their_words(post: Post, ben: Viewer) -> None:
    client = browser(ben)
    answers = [client.post(WRITE, form_of(post, f"Number {n} said so.")) for n in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert answers[-1].headers["Retry-After"]
    assert "Number 5 said so." in answers[-1].text


def test_a_page_that_is_closed_says_since_when_and_keeps_what_was_typed(client: Client) -> None:
    since = timezone.now() - timedelta(days=OPEN_DAYS + 1)
    post = make_open_post(published_at=since)
    assert "Write a comment" not in client.get("/journal/fresh/").text
    assert "Comments closed on" in client.get(WRITE).text
    answer = client.post(WRITE, form_of(post, "What I typed."))
    assert answer.status_code == 422
    assert "What I typed." in answer.text


def test_a_record_takes_comments_and_an_announced_event_shows_no_sign_of_them(
    make_event: Callable[..., Event], client: Client
) -> None:
    event = make_event()
    client.post("/events/wall-day/comment/", form_of(event))
    assert Comment.objects.get().event == event
    make_event("soon", status=Event.Status.ANNOUNCED)
    assert 'id="comments"' not in client.get("/events/soon/").text


def test_what_nobody_may_see_takes_no_comment(make_event: Callable[..., Event], client: Client) -> None:
    make_event("hidden", status=Event.Status.DRAFT)
    make_open_post("unprinted", published_at=None)
    for address in ("/events/hidden/comment/", "/journal/unprinted/comment/", "/journal/none/comment/"):
        assert client.get(address).status_code == client.post(address, {}).status_code == 404


def test_an_answer_is_written_beside_what_it_answers(
    post: Post, client: Client, ben: Viewer, steward: Viewer
) -> None:
    above = say(post, "It rained.", by=ben)
    address = f"{WRITE}?answers={above.identifier}"
    assert client.get(address).status_code == 404
    judge(above, State.SHOWN, by=steward)
    assert "It rained." in client.get(address).text
    client.post(address, form_of(post, "It did."))
    assert Comment.objects.get(text="It did.").answers == above
    make_open_post("other")
    assert client.get(f"/journal/other/comment/?answers={above.identifier}").status_code == 404


def test_whoever_signed_in_is_asked_whether_their_name_may_stand_there(post: Post, ada: Viewer) -> None:
    client = browser(ada)
    assert "Show my name: Ada" in client.get(WRITE).text
    client.post(WRITE, form_of(post))
    assert Comment.objects.get().person is None
    client.post(WRITE, form_of(post, is_named="on"))
    assert Comment.objects.exclude(person=None).get().person == ada.person


# One's own


def test_its_own_page_says_how_it_stands_and_why(
    post: Post, client: Client, ben: Viewer, steward: Viewer
) -> None:
    comment = say(post, by=ben)
    address = own_address(comment)
    assert "Somebody reads this before others see it." in client.get(address).text
    judge(comment, State.REMOVED, by=steward, why="It names somebody.")
    assert "It is not shown. It names somebody." in client.get(address).text
    judge(comment, State.SHOWN, by=steward)
    assert "on the page" in client.get(address).text


def test_it_can_be_changed_and_taken_back_there_and_looking_changes_nothing(
    post: Post, client: Client, ben: Viewer
) -> None:
    comment = say(post, by=ben)
    address = own_address(comment)
    answer = client.post(address, {"act": "change", "text": "It snowed."}, follow=True)
    assert "Changed. Somebody reads it before others see it." in answer.text
    assert Comment.objects.get().text == "It snowed."
    assert client.post(address, {"act": "change", "text": " "}).status_code == 422
    client.get(address, {"act": "withdraw"})
    assert Comment.objects.get().state == State.HELD
    answer = client.post(address, {"act": "withdraw"}, follow=True)
    assert "Your comment is gone." in answer.text
    assert "It snowed." not in answer.text
    assert "taken back before" in client.post(address, {"act": "withdraw"}, follow=True).text


def test_a_code_that_fits_nothing_is_not_found_and_trying_many_is_slowed_down(
    client: Client, db: None
) -> None:
    statuses = [client.get(f"/comments/bcdfghjkmnpqrs{n:02}/").status_code for n in range(12)]
    assert set(statuses) == {404, 429}
    assert statuses[-1] == 429


def test_the_section_takes_one_query_for_many_comments_as_for_none(
    post: Post, ben: Viewer, steward: Viewer, django_assert_num_queries: Callable
) -> None:
    for n in range(4):
        with django_assert_num_queries(1):
            section = comments_on(post, ben)
            said = [(thread.name, thread.comment.text, thread.answers) for thread in section.threads]
        assert len(said) == n
        above = say(post, f"Said {n}.", by=Viewer(guest_key=f"g{n}"))
        judge(above, State.SHOWN, by=steward)
