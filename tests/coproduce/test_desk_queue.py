"""One queue of everything that waits to be looked at: deciding about one or many, and taking it back."""

import time
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coproduce.desk.deciding import REFUSE, SHOW, decide, undo
from coproduce.desk.waiting import waiting_for
from events.models import Event
from events.record import announce_event
from journal.judging import REPLIES, SPAM, judge
from journal.models import Comment, Judgement, LearnedWord, Post, Report, State
from journal.posts import publish_post
from journal.spam.learning import ENOUGH, learn
from outcomes.models import Signature
from outcomes.signatures import judge_signature
from people.guests import Viewer
from people.models import Act
from people.refusals import Refused
from responses.models import Board, Moderation, Note, Station
from tests.calls import called, signed
from tests.conftest import make_person
from tests.stories import call_for, told

MakeEvent = Callable[..., Event]
QUEUE = "/desk/queue/"


def comment_on(on: Event | Post, text: str = "I was there too.", **facts: object) -> Comment:
    owner = {"event": on} if isinstance(on, Event) else {"post": on}
    defaults = {"sent_at": timezone.now(), "held_because": ["It is the first from this writer."]}
    return Comment.objects.create(key=uuid4(), text=text, **owner, **(defaults | facts))


def waiting_note(board: Board, post_note: Callable[..., Note], words: str = "Wait for me.") -> Note:
    note = post_note(board.stations.get(), words)
    Note.objects.filter(pk=note.pk).update(moderation=Moderation.WAITING)
    note.refresh_from_db()
    return note


def ticks(viewer: Viewer) -> list[str]:
    return [one.ticked for one in waiting_for(viewer)]


@pytest.fixture
def desk(client: Client, ada: Viewer) -> Client:
    client.force_login(ada.person)
    return client


def test_notes_comments_stories_and_reports_stand_in_one_queue(
    desk: Client, board: Board, post_note: Callable[..., Note]
) -> None:
    waiting_note(board, post_note, "Marsh words.")
    comment_on(board.event, "Reed words.")
    Report.objects.create(event=board.event, key=uuid4(), reason=Report.Reason.WRONG, text="Sedge words.")
    page = desk.get(QUEUE).text
    assert "3 things to look at" in page
    for words in ("Marsh words.", "Reed words.", "Sedge words.", "It is the first from this writer."):
        assert words in page


def test_an_urgent_report_comes_first_and_what_is_like_spam_last(
    board: Board, post_note: Callable[..., Note], ada: Viewer
) -> None:
    now = timezone.now()
    comment_on(board.event, "Old and like spam.", likeness=0.95, sent_at=now - timedelta(days=9))
    comment_on(board.event, "New.", sent_at=now)
    comment_on(board.event, "Older.", sent_at=now - timedelta(days=1))
    Report.objects.create(event=board.event, key=uuid4(), reason=Report.Reason.CHILD, reported_at=now)
    words = [one.words for one in waiting_for(ada)]
    assert [w.rsplit("\n", 1)[-1] or w for w in words][1:] == ["Older.", "New.", "Old and like spam."]
    assert words[0].startswith("child")


def test_many_are_shown_at_once_and_taken_back_at_once(
    desk: Client, board: Board, post_note: Callable[..., Note], ada: Viewer
) -> None:
    note, comment = waiting_note(board, post_note), comment_on(board.event)
    answer = desk.post(QUEUE, {"item": ticks(ada), "act": "show"}, follow=True)
    assert "2 shown." in answer.text
    note.refresh_from_db()
    comment.refresh_from_db()
    assert (note.moderation, comment.state) == (Moderation.SHOWN, State.SHOWN)
    receipt = parse_qs(answer.request["QUERY_STRING"])["undo"]
    answer = desk.post(QUEUE, {"undo": receipt}, follow=True)
    assert "2 taken back." in answer.text
    note.refresh_from_db()
    comment.refresh_from_db()
    assert (note.moderation, comment.state) == (Moderation.WAITING, State.HELD)


def test_what_is_not_shown_says_why_to_its_writer(
    desk: Client, board: Board, post_note: Callable[..., Note], ada: Viewer
) -> None:
    note, comment = waiting_note(board, post_note), comment_on(board.event)
    for one in ticks(ada):
        desk.post(QUEUE, {"refuse": one, f"words-{one}": "It names a neighbour."})
    note.refresh_from_db()
    comment.refresh_from_db()
    assert (note.moderation, note.moderation_why) == (Moderation.HIDDEN, "It names a neighbour.")
    assert (comment.state, comment.reason) == (State.REMOVED, "It names a neighbour.")
    assert Judgement.objects.filter(comment=comment, by=ada.person).count() == 1


