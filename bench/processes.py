"""Processes beside the bench that obey lines of JSON, and what a process costs the machine."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psutil

from bench.load import Unexpected

LONGEST_END = 10  # seconds


class Helper:
    """A module of the bench in a process of its own."""

    def __init__(self, module: str, *words: object) -> None:
        command = [sys.executable, "-m", module, *map(str, words)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.process = subprocess.Popen(command, text=True, **pipes)

    def hear(self) -> dict:
        """Its next answer; raises Unexpected when it has ended instead."""
        if line := self.process.stdout.readline():
            return json.loads(line)
        raise Unexpected(f"{self.process.args[2]} ended; it said why above.")

    def ask(self, order: object) -> dict:
        """Tell it something, and hear its answer."""
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return self.hear()

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


@contextmanager
def helper(module: str, *words: object) -> Iterator[Helper]:
    """A helper that ends with the block."""
    started = Helper(module, *words)
    try:
        yield started
    finally:
        started.end()


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process and its children have used: seconds of processors, bytes of memory."""

    seconds: float
    memory: int


def cost(pid: int) -> Cost:
    seconds, memory = 0.0, 0
    for process in family(pid):
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            seconds += times.user + times.system
            memory += process.memory_info().rss
    return Cost(seconds, memory)


def family(pid: int) -> list[psutil.Process]:
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]
