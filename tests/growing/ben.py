"""Ben, who leaves a note on a wall and withdraws it when he is told to."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from tools.serving import ROOT

WORDS = "Kingfisher heron"


@contextmanager
def a_note(environment: Mapping[str, str]) -> Iterator[Callable[[], None]]:
    """A note with WORDS on the last wall; what is given withdraws it, and returns when that is done."""
    command = [sys.executable, "-m", "tests.growing.one_note", WORDS]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, **pipes) as ben:
        assert ben.stdout.readline() == "left\n"

        def withdraw() -> None:
            ben.stdin.write("\n")
            ben.stdin.flush()
            assert ben.stdout.readline() == "withdrawn\n"

        yield withdraw
