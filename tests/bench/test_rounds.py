"""The client of the bench against the bare protocol, in small."""

from collections.abc import Iterator

import pytest

from bench.load import Unexpected
from bench.processes import helper
from bench.rounds import Load, Posted, Stage, posting_to, run
from tools.serving import HOST, free_port

LOAD = Load(readers=5, rate=50, seconds=0.2, patience=1)
SIZE = 500  # bytes


@pytest.fixture
def bare() -> Iterator[Stage]:
    port = free_port()
    with helper("bench.floor", port, SIZE, 20) as floor:
        floor.hear()
        yield Stage(f"http://{HOST}:{port}/live/bare/", floor.process.pid, posting_to(floor))


def test_every_reader_of_the_bare_protocol_sees_every_note_and_comes_back(bare: Stage) -> None:
    found = run(bare, LOAD)
    assert 0 < found.p50 <= found.p95 <= found.p99 <= found.slowest
    assert found.size >= SIZE
    assert found.reconnecting > 0


def test_a_note_that_was_posted_and_never_sent_gives_no_figure(bare: Stage) -> None:
    def post(rate: float, seconds: float) -> Posted:
        posted = dict(bare.post(rate, seconds))
        return posted | {max(map(int, posted)) + 1: 0}

    with pytest.raises(Unexpected, match="5 missed, 0 doubled"):
        run(Stage(bare.address, bare.pid, post), LOAD)
