"""Citing notes and stories: who is told, and what becomes of it when they are taken back."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from events.models import Event
from journal.checks import findings
from journal.judging import judge
from journal.models import Citation, Draft, State, Version
from journal.publishing import NotPublished, publish_text
from journal.stories import Words, correct_story, withdraw_story
from journal.writing import keep_draft
from people.guests import Viewer
from people.models import Letter, Subscriber
from responses.board import withdraw_note
from responses.models import Board, Follower, Note
from tests.stories import Told, call_for, shown
from tests.texts import names, published, saved, words

MakeEvent = Callable[..., Event]


@pytest.fixture
def event(make_event: MakeEvent) -> Event:
    return make_event()


def test_whoever_follows_a_note_is_told_once_that_it_is_cited(
    event: Event, ada: Viewer, make_board: Callable[..., Board], post_note: Callable[..., Note],
    do_work: Callable,
) -> None:  # fmt: skip
    note = post_note(make_board(event=event).stations.get())
    subscriber = Subscriber.objects.create(
        email="pat@example.org", confirmed_at=timezone.now(), wants_notes=True
    )
    Follower.objects.create(note=note, subscriber=subscriber)
    version = saved(event, words(), names("note", note.identifier), by=ada)
    assert not Citation.objects.exists()
    publish_text(version.writing, by=ada)
    published(event, words("<p>More.</p>"), names("note", note.identifier), by=ada)
    do_work()
    citation = Citation.objects.get()
    assert (citation.note, citation.version) == (note, 1)
    assert Letter.objects.filter(kind="note").count() == 1


def test_a_note_that_is_not_for_everybody_cannot_be_cited(
    event: Event, ada: Viewer, make_board: Callable[..., Board], post_note: Callable[..., Note]
) -> None:
    note = post_note(make_board(event=event).stations.get(), public=False)
    with pytest.raises(NotPublished, match="A note was cited here"):
        published(event, words(), names("note", note.identifier), by=ada)
    assert not Citation.objects.exists()


def test_a_withdrawn_note_is_gone_from_every_version(
    event: Event, ada: Viewer, ben: Viewer, client: object,
    make_board: Callable[..., Board], post_note: Callable[..., Note],
) -> None:  # fmt: skip
    note = post_note(make_board(event=event).stations.get(), "Say who decides, and when.")
    published(event, words(), names("note", note.identifier), by=ada)
    addresses = [event.get_absolute_url(), f"{event.get_absolute_url()}versions/1/"]
    assert all("Say who decides, and when." in client.get(address).text for address in addresses)
    withdraw_note(note, by=ben)
    for address in addresses:
        page = client.get(address).text
        assert "Say who decides, and when." not in page
        assert "A note was cited here. It was taken back" in page


def test_a_cited_note_says_where_it_is_cited(
    client: object, event: Event, ada: Viewer, make_event: MakeEvent,
    make_board: Callable[..., Board], post_note: Callable[..., Note],
) -> None:  # fmt: skip
    note = post_note(make_board(event=event).stations.get())
    published(event, words(), names("note", note.identifier), by=ada)
    hidden = make_event("hidden-day", name="Hidden day", status=Event.Status.DRAFT)
    published(hidden, words(), names("note", note.identifier), by=ada)
    page = client.get(note.get_absolute_url()).text
    assert "<h2>Cited in</h2>" in page
    assert "Hidden day" not in page
    published(event, words(), by=ada)
    assert "<h2>Cited in</h2>" not in client.get(note.get_absolute_url()).text


def test_nobody_is_told_of_a_text_that_cannot_be_opened(
    event: Event, ada: Viewer, make_event: MakeEvent, make_board: Callable[..., Board],
    post_note: Callable[..., Note], do_work: Callable,
) -> None:  # fmt: skip
    note = post_note(make_board(event=event).stations.get())
    facts = {"email": "pat@example.org", "confirmed_at": timezone.now(), "wants_notes": True}
    Follower.objects.create(note=note, subscriber=Subscriber.objects.create(**facts))
    hidden = make_event("hidden-day", status=Event.Status.DRAFT)
    published(hidden, words(), names("note", note.identifier), by=ada)
    do_work()
    assert Citation.objects.count() == 1
    assert not Letter.objects.filter(kind="note").exists()


@pytest.fixture
def cited_story(event: Event, ada: Viewer, steward: Viewer, ben: Viewer) -> Told:
    """A story shown to everybody and cited with words of it, in a published version and in a draft."""
    made = shown(call_for(ada), steward, "We sat in the dark and counted chairs.", by=ben)
    block = names("story", made.story.identifier) | {"excerpt": "We sat in the dark"}
    version = published(event, words(), block, by=ada)
    keep_draft(version.writing, [words(), block], by=ada, based_on=1, number=1)
    return made


def test_a_cited_story_says_its_words_and_leads_there(
    client: object, event: Event, cited_story: Told
) -> None:
    page = client.get(event.get_absolute_url()).text
    assert "We sat in the dark" in page
    assert cited_story.story.get_absolute_url() in page
    assert Citation.objects.get().story == cited_story.story


def test_words_of_a_story_that_was_taken_back_are_kept_nowhere(
    client: object, event: Event, ada: Viewer, ben: Viewer, cited_story: Told
) -> None:
    typed = Draft.objects.get().blocks
    withdraw_story(cited_story.story, by=ben, receipt=cited_story.receipt)
    page = client.get(event.get_absolute_url()).text
    assert "We sat in the dark" not in page
    assert "A story was cited here. It was taken back" in page
    # A window that was open meanwhile sends them once more.
    keep_draft(event.writing, typed, by=ada, based_on=1, number=2)
    saved(event, *typed, words("<p>More.</p>", "b1"), by=ada)
    kept = [
        *Version.objects.values_list("blocks", flat=True),
        *Draft.objects.values_list("blocks", flat=True),
    ]
    assert "dark" not in str(kept)


def test_words_that_are_not_in_the_story_are_remarked_on(
    event: Event, ada: Viewer, cited_story: Told
) -> None:
    block = names("story", cited_story.story.identifier) | {"excerpt": "We stood"}
    (finding,) = [one for one in findings(event.writing, [words(), block], ada) if one.block_id]
    assert (finding.must, "not in that story" in finding.sentence) == (False, True)


def test_words_that_a_teller_took_out_of_their_story_are_cited_no_longer(
    client: object, event: Event, ada: Viewer, steward: Viewer, ben: Viewer, cited_story: Told
) -> None:
    published(event, words("<p>Other.</p>"), *event.writing.versions.first().blocks[1:], by=ada)
    made = cited_story.story
    correct_story(made, Words("We sat and counted chairs."), by=ben, receipt=cited_story.receipt)
    judge(made, State.SHOWN, by=steward)
    for page in ("", "versions/1/", "versions/2/", "versions/1-2/"):
        answer = client.get(event.get_absolute_url() + page)
        assert answer.status_code == 200
        assert "in the dark" not in answer.text, page
    assert made.get_absolute_url() in client.get(event.get_absolute_url()).text


@pytest.mark.parametrize(
    ("said", "is_there"),
    [
        ("we sat  in\nthe dark", True), ("We sat … chairs.", True), ("We sat [...] counted", True),
        ("We sat in the sun", False), ("counted sofas … We", False),
    ],
)  # fmt: skip
def test_a_story_knows_what_it_says(cited_story: Told, said: str, is_there: bool) -> None:
    assert cited_story.story.says(said) is is_there
