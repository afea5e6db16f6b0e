"""A screen that only follows the stream shows what a page fetched anew would show, whatever is done."""

import re
from collections.abc import Callable
from contextlib import suppress
from random import Random
from uuid import uuid4

import pytest

from people.consent import consent_given
from people.guests import Viewer
from people.refusals import Refused
from responses.board import change_consent, correct_note, take_down_note, withdraw_note
from responses.hands import count_hands, take_back_hands
from responses.live.audiences import Audience, notes_for
from responses.live.messages import batch_since, state_of
from responses.merges import keep_apart, merge_notes
from responses.models import Board, HandCount, Mark, Note, Station
from responses.moderation import hide_note, pin_note, show_note, undo_hiding, undo_showing, unpin_note
from responses.room import change_phase, change_settings

pytestmark = pytest.mark.django_db
Post = Callable[..., Note]
MESSAGE = re.compile(r"(?:id: (\d+)\n)?event: (\w+)\n((?:data: .*\n)+)\n")
WORDS_OF_A_NOTE = re.compile(r'note__text">(.*?)</div>')
WORDS = ("Say who decides.", "Share the budget.")


class Screen:
    """What one audience has before it, and the number of the last change it was told of."""

    def __init__(self, board: Board, audience: Audience) -> None:
        self.board, self.audience, self.after = board, audience, 0
        self.cards: set[str] = set()
        self.pinned: list[str] = []

    def on_the_wall(self) -> set[str]:
        notes = notes_for(self.board, self.audience).select_related("hand_count")
        return {(note.hand_count or note).identifier for note in notes}

    def on_the_pin(self) -> list[str]:
        return WORDS_OF_A_NOTE.findall(state_of(Board.objects.get(pk=self.board.pk), self.audience))

    def follow(self) -> None:
        batch = batch_since(self.board.pk, self.after, self.audience)
        if batch is None:
            return
        for _number, event, data in MESSAGE.findall(batch.body.decode()):
            if event == "reload":
                self.cards, self.pinned = self.on_the_wall(), self.on_the_pin()
            elif event == "state":
                self.pinned = WORDS_OF_A_NOTE.findall(data)
            elif event == "gone":
                self.cards.discard(data[6:].strip())
            elif event == "note":
                self.cards.add(re.search(r'id="(\w+)"', data)[1])
        self.after = batch.last


class Room:
    """Everything that can be done to notes, at random."""

    def __init__(self, station: Station, post: Post, ada: Viewer, random: Random) -> None:
        self.station, self.post, self.ada, self.random = station, post, ada, random
        self.done: list[str] = []

    def note(self) -> Note:
        return self.random.choice(list(Note.objects.filter(station=self.station, hand_count=None)))

    def pair(self) -> tuple[Note, Note]:
        return self.note(), self.note()

    def writer(self) -> Viewer:
        return Viewer(guest_key=f"guest {self.random.randint(1, 4)}")

    def do(self) -> None:
        act = self.random.choice([name for name in dir(self) if name.startswith("do_")])
        with suppress(Refused, IndexError):
            getattr(self, act)()
            self.done.append(act)

    def do_post(self) -> None:
        words, public = self.random.choice(WORDS), self.random.random() < 0.7
        self.post(self.station, words, by=self.writer(), public=public)

    def do_correct(self) -> None:
        correct_note(self.note(), self.random.choice(WORDS), by=self.writer())

    def do_consent(self) -> None:
        public = self.random.random() < 0.5
        change_consent(self.note(), consent_given(public=public, research=True), by=self.writer())

    def do_withdraw(self) -> None:
        withdraw_note(self.note(), by=self.writer())

    def do_take_down(self) -> None:
        if self.random.random() < 0.3:
            take_down_note(self.note(), "It names somebody.", by=self.ada)

    def do_hide(self) -> None:
        hide_note(self.note(), "It names somebody.", by=self.ada)

    def do_undo_hiding(self) -> None:
        undo_hiding(self.note(), by=self.ada)

    def do_show(self) -> None:
        show_note(self.note(), by=self.ada)

    def do_undo_showing(self) -> None:
        undo_showing(self.note(), by=self.ada)

    def do_pin(self) -> None:
        pin_note(self.note(), by=self.ada)

    def do_unpin(self) -> None:
        unpin_note(self.note(), by=self.ada)

    def do_merge(self) -> None:
        merge_notes(*self.pair(), by=self.ada)

    def do_keep_apart(self) -> None:
        keep_apart(*self.pair(), by=self.ada)

    def do_part(self) -> None:
        double = self.random.choice(list(Note.objects.exclude(merged_into=None)))
        keep_apart(*self.random.sample([double, double.merged_into], 2), by=self.ada)

    def do_count(self) -> None:
        count_hands(self.station, by=self.ada, key=uuid4(), mark=Mark.TICK, number=3)

    def do_hide_a_hand(self) -> None:
        hands = Note.objects.filter(station=self.station).exclude(hand_count=None)
        hide_note(self.random.choice(list(hands)), "It names somebody.", by=self.ada)

    def do_take_back(self) -> None:
        take_back_hands(self.random.choice(list(HandCount.objects.all())), by=self.ada)

    def do_moderate(self) -> None:
        change_settings(self.station.board, by=self.ada, is_premoderated=self.random.random() < 0.5)

    def do_cover(self) -> None:
        change_settings(self.station.board, by=self.ada, hides_until_reveal=self.random.random() < 0.3)

    def do_phase(self) -> None:
        change_phase(self.station.board, self.random.choice(["collect", "collect", "reveal"]), by=self.ada)


@pytest.mark.parametrize("seed", range(8))
def test_a_screen_that_follows_the_stream_shows_what_the_page_shows(
    station: Station, post_note: Post, ada: Viewer, seed: int
) -> None:
    random = Random(seed)
    room = Room(station, post_note, ada, random)
    screens = [Screen(station.board, audience) for audience in Audience for _ in range(2)]
    for _ in range(120):
        room.do()
        for screen in screens:
            # Some follow every change, some come back after a few.
            if random.random() < 0.6:
                screen.follow()
                assert screen.cards == screen.on_the_wall(), " ".join(room.done)
                assert screen.pinned == screen.on_the_pin(), " ".join(room.done)
