"""What the running site does by itself."""

import asyncio

import pytest

from coproduce.serving import chores
from coproduce.serving.chores import WithChores
from tests.loops import in_a_loop


class Streams:
    """Streams that only remember whether they run."""

    runs = False

    async def start(self) -> None:
        self.runs = True

    async def stop(self) -> None:
        self.runs = False

    async def stream(self, *_: object) -> None:
        raise NotImplementedError


@pytest.mark.django_db(transaction=True)
def test_chores_are_done_again_and_again_and_one_that_fails_does_not_end_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chores, "AFTER_THE_START", 0)
    monkeypatch.setattr(chores, "BETWEEN", 0)
    done: list[str] = []

    def fails() -> None:
        done.append("fails")
        raise RuntimeError("Not this time.")

    async def scenario() -> None:
        live = Streams()
        site = WithChores(live, [fails, lambda: done.append("goes on")])
        await site.start()
        async with asyncio.timeout(20):
            while done.count("goes on") < 2:
                await asyncio.sleep(0)
        assert live.runs
        await site.stop()
        assert not live.runs

    in_a_loop(scenario())
    assert done[:4] == ["fails", "goes on", "fails", "goes on"]
