"""The pages of stories: the form, the story, and one's own."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from journal.judging import judge
from journal.models import Citation, State, Story, StoryCall
from journal.posts import publish_post
from people.consent import STORY_WORDINGS
from people.guests import Viewer
from tests.stories import BEN, TOLD, call_for, shown, standing, told, typed

HERE = "/stories/a-good-day/tell/"


@pytest.fixture
def call(ada: Viewer) -> StoryCall:
    return call_for(ada)


def own(made: object) -> str:
    return f"/story/mine/{made.receipt}/"


def test_the_form_asks_two_questions_in_words_about_a_story_and_ticks_none(
    client: Client, call: StoryCall
) -> None:
    page = client.get(HERE).text
    for sentence in STORY_WORDINGS[max(STORY_WORDINGS)]:
        assert sentence in page
    assert " checked" not in page
    assert "health, faith, politics" in page


def test_a_story_is_sent_and_leads_to_its_own_page(client: Client, call: StoryCall) -> None:
    sent = typed(call, title="The bus", topic="A letter", name="B.", public="on", email="ben@example.org")
    answer = client.post(HERE, sent, follow=True)
    story = Story.objects.get()
    assert (story.title, story.topic, story.name, story.state) == ("The bus", "A letter", "B.", State.HELD)
    assert (story.consent.public, story.consent.research) == (True, False)
    assert story.consent.wording.version == max(STORY_WORDINGS)
    assert "It waits." in answer.text
    assert "Your code" in answer.text
    assert answer.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_a_form_with_faults_keeps_what_was_typed(client: Client, call: StoryCall) -> None:
    answer = client.post(HERE, typed(call, text=" ", title="Kept", email="no address", public="on"))
    assert answer.status_code == 422
    assert not Story.objects.exists()
    for said in ("Tell your story first", "ada@example.org", 'value="Kept"', "checked"):
        assert said in answer.text


def test_a_robot_is_thanked_and_nothing_is_kept(client: Client, call: StoryCall) -> None:
    answer = client.post(HERE, typed(call, website="http://x.example"))
    assert answer.status_code == 200
    assert "Your story arrived" in answer.text
    assert not Story.objects.exists()


def test_a_form_without_its_token_is_asked_for_again_with_the_words(client: Client, call: StoryCall) -> None:
    answer = client.post(HERE, typed(call, token=""))
    assert answer.status_code == 422
    assert TOLD in answer.text
    assert not Story.objects.exists()


def test_a_closed_call_gives_back_what_was_typed(client: Client, call: StoryCall) -> None:
    StoryCall.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    answer = client.post(HERE, typed(call))
    assert answer.status_code == 422
    assert TOLD in answer.text
    assert "takes no stories now" in answer.text
    assert client.get(HERE).status_code == 200
    assert not Story.objects.exists()


def test_a_story_has_a_page_for_good(client: Client, call: StoryCall, ada: Viewer) -> None:
    made = told(call, "First <b>line</b>\n\nSecond.", title="The bus", name="B.")
    address = made.story.get_absolute_url()
    assert client.get(address).status_code == 404
    judge(made.story, State.SHOWN, by=ada)
    page = client.get(address).text
    assert "First &lt;b&gt;line&lt;/b&gt;" in page
    assert "<p>Second.</p>" in page
    assert "Told by <bdi>B.</bdi>" in page
    assert made.story.identifier in page
    assert made.receipt not in page


def test_a_story_taken_back_answers_410_to_those_who_could_read_it(
    client: Client, call: StoryCall, ada: Viewer
) -> None:
    seen, unseen = shown(call, ada), told(call, "Nobody saw this.")
    for made in (seen, unseen):
        assert client.post(own(made), {"act": "withdraw"}).status_code == 302
    assert client.get(seen.story.get_absolute_url()).status_code == 410
    assert client.get(unseen.story.get_absolute_url()).status_code == 404
    assert "1 story was taken back" in client.get(call.get_absolute_url()).text
    assert "You took this story back" in client.get(own(seen)).text


def test_looking_at_ones_own_story_changes_nothing(client: Client, call: StoryCall, ada: Viewer) -> None:
    made = shown(call, ada)
    client.get(f"{own(made)}?act=withdraw")
    assert standing(made).state == State.SHOWN


def test_ones_own_story_is_corrected_and_its_consent_changed(
    client: Client, call: StoryCall, ada: Viewer
) -> None:
    made = shown(call, ada, email="ben@example.org")
    assert "It is shown." in client.get(own(made)).text
    answer = client.post(own(made), {"act": "correct", "text": "", "title": "Kept"})
    assert answer.status_code == 422
    assert 'value="Kept"' in answer.text
    answer = client.post(own(made), {"act": "correct", "text": "Better."}, follow=True)
    assert "It waits." in answer.text
    assert standing(made).text == "Better."
    client.post(own(made), {"act": "consent", "asked": max(STORY_WORDINGS)})
    assert not standing(made).consent.public
    client.post(own(made), {"act": "forget"})
    assert standing(made).email == ""


def test_whoever_told_a_removed_story_reads_why(client: Client, call: StoryCall, ada: Viewer) -> None:
    made = told(call)
    judge(made.story, State.REMOVED, by=ada, why="It names somebody. Leave the name out.")
    page = client.get(own(made)).text
    assert "It names somebody. Leave the name out." in page
    assert TOLD in page
    answer = client.post(own(made), {"act": "correct", "text": "Better."})
    assert answer.status_code in (302, 422)
    assert standing(made).text == TOLD


def test_a_code_that_is_none_leads_nowhere_and_not_often(client: Client, call: StoryCall) -> None:
    answers = [client.get(f"/story/mine/wrongcode{n}/").status_code for n in range(14)]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_a_moderator_sees_why_a_story_is_not_shown(client: Client, call: StoryCall, ada: Viewer) -> None:
    made = told(call)
    client.force_login(ada.person)
    assert "It waits until somebody" in client.get(made.story.get_absolute_url()).text
    judge(made.story, State.REMOVED, by=ada, why="It names somebody.")
    assert "It names somebody." in client.get(made.story.get_absolute_url()).text


def test_whoever_signed_in_finds_the_way_back_on_the_story(
    client: Client, call: StoryCall, ada: Viewer, researcher: Viewer
) -> None:
    made = shown(call, ada, by=researcher)
    client.force_login(researcher.person)
    assert own(made) in client.get(made.story.get_absolute_url()).text
    client.force_login(ada.person)
    assert made.receipt not in client.get(made.story.get_absolute_url()).text


def test_a_story_says_which_posts_cite_it_once_they_are_public(
    client: Client, call: StoryCall, ada: Viewer
) -> None:
    story = shown(call, ada).story
    for slug, when in (("out", timezone.now()), ("draft", None)):
        post = publish_post(by=None, body="<p>x</p>", slug=slug, title=f"Post {slug}", published_at=when)
        Citation.objects.create(writing=post.writing, story=story, version=1)
    page = client.get(story.get_absolute_url()).text
    assert "Post out" in page
    assert "Post draft" not in page


def test_too_many_changes_of_a_story_are_refused_in_a_sentence(
    client: Client, call: StoryCall, ada: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = shown(call, ada)
    monkeypatch.setattr("journal.story_limits.CHANGES", type_of_limit(0))
    answer = client.post(own(made), {"act": "correct", "text": "Better."})
    assert answer.status_code == 422
    assert "Too many at once" in answer.text


def type_of_limit(most: int) -> object:
    from people.limits import Limit

    return Limit("changes of a story in an hour", most, 3600)


def test_a_guest_is_known_as_the_writer_of_two_stories(
    client: Client, call: StoryCall, do_work: Callable[[], int]
) -> None:
    for text in ("The first one here.", "And a second."):
        client.post(HERE, typed(call, text=text))
    writers = set(Story.objects.values_list("writer", flat=True))
    assert len(writers) == 1
    assert writers != {""}
    assert BEN.key not in writers
