"""A room sends every message once, however the batches that come to it overlap."""

from hypothesis import given
from hypothesis import strategies as st

from responses.live.audiences import Audience, Place
from responses.live.messages import Batch
from responses.live.rooms import Reader, Room

BATCHES = st.lists(st.tuples(st.integers(1, 20), st.integers(0, 5)), min_size=1, max_size=12)


def batch(first: int, length: int) -> Batch:
    numbers = range(first, first + length + 1)
    return Batch(first, first + length, [(number, f"{number} ".encode()) for number in numbers])


def read(reader: Reader) -> list[int]:
    return [int(word) for word in b"".join(reader.frames).split()]


def test_a_batch_that_repeats_the_last_one_is_sent_without_what_was_sent() -> None:
    room, reader = Room(Place(1, Audience.ROOM, "en-gb"), 0), Reader("", 0, None)
    room.readers.add(reader)
    room.take(batch(1, 4))
    room.take(batch(3, 4))
    assert read(reader) == [1, 2, 3, 4, 5, 6, 7]
    assert room.since(4) == b"5 6 7 "


@given(overlaps=BATCHES)
def test_every_number_goes_out_once_and_in_order(overlaps: list[tuple[int, int]]) -> None:
    room, reader = Room(Place(1, Audience.ROOM, "en-gb"), 0), Reader("", 0, None)
    room.readers.add(reader)
    for back, length in overlaps:
        room.take(batch(max(1, room.number + 2 - back), back + length))
    seen = read(reader)
    assert seen == list(range(1, room.number + 1))
    for after in range(room.number):
        kept = room.since(after)
        assert kept is None or [int(word) for word in kept.split()] == seen[after:]
