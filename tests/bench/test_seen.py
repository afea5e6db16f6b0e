import pytest

from bench.seen import Frame, Track, delays, in_ms, numbers_in, told

SEEN = 1_000_000  # a millisecond in nanoseconds


def test_ids_are_found_with_and_without_the_sizes_of_chunks() -> None:
    plain = b"id: 7\nevent: note\ndata: <p>\n\nid: 8\nevent: note\ndata: id: 9\n\n"
    assert numbers_in(plain) == (7, 8)
    assert numbers_in(b"3a\r\n" + plain + b"\r\n") == (7, 8)
    assert numbers_in(b": still here\n\n") == ()


@pytest.mark.parametrize(
    ("taken", "missed", "doubled", "out_of_order"),
    [
        ([1, 2, 3, 4], 0, 0, 0),
        ([1, 2], 2, 0, 0),
        ([1, 3, 4], 1, 0, 0),
        ([1, 2, 2, 3, 4], 0, 1, 0),
        ([2, 1, 3, 4], 0, 0, 1),
        ([2, 1, 1, 3], 1, 1, 1),
    ],
)
def test_a_reader_knows_what_it_missed_had_twice_or_in_the_wrong_order(
    taken: list[int], missed: int, doubled: int, out_of_order: int
) -> None:
    track = Track(last=0)
    track.take(taken)
    assert (track.missed(4), track.doubled, track.out_of_order) == (missed, doubled, out_of_order)


def test_every_reader_of_every_number_that_was_posted_counts() -> None:
    frame = Frame((1, 2, 3))
    frame.times.extend([10 * SEEN, 12 * SEEN])
    assert delays([frame], {2: 4 * SEEN, 3: 9 * SEEN}) == [SEEN, 3 * SEEN, 6 * SEEN, 8 * SEEN]


def test_percentiles_are_in_milliseconds_and_the_slowest_is_among_them() -> None:
    found = in_ms([number * SEEN for number in range(101)])
    assert found == {"p50": 50, "p95": 95, "p99": 99, "max": 100}


def test_what_is_told_counts_all_readers() -> None:
    frame = Frame((1, 2))
    frame.times.append(SEEN)
    up_to_date, late = Track(last=2), Track(last=1)
    assert told([up_to_date, late], [frame], {1: 0, 2: 0})["missed"] == 1
