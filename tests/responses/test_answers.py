from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.html import escape

from events.models import Event
from people.consent import consent_on_basis
from people.guests import ANYBODY, Viewer
from principles.models import Principle, PrincipleSet, Wording
from principles.wording import add_wording
from responses.answers import A_PAGE, answers_to, notes_answering, page_of_answers, strongest_by_mark
from responses.board import withdraw_note
from responses.changes import next_number
from responses.models import Board, Mark, Note, Origin, Pairing, Station, TextState


@pytest.fixture
def power(make_set: Callable[..., PrincipleSet]) -> Principle:
    return make_set().principles.get(slug="power")


@pytest.fixture
def asked(station: Station, power: Principle) -> Station:
    """A station that asks about power."""
    Pairing.objects.create(station=station, principle=power)
    return station


@pytest.fixture
def import_note() -> Callable[..., Note]:
    """A note as an import leaves it: from paper, on the basis of a published record."""

    def make(station: Station, text: str, state: str, mark: str = Mark.TICK) -> Note:
        consent = consent_on_basis("A published record")
        return Note.objects.create(
            board=station.board, station=station, number=next_number(station), key=uuid4(), mark=mark,
            text=text, text_state=state, origin=Origin.PAPER, consent=consent,
        )  # fmt: skip

    return make


def page(client: Client, principle: Principle, **asked_for: object) -> str:
    answer = client.get(principle.get_absolute_url(), asked_for)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def half(shown: str, kind: str) -> str:
    """The half of the page's facing pair that holds the strongest `kind`."""
    return shown.split(f"<h3>Strongest {kind}", 1)[1].split("<h3>", 1)[0].split("</section>", 1)[0]


def test_a_note_answers_by_its_station_or_by_the_wording_it_is_pinned_to(
    asked: Station, power: Principle, post_note: Callable[..., Note], import_note: Callable[..., Note]
) -> None:
    other = Station.objects.create(board=asked.board, heading="Elsewhere", code="ELS", position=2)
    by_both, by_station = post_note(asked), import_note(asked, "Paper.", TextState.READ)
    by_wording = import_note(other, "Pinned.", TextState.READ)
    by_wording.wordings.add(power.current_wording)
    import_note(other, "About something else.", TextState.READ)
    assert set(notes_answering(power, ANYBODY)) == {by_both, by_station, by_wording}
    assert answers_to(power, ANYBODY).tally.total == 3


def test_a_principle_without_words_is_answered_at_its_stations(
    asked: Station, power: Principle, post_note: Callable[..., Note], client: Client
) -> None:
    Wording.objects.all().delete()
    note = post_note(asked)
    assert not note.wordings.exists()
    assert answers_to(power, ANYBODY).tally.total == 1
    assert "Say who decides." in page(client, power)


def test_each_wording_counts_its_own_answers_also_beside_another_principle(
    asked: Station, power: Principle, post_note: Callable[..., Note], ada: Viewer
) -> None:
    Pairing.objects.create(station=asked, principle=power.set.principles.get(slug="time"))
    post_note(asked)
    first, second = power.current_wording, add_wording(power, "Power is lent.", by=ada)
    power.refresh_from_db()
    post_note(asked), post_note(asked, mark=Mark.SQUARE)
    answered = answers_to(power, ANYBODY).by_wording
    assert {pk: tally.total for pk, tally in answered.items()} == {first.pk: 1, second.pk: 2}


def test_answers_are_counted_event_by_event_and_add_up(
    make_event: Callable[..., Event], make_board: Callable[..., Board],
    power: Principle, post_note: Callable[..., Note],
) -> None:  # fmt: skip
    for slug, date, notes in (("later", "2020", 2), ("earlier", "2018-11", 1), ("unanswered", "2021", 0)):
        station = make_board(event=make_event(slug=slug, date=date, name=slug)).stations.get()
        Pairing.objects.create(station=station, principle=power)
        for _ in range(notes):
            post_note(station)
    answers = answers_to(power, ANYBODY)
    counted = {event.slug: tally.total for event, tally in answers.by_event}
    assert list(counted.items()) == [("earlier", 1), ("later", 2), ("unanswered", 0)]
    assert answers.tally.total == 3


