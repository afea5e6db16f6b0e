"""The thread that hears of changes, and the pipe that wakes it."""

import os

import pytest

from responses.live.listener import Listener


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> Listener:
    """A listener whose thread is through, without a database."""
    monkeypatch.setattr(Listener, "listen", lambda self: self.stop())
    listener = Listener(hub=None)
    listener.join(10)
    assert not listener.is_alive()
    return listener


def test_a_listener_that_ended_can_be_stopped_again(ended: Listener) -> None:
    ended.stop()


def test_a_listener_that_ended_writes_into_no_file_that_has_its_number_now(ended: Listener) -> None:
    read, write = os.pipe()
    try:
        os.set_blocking(read, False)
        ended.waker = write
        ended.stop()
        with pytest.raises(BlockingIOError):
            os.read(read, 1)
    finally:
        os.close(read)
        os.close(write)