def test_nothing_is_refused_without_a_reason(desk: Client, board: Board, ada: Viewer) -> None:
    comment = comment_on(board.event)
    answer = desk.post(QUEUE, {"item": ticks(ada), "act": "refuse"})
    assert answer.status_code == 422
    assert "Say why" in answer.text
    comment.refresh_from_db()
    assert comment.state == State.HELD


def test_a_reason_that_is_too_long_decides_nothing(
    desk: Client, board: Board, post_note: Callable[..., Note], ada: Viewer
) -> None:
    note, comment = waiting_note(board, post_note), comment_on(board.event)
    too_long = "x" * 301
    answer = desk.post(QUEUE, {"item": ticks(ada), "act": "refuse", "words-all": too_long})
    assert answer.status_code == 422
    assert "That reason has 301 characters. 300 have to do." in answer.text
    assert too_long in answer.text
    note.refresh_from_db()
    comment.refresh_from_db()
    assert (note.moderation, comment.state) == (Moderation.WAITING, State.HELD)
    assert not Judgement.objects.exists()


def test_a_form_without_a_tick_says_so_and_keeps_the_words(desk: Client, board: Board) -> None:
    comment_on(board.event)
    comment_on(board.event, "Another.")
    answer = desk.post(QUEUE, {"act": "refuse", "words-all": "A kind word of mine."})
    assert answer.status_code == 422
    assert "Tick what you have looked at first." in answer.text
    assert "A kind word of mine." in answer.text


def test_words_that_changed_since_they_were_looked_at_are_not_shown(
    desk: Client, board: Board, ada: Viewer
) -> None:
    comment = comment_on(board.event)
    looked_at = ticks(ada)
    Comment.objects.filter(pk=comment.pk).update(text="Something else.")
    assert "Its writer changed it just now" in desk.post(QUEUE, {"show": looked_at[0]}, follow=True).text
    comment.refresh_from_db()
    assert comment.state == State.HELD


def test_what_somebody_else_decided_meanwhile_is_told_and_stops_no_other(
    desk: Client, board: Board, ada: Viewer
) -> None:
    first, second = comment_on(board.event, "One."), comment_on(board.event, "Two.")
    looked_at = ticks(ada)
    Comment.objects.filter(pk=first.pk).update(state=State.REMOVED)
    page = desk.post(QUEUE, {"item": looked_at, "act": "show"}, follow=True).text
    assert "1 shown." in page
    assert "Somebody decided about it meanwhile" in page
    second.refresh_from_db()
    assert second.state == State.SHOWN


def test_nobody_finds_or_decides_what_waits_elsewhere(
    board: Board, post_note: Callable[..., Note], make_event: MakeEvent, ada: Viewer
) -> None:
    waiting_note(board, post_note)
    comment_on(board.event)
    told(call_for(ada))
    Report.objects.create(event=board.event, key=uuid4(), reason=Report.Reason.WRONG)
    ticked = ticks(ada)
    assert {one.split(".")[0] for one in ticked} == {"note", "comment", "story", "report"}
    kim = make_person("Kim")
    announce_event(by=None, organisers=[kim], slug="far", name="Far", date="2020", status="complete")
    other = Viewer(person=kim)
    assert ticks(other) == []
    decided = decide(ticked, SHOW, by=other)
    assert (decided.done, len(decided.refusals)) == ([], 4)


@pytest.mark.parametrize("forged", ["", "comment", "comment.x", "person.1.2", "note..", "x" * 5000])
def test_a_forged_tick_is_a_sentence_and_no_error(desk: Client, board: Board, forged: str) -> None:
    comment_on(board.event)
    answer = desk.post(QUEUE, {"item": [forged], "act": "show"}, follow=True)
    assert answer.status_code in (200, 422)


@pytest.mark.parametrize("forged", ["x", "x:y:z", "W10:1:2"])
def test_a_forged_receipt_takes_nothing_back(desk: Client, board: Board, forged: str) -> None:
    assert "too late to take that back" in desk.post(QUEUE, {"undo": forged}).text


def test_a_signature_is_read_shown_and_put_back(
    desk: Client, board: Board, post_note: Callable[..., Note], ada: Viewer
) -> None:
    signature = signed(called(post_note(board.stations.get()), ada, "Plant reeds"))
    assert "Plant reeds" in desk.get(QUEUE).text
    shown = decide(ticks(ada), SHOW, by=ada)
    signature.refresh_from_db()
    assert signature.state == Signature.State.SHOWN
    assert undo(shown.receipt, by=ada).done
    refused = decide(ticks(ada), REFUSE, by=ada, why="It names somebody.")
    signature.refresh_from_db()
    assert (signature.state, signature.why) == (Signature.State.REMOVED, "It names somebody.")
    judge_signature(signature, shown=True, by=ada)
    assert undo(refused.receipt, by=ada).done == [], "not what was decided since"