def test_a_draft_shows_nothing_of_its_answers_to_others(
    asked: Station, power: Principle, post_note: Callable[..., Note], ada: Viewer, client: Client
) -> None:
    post_note(asked)
    Event.objects.update(status=Event.Status.DRAFT)
    assert answers_to(power, ada).tally.total == 1
    hidden = answers_to(power, ANYBODY)
    assert (hidden.tally.total, hidden.stations, hidden.by_event, hidden.agreement) == (0, [], [], None)
    assert "Say who decides." not in page(client, power)


def test_the_strongest_note_is_the_one_that_says_most(
    asked: Station, import_note: Callable[..., Note]
) -> None:
    weakest_first = [
        import_note(asked, "", TextState.NO_TEXT),
        import_note(asked, "", TextState.ILLEGIBLE),
        import_note(asked, "A long text of which [...] only a part can be read.", TextState.PARTLY),
        import_note(asked, "Late, as short.", TextState.READ),
        import_note(asked, "Long and read in full.", TextState.READ),
    ]
    for note in reversed(weakest_first):
        assert strongest_by_mark(Note.objects.standing()) == {Mark.TICK: note}
        note.delete()


def test_of_two_equally_long_notes_the_earlier_is_shown(
    asked: Station, import_note: Callable[..., Note]
) -> None:
    first = import_note(asked, "Same length", TextState.READ)
    import_note(asked, "length same", TextState.READ)
    assert strongest_by_mark(Note.objects.all())[Mark.TICK] == first


SQUARES = [
    {"words": "We moved the chairs."},
    {"words": ""},
    {"words": "Between us.", "public": False, "research": False},
    {"words": "", "public": False},
]


@pytest.mark.parametrize("agreements", [0, 3])
@pytest.mark.parametrize("square", SQUARES)
def test_wherever_somebody_challenged_the_page_shows_a_challenge(
    asked: Station, power: Principle, post_note: Callable[..., Note], client: Client,
    square: dict[str, object], agreements: int,
) -> None:  # fmt: skip
    for number in range(agreements):
        post_note(asked, f"A long and well argued agreement, number {number}.")
    post_note(asked, mark=Mark.SQUARE, **square)
    challenge = half(page(client, power), "challenge")
    assert challenge.startswith(" of 1")
    assert "#square" in challenge
    if square.get("public", True):
        assert 'data-mark="square"' in challenge
    else:
        assert "<b>1 challenge</b> was made." in challenge
        assert "Between us." not in page(client, power)


@pytest.mark.parametrize(
    ("state", "text"),
    [("read", "No."), ("partly", "No [...]"), ("illegible", ""), ("no_text", ""), ("waiting", "")],
)
def test_a_challenge_from_paper_is_shown_in_whatever_state_its_words_are(
    asked: Station, power: Principle, import_note: Callable[..., Note], client: Client, state: str, text: str
) -> None:
    import_note(asked, text, state, Mark.SQUARE)
    assert 'data-mark="square"' in half(page(client, power), "challenge")


def test_agreement_never_stands_alone(
    asked: Station, power: Principle, post_note: Callable[..., Note], client: Client
) -> None:
    post_note(asked)
    shown = page(client, power)
    assert "Say who decides." in half(shown, "agreement")
    assert "No challenge on record.</b> That can mean agreement." in half(shown, "challenge")


def test_lost_marks_are_named_where_a_side_is_empty(
    asked: Station, power: Principle, import_note: Callable[..., Note], client: Client
) -> None:
    import_note(asked, "Who knows.", TextState.READ, Mark.NOT_RECORDED)
    assert "1 note has no mark on record, and may hold one." in half(page(client, power), "challenge")


def test_without_answers_the_page_says_so_and_invites(
    asked: Station, power: Principle, client: Client
) -> None:
    shown = page(client, power)
    assert "No agreement and no challenge yet" in shown
    assert "You can be the first." in shown
    assert "/answer/POW/" in shown


def test_nobody_is_invited_to_a_closed_board(asked: Station, power: Principle, client: Client) -> None:
    Board.objects.update(state=Board.State.CLOSED, code=None)
    shown = page(client, power)
    assert "Answer it yourself" not in shown
    assert f'href="{asked.get_absolute_url()}"' in shown


