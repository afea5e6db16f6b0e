"""The least a stream can cost: `python -m bench.floor PORT BYTES WINDOW`, a bare asyncio protocol.

It answers whoever connects with the head of a stream, and at the end of every window of so many
milliseconds writes what was posted, messages of so many bytes, to all of them alike. Nothing is
looked up, checked or rendered. It obeys lines of JSON like the readers do.
"""

import asyncio
import json
import os
import sys
import time

from bench.readers import allow_files, answer

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
BACKLOG = 8192
MOST = 10_000  # readers


class Stream(asyncio.Protocol):
    """A reader's connection."""

    def __init__(self, floor: "Floor") -> None:
        self.floor = floor

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        if data.endswith(b"\r\n\r\n"):
            self.transport.write(HEAD)
            self.floor.transports.add(self.transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.floor.transports.discard(self.transport)


class Floor:
    def __init__(self, size: int, window: float) -> None:
        self.size, self.window = size, window
        self.transports: set[asyncio.Transport] = set()
        self.posted: dict[int, int] = {}
        self.sent = 0

    def post(self) -> None:
        self.posted[len(self.posted) + 1] = time.time_ns()

    def message(self, number: int) -> bytes:
        start = b"id: %d\nevent: note\ndata: " % number
        return start + b"x" * (self.size - len(start) - 2) + b"\n\n"

    def flush(self) -> None:
        """Write what was posted since the last time, the same bytes to all."""
        body = b"".join(self.message(number) for number in range(self.sent + 1, len(self.posted) + 1))
        self.sent = len(self.posted)
        chunk = b"%x\r\n%s\r\n" % (len(body), body)
        if body:
            for transport in self.transports:
                transport.write(chunk)

    async def flush_always(self) -> None:
        while True:
            await asyncio.sleep(self.window)
            self.flush()

    async def post_for(self, rate: float, seconds: float) -> None:
        """Post evenly for so many seconds; then say when each was posted."""
        loop = asyncio.get_running_loop()
        start, first = loop.time(), len(self.posted) + 1
        for number in range(round(rate * seconds)):
            await asyncio.sleep(start + number / rate - loop.time())
            self.post()
        answer({"posted": {number: self.posted[number] for number in range(first, len(self.posted) + 1)}})


async def serve(port: int, size: int, window: float) -> None:
    floor, loop = Floor(size, window), asyncio.get_running_loop()
    server = await loop.create_server(lambda: Stream(floor), "127.0.0.1", port, backlog=BACKLOG)
    orders: asyncio.Queue[bytes] = asyncio.Queue()
    loop.add_reader(sys.stdin.fileno(), lambda: orders.put_nowait(os.read(sys.stdin.fileno(), 65_536)))
    answer({"ready": True})
    async with server, asyncio.TaskGroup() as group:
        flushing = group.create_task(floor.flush_always())
        while order := await orders.get():
            asked = json.loads(order)
            await floor.post_for(asked["rate"], asked["seconds"])
        flushing.cancel()


def main(port: str, size: str, window: str) -> None:
    allow_files(MOST)
    asyncio.run(serve(int(port), int(size), int(window) / 1000))


if __name__ == "__main__":
    main(*sys.argv[1:])