@pytest.mark.parametrize("hours", [25, -2], ids=["too old", "from a clock that went ahead"])
def test_a_receipt_takes_back_for_a_day_and_no_longer(
    hours: int, board: Board, ada: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = comment_on(board.event)
    now = time.time()
    with monkeypatch.context() as then:
        then.setattr("coproduce.desk.deciding.time.time", lambda: now - hours * 3600)
        receipt = decide(ticks(ada), SHOW, by=ada).receipt
    with pytest.raises(Refused, match="too late"):
        undo(receipt, by=ada)
    comment.refresh_from_db()
    assert comment.state == State.SHOWN


@pytest.mark.parametrize("number", [1, 3])
def test_the_queue_takes_as_many_queries_for_one_of_everything_as_for_three(
    number: int, desk: Client, board: Board, post_note: Callable[..., Note],
    django_assert_num_queries: Callable,
) -> None:  # fmt: skip
    post = publish_post(by=None, slug="after", title="After", body="<p>x</p>", published_at=timezone.now())
    for at in range(number):
        waiting_note(board, post_note, f"Note {at}.")
        comment_on(board.event, f"Comment {at}.")
        comment_on(post, f"On a post {at}.")
        Report.objects.create(event=board.event, key=uuid4(), reason=Report.Reason.WRONG)
    desk.get(QUEUE)
    with django_assert_num_queries(10):
        desk.get(QUEUE)


def test_looking_at_the_queue_decides_nothing(desk: Client, board: Board) -> None:
    comment_on(board.event)
    acts = Act.objects.count()
    desk.get(QUEUE, {"show": "x", "act": "show"})
    assert (Act.objects.count(), Judgement.objects.count()) == (acts, 0)
    assert reverse("queue") == QUEUE


def test_the_queue_is_for_those_with_a_desk(client: Client, researcher: Viewer, station: Station) -> None:
    assert client.get(QUEUE).status_code == 302
    client.force_login(researcher.person)
    assert client.get(QUEUE).status_code == 403


def test_a_reason_chosen_as_spam_is_learned_and_one_in_own_words_is_not(
    desk: Client, board: Board, ada: Viewer
) -> None:
    spam, other = comment_on(board.event, "Cheap sofas."), comment_on(board.event, "Rude words.")
    by_id = {one.thing.pk: one.ticked for one in waiting_for(ada)}
    desk.post(QUEUE, {"refuse": by_id[spam.pk], f"why-{by_id[spam.pk]}": REPLIES[SPAM]})
    desk.post(QUEUE, {"refuse": by_id[other.pk], f"words-{by_id[other.pk]}": "Say it more kindly."})
    judged = {judgement.comment_id: judgement.as_spam for judgement in Judgement.objects.all()}
    assert judged == {spam.pk: True, other.pk: False}
    assert not LearnedWord.objects.filter(word="rude").exists()


def test_what_looks_like_spam_shows_by_which_words(desk: Client, board: Board) -> None:
    for _ in range(ENOUGH):
        learn("Cheap sofas.", as_spam=True)
        learn("We read the wall.", as_spam=False)
    comment_on(board.event, "Cheap sofas for the wall.", likeness=0.95)
    assert "by the words cheap, sofas." in desk.get(QUEUE).text


def test_taking_back_undoes_no_decision_of_somebody_else(board: Board, ada: Viewer, steward: Viewer) -> None:
    comment = comment_on(board.event)
    mine = decide(ticks(ada), SHOW, by=ada)
    comment.refresh_from_db()
    judge(comment, State.REMOVED, by=steward, why=REPLIES[SPAM])
    undone = undo(mine.receipt, by=ada)
    assert (undone.done, len(undone.refusals)) == ([], 1)
    comment.refresh_from_db()
    assert comment.state == State.REMOVED


def test_taking_back_a_refusal_shows_nothing_that_was_looked_at_since(
    board: Board, ada: Viewer, steward: Viewer
) -> None:
    comment = comment_on(board.event)
    mine = decide(ticks(ada), REFUSE, by=ada, why="It names somebody.")
    comment.refresh_from_db()
    judge(comment, State.SHOWN, by=steward)
    assert undo(mine.receipt, by=ada).done == []
    comment.refresh_from_db()
    assert comment.state == State.SHOWN