def test_a_withdrawn_answer_leaves_a_count_and_no_words(
    asked: Station, power: Principle, post_note: Callable[..., Note], dee: Viewer, client: Client
) -> None:
    post_note(asked)
    withdraw_note(post_note(asked, "Take this away.", by=dee, mark=Mark.SQUARE), by=dee)
    shown = page(client, power)
    assert "Take this away." not in shown
    assert "1 withdrawn" in shown
    assert "No challenge on record." in shown


def test_words_kept_to_the_board_count_without_being_shown(
    asked: Station, power: Principle, post_note: Callable[..., Note], ben: Viewer, client: Client
) -> None:
    post_note(asked, "Public words.")
    post_note(asked, "Between us.", public=False)
    shown = page(client, power)
    assert "Between us." not in shown
    assert "1 more note counts. The words stay with those who were there." in shown
    assert "Read what there is" in shown
    there = page_of_answers(power, ben, mark="", number="1")
    assert (there.page.paginator.count, there.kept) == (2, 0)


def test_notes_stand_under_the_wording_they_answered(
    asked: Station, power: Principle, post_note: Callable[..., Note], ada: Viewer, client: Client
) -> None:
    old = post_note(asked, "To the old words.")
    first = power.current_wording
    latest = add_wording(power, "Power is lent.", by=ada)
    new = post_note(asked, "To the new words.")
    power = Principle.objects.get(pk=power.pk)
    groups = page_of_answers(power, ANYBODY, mark="", number="1").groups
    assert groups == [(latest, [new]), (first, [old])]
    notes = page(client, power).split("Answered when it read:")[1]
    assert "Power is shared." in notes
    assert "<del>shared</del><ins>lent</ins>" in notes


def test_one_finds_ones_own_notes(
    asked: Station, power: Principle, post_note: Callable[..., Note], ben: Viewer, dee: Viewer
) -> None:
    post_note(asked, by=ben), post_note(asked, by=dee)
    for viewer, mine in ((ben, [True, False]), (dee, [False, True]), (ANYBODY, [False, False])):
        assert [note.is_mine for note in notes_answering(power, viewer)] == mine


def test_notes_come_in_pages_and_by_mark(
    asked: Station, power: Principle, post_note: Callable[..., Note], client: Client
) -> None:
    for number in range(A_PAGE + 1):
        post_note(asked, f"Agreement {number}.")
    post_note(asked, "The only heart.", mark=Mark.HEART)
    assert page(client, power).count('<li><article class="note"') == A_PAGE
    assert page(client, power, page=2).count('<li><article class="note"') == 2
    assert page(client, power, mark="heart").count('<li><article class="note"') == 1
    second = page(client, power, mark="tick", page=2)
    assert second.count('<li><article class="note"') == 1
    assert "?mark=tick&amp;page=1#notes" in second


@pytest.mark.parametrize("wild", ["page=9999", "page=-1", "page=x", "mark=x", "mark="])
def test_an_address_made_up_by_hand_still_gives_a_page(
    asked: Station, power: Principle, post_note: Callable[..., Note], client: Client, wild: str
) -> None:
    post_note(asked)
    answer = client.get(f"{power.get_absolute_url()}?{wild}")
    assert "Say who decides." in answer.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_number_of_questions_for_one_note_and_for_three(
    make_event: Callable[..., Event], make_board: Callable[..., Board], power: Principle,
    post_note: Callable[..., Note], ada: Viewer, client: Client,
    django_assert_num_queries: Callable, number: int,
) -> None:  # fmt: skip
    for meeting in range(number):
        station = make_board(event=make_event(slug=f"event-{meeting}")).stations.get()
        Pairing.objects.create(station=station, principle=power)
        post_note(station), post_note(station, mark=Mark.SQUARE)
        add_wording(power, f"Wording {meeting}.", by=ada)
    with django_assert_num_queries(18):
        client.get(power.get_absolute_url())


def test_words_on_notes_are_never_read_as_html(
    asked: Station, power: Principle, post_note: Callable[..., Note], client: Client
) -> None:
    wild = "<img src=x onerror=alert(1)>"
    post_note(asked, wild, mark=Mark.SQUARE)
    assert wild not in (shown := page(client, power))
    assert escape(wild) in shown
