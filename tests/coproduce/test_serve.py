"""Serving for development: what Ctrl-C leaves behind is nothing."""

import subprocess
import sys

import pytest

from coproduce.management.commands import serve


def test_serving_ends_only_when_its_dying_children_have_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else PostgreSQL stays: a child that still dies counts as one of its users."""
    child = []

    def interrupted(*_: str) -> None:
        child.append(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(0.5)"]))
        raise KeyboardInterrupt

    monkeypatch.setattr(sys, "argv", ["manage.py", "serve"])
    monkeypatch.setenv("DJANGO_RUNSERVER_HIDE_WARNING", "")
    monkeypatch.setattr(serve, "call_command", interrupted)
    with pytest.raises(KeyboardInterrupt):
        serve.serve("8000")
    assert child[0].poll() is not None
