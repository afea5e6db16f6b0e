"""Telling a story, and what whoever told it may do with it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from journal.judging import judge, undo
from journal.models import Judgement, State, Story, StoryCall
from journal.spam.screening import Verdict
from journal.stories import (
    LONGEST,
    Words,
    change_story_consent,
    correct_story,
    forget_address,
    tell_story,
    withdraw_story,
)
from people.consent import STORY_WORDINGS, WORDINGS, consent_given
from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from responses.receipts import hash_of
from tests.conftest import make_person
from tests.stories import BEN, TOLD, call_for, shown, standing, told

LATEST = max(STORY_WORDINGS)


@pytest.fixture
def call(ada: Viewer) -> StoryCall:
    return call_for(ada)


def readers() -> list[Story]:
    """What anybody may read."""
    return list(Story.objects.visible_to(ANYBODY))


def test_a_story_waits_for_a_person_whoever_told_it(call: StoryCall, ada: Viewer, steward: Viewer) -> None:
    for viewer in (BEN, ada, steward):
        assert told(call, f"{TOLD} Said by {viewer.key}.", by=viewer).story.state == State.HELD
    assert readers() == []
    judge(Story.objects.last(), State.SHOWN, by=ada)
    assert readers() == [Story.objects.last()]


def test_what_waits_is_seen_by_those_who_decide_about_it(
    call: StoryCall, ada: Viewer, steward: Viewer, researcher: Viewer
) -> None:
    story = told(call).story
    site_moderator = Viewer(person=make_person("Mo", "moderator"))
    sees = [v for v in (ada, steward, site_moderator, researcher, BEN) if Story.objects.visible_to(v)]
    assert sees == [ada, steward, site_moderator]
    assert list(Story.objects.moderated_by(site_moderator)) == [story]


def test_only_whoever_looks_after_the_call_shows_a_story(call: StoryCall, researcher: Viewer) -> None:
    story = told(call).story
    for viewer in (researcher, BEN, ANYBODY):
        with pytest.raises(Refused):
            judge(story, State.SHOWN, by=viewer)
    assert readers() == []


def test_a_story_that_may_not_be_public_stays_with_those_who_run_the_call(
    call: StoryCall, ada: Viewer
) -> None:
    story = shown(call, ada, public=False).story
    assert readers() == []
    assert list(Story.objects.visible_to(ada)) == [story]


def test_a_story_sent_twice_is_there_once_with_one_code(call: StoryCall) -> None:
    key, consent = uuid4(), consent_given(public=True, research=True, version=LATEST)
    facts = {"key": key, "words": Words(TOLD), "consent": consent, "verdict": Verdict()}
    first, second = (tell_story(call, by=BEN, **facts) for _ in range(2))
    assert (first.story, first.receipt) == (second.story, second.receipt)
    assert first.is_new
    assert not second.is_new
    assert first.story.receipt_hash == hash_of(first.receipt) != first.receipt


@pytest.mark.django_db(transaction=True)
def test_a_story_sent_from_many_windows_at_once_is_there_once(call: StoryCall) -> None:
    key, consent = uuid4(), consent_given(public=True, research=True, version=LATEST)
    facts = {"key": key, "words": Words(TOLD), "consent": consent, "verdict": Verdict()}

    def send(_: int) -> str:
        try:
            return tell_story(call, by=BEN, **facts).receipt
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(send, range(6)))) == 1
    assert Story.objects.count() == 1


def test_a_key_of_another_call_brings_no_story_of_it(call: StoryCall, ada: Viewer) -> None:
    there = told(call).story
    other = call_for(ada, title="Another")
    facts = {"key": there.key, "words": Words("Mine."), "consent": there.consent, "verdict": Verdict()}
    with pytest.raises(Refused, match="elsewhere"):
        tell_story(other, by=BEN, **facts)


def test_what_is_not_a_story_is_refused(call: StoryCall) -> None:
    for text, words in (
        (" \n ", {}), ("a" * (LONGEST["text"] + 1), {}), ("a" * 10**6, {}),
        (TOLD, {"topic": "Not of this call"}), (TOLD, {"name": "n" * 101}), (TOLD, {"title": "t" * 201}),
    ):  # fmt: skip
        with pytest.raises(Refused):
            told(call, text, **words)
    assert not Story.objects.exists()


def test_a_call_that_closed_takes_none(call: StoryCall) -> None:
    call.closes_at = timezone.now() - timedelta(seconds=1)
    with pytest.raises(Refused, match="takes no more"):
        told(call)


def test_a_story_is_kept_as_plain_text(call: StoryCall) -> None:
    story = told(call, "One\r\n<b>two</b>\x00 cafe\u0301 ", title=" A \n title ", name="Ben\n").story
    assert (story.text, story.title, story.name) == ("One\n<b>two</b> café", "A title", "Ben")


def test_a_correction_of_a_shown_story_is_read_again_before_anybody_sees_it(
    call: StoryCall, ada: Viewer
) -> None:
    made = shown(call, ada)
    correct_story(made.story, Words("Buy cheap pills at pills.example"), by=BEN, receipt=made.receipt)
    assert readers() == []
    assert made.story.state == State.HELD
    assert made.story.edited_at
    assert "changed it after it was shown" in " ".join(made.story.held_because)
    judge(made.story, State.SHOWN, by=ada)
    assert readers() == [made.story]


def test_undoing_does_not_show_words_that_were_changed_meanwhile(call: StoryCall, ada: Viewer) -> None:
    made = shown(call, ada)
    correct_story(made.story, Words("Something else."), by=BEN, receipt=made.receipt)
    with pytest.raises(Refused):
        undo(made.story, by=ada)
    assert readers() == []


def test_a_removed_story_is_told_anew_and_not_corrected(call: StoryCall, ada: Viewer) -> None:
    made = told(call)
    judge(made.story, State.REMOVED, by=ada, why="It names somebody. Leave the name out.")
    with pytest.raises(Refused, match="Tell it again"):
        correct_story(made.story, Words("Without the name."), by=BEN, receipt=made.receipt)
    assert standing(made).text == TOLD


def test_consent_is_asked_in_words_of_its_own_and_changes_at_once(call: StoryCall, ada: Viewer) -> None:
    made = shown(call, ada)
    assert made.story.consent.wording.public_sentence == STORY_WORDINGS[LATEST][0] != WORDINGS[-1][0]
    consent = consent_given(public=False, research=True, version=LATEST)
    change_story_consent(made.story, consent, by=BEN, receipt=made.receipt)
    assert readers() == []


def test_wordings_of_stories_and_of_notes_never_share_a_number() -> None:
    assert min(STORY_WORDINGS) > 1000 > len(WORDINGS)


def test_nothing_of_a_withdrawn_story_is_left(call: StoryCall, ada: Viewer) -> None:
    ben = Viewer(person=ada.person)
    made = shown(call, ada, by=ben, title="Mine", name="Ben", topic="A letter", email="ben@example.org")
    withdraw_story(made.story, by=ben, receipt=made.receipt)
    story = standing(made)
    left = (story.text, story.title, story.name, story.email, story.person, story.topic, story.held_because)
    assert (story.state, left) == (State.WITHDRAWN, ("", "", "", "", None, "", []))
    assert not Story.objects.visible_to(ada).exists()
    for act in (
        lambda: correct_story(story, Words("Again."), by=ben, receipt=made.receipt),
        lambda: withdraw_story(story, by=ben, receipt=made.receipt),
        lambda: judge(story, State.SHOWN, by=ada),
    ):
        with pytest.raises(Refused):
            act()


def test_without_its_code_nobody_changes_a_story(call: StoryCall, ada: Viewer) -> None:
    made, other = shown(call, ada), told(call, "Another one.")
    for code in ("", other.receipt, made.story.identifier, made.receipt[:-1]):
        for act in (
            lambda code: correct_story(made.story, Words("Not mine."), by=ada, receipt=code),
            lambda code: change_story_consent(made.story, other.story.consent, by=ada, receipt=code),
            lambda code: forget_address(made.story, by=ada, receipt=code),
            lambda code: withdraw_story(made.story, by=ada, receipt=code),
        ):
            with pytest.raises(Refused, match="code"):
                act(code)
    assert standing(made).text == TOLD


def test_the_trace_of_a_story_names_no_teller_and_holds_no_word(call: StoryCall, ada: Viewer) -> None:
    made = told(call, by=ada, title="Mine")
    correct_story(made.story, Words("Otherwise."), by=ada, receipt=made.receipt)
    withdraw_story(made.story, by=ada, receipt=made.receipt)
    acts = Act.objects.filter(subject=made.story.identifier)
    assert {act.verb for act in acts} >= {"told", "corrected", "withdrew"}
    assert not acts.exclude(person=None).exists()
    assert not acts.exclude(why="").exists()


def test_every_change_of_standing_is_a_judgement(call: StoryCall, ada: Viewer) -> None:
    made = shown(call, ada)
    correct_story(made.story, Words("Otherwise."), by=BEN, receipt=made.receipt)
    withdraw_story(made.story, by=BEN, receipt=made.receipt)
    steps = Judgement.objects.filter(story=made.story).values_list("before", "after")
    assert list(steps) == [("held", "shown"), ("shown", "held"), ("held", "withdrawn")]
