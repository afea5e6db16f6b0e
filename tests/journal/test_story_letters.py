"""Letters to whoever told a story."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from journal.forgetting import forget_sent
from journal.judging import judge
from journal.models import Citation, Post, State, StoryCall, Writing
from journal.posts import begin_post, date_post
from journal.stories import withdraw_story
from journal.telling import RECEIVED, tell_storyteller
from journal.writing import save_version, writing_of
from people.guests import Viewer
from people.models import Letter
from tests.stories import BEN, TOLD, call_for, shown, standing, told

MAIL = "ben@example.org"


@pytest.fixture
def call(ada: Viewer) -> StoryCall:
    return call_for(ada)


def letters() -> list[str]:
    """What was written so far, subject and text, before it is sent."""
    return [f"{letter.subject}\n{letter.text}" for letter in Letter.objects.filter(to=MAIL)]


def text_citing(ada: Viewer, story: object) -> Post:
    post = begin_post("What listening takes", by=ada)
    blocks = [
        {"id": "aaaa", "kind": "text", "html": "<p>One of you told us this.</p>"},
        {"id": "bbbb", "kind": "story", "story": story.identifier, "excerpt": "for once"},
    ]
    save_version(writing_of(post, by=ada), blocks, by=ada, based_on=0)
    return post


def test_no_letter_goes_without_an_address(call: StoryCall, ada: Viewer) -> None:
    shown(call, ada)
    assert not Letter.objects.exists()


def test_whoever_gave_an_address_is_told_that_it_arrived_and_that_it_is_shown(
    call: StoryCall, ada: Viewer
) -> None:
    made = told(call, email=MAIL)
    assert [one.splitlines()[0] for one in letters()] == ["Your story arrived"]
    assert f"/story/mine/{made.receipt}/" in letters()[0]
    judge(made.story, State.SHOWN, by=ada)
    assert len(letters()) == 2
    assert "/story/mine/" in letters()[1]


def test_whoever_told_a_removed_story_gets_the_kind_answer(call: StoryCall, ada: Viewer) -> None:
    made = told(call, email=MAIL)
    judge(made.story, State.REMOVED, by=ada, why="It names a person. Leave the name out and send it again.")
    assert "Leave the name out and send it again." in letters()[1]


def test_no_letter_holds_a_word_of_the_story(call: StoryCall, ada: Viewer) -> None:
    made = told(call, email=MAIL, title="The bus", name="Somebody special")
    judge(made.story, State.SHOWN, by=ada)
    for word in (TOLD, "The bus", "Somebody special"):
        assert word not in "".join(letters())


def test_the_storyteller_is_told_when_a_post_that_cites_the_story_is_published(
    call: StoryCall, ada: Viewer, do_work: Callable[[], int]
) -> None:
    made = shown(call, ada, email=MAIL)
    post = text_citing(ada, made.story)
    before = len(letters())
    date_post(post, timezone.now(), by=ada)
    # Looked at before the worker sends and empties it.
    do_work()
    told_of = Letter.objects.filter(key=f"story_cited {made.story.pk} {post.writing.pk}")
    assert told_of.count() == 1
    assert before == 2


def test_nobody_is_told_of_a_post_that_readers_cannot_open(
    call: StoryCall, ada: Viewer, do_work: Callable[[], int]
) -> None:
    made = shown(call, ada, email=MAIL)
    post = text_citing(ada, made.story)
    date_post(post, timezone.now() + timedelta(days=1), by=ada)
    Post.objects.update(published_at=None)
    do_work()
    assert not Letter.objects.filter(key__startswith="story_cited").exists()


def test_a_storyteller_is_told_of_one_text_once(
    call: StoryCall, ada: Viewer, do_work: Callable[[], int]
) -> None:
    made = shown(call, ada, email=MAIL)
    post = text_citing(ada, made.story)
    for at in (timezone.now(), None, timezone.now()):
        date_post(post, at, by=ada)
        do_work()
    assert Letter.objects.filter(key__startswith="story_cited").count() == 1


def test_the_letter_about_a_citation_says_where_and_how_to_take_the_story_back(
    call: StoryCall, ada: Viewer
) -> None:
    made = shown(call, ada, email=MAIL)
    post = text_citing(ada, made.story)
    date_post(post, timezone.now(), by=ada)
    tell_storyteller(made.story, Writing.objects.get())
    letter = next(one for one in letters() if one.startswith("Your story is cited"))
    assert post.get_absolute_url() in letter
    assert f"/story/mine/{made.receipt}/" in letter


def test_a_story_taken_back_is_told_of_no_more(
    call: StoryCall, ada: Viewer, do_work: Callable[[], int]
) -> None:
    made = shown(call, ada, email=MAIL)
    post = text_citing(ada, made.story)
    date_post(post, timezone.now() + timedelta(days=1), by=ada)
    withdraw_story(made.story, by=BEN, receipt=made.receipt)
    Post.objects.update(published_at=timezone.now())
    do_work()
    assert not Letter.objects.filter(key__startswith="story_cited").exists()
    assert Citation.objects.exists()


def test_the_address_is_forgotten_after_a_year_and_not_before(call: StoryCall) -> None:
    made = told(call, email=MAIL)
    sent_at = made.story.sent_at
    forget_sent(sent_at + timedelta(days=364))
    assert standing(made).email == MAIL
    forget_sent(sent_at + timedelta(days=365))
    assert standing(made).email == ""
    assert standing(made).text == TOLD


def test_one_address_is_not_flooded_by_stories_that_others_send(call: StoryCall) -> None:
    for number in range(RECEIVED.most + 3):
        told(call, f"Story {number}, which is nobody's.", email=MAIL.upper() if number % 2 else MAIL)
    assert Letter.objects.filter(to__iexact=MAIL).count() == RECEIVED.most
