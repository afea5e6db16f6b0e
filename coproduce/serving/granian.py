"""How our server is called, in one place for production, development and tests."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

# Each open stream and each idle browser holds one. Without this, 2,000 streams never connect.
MOST_CONNECTIONS = 8192
SECONDS_TO_STOP = 10  # that pages get to be completed; streams are closed at once


def command(application: str, *, host: str, port: int, processes: int = 1) -> list[str]:
    """The words of a command line that serves an ASGI application of ours."""
    flags = {
        "interface": "asgi",
        "host": host,
        "port": port,
        "workers": processes,
        "working-dir": ROOT,
        "loop": "asyncio",
        # Browsers speak HTTP/2 with the proxy that has the certificate; without it here, an open
        # stream takes 21 kB instead of 32.
        "http": "1",
        "backlog": MOST_CONNECTIONS,
        "backpressure": MOST_CONNECTIONS,
        "workers-kill-timeout": SECONDS_TO_STOP,
    }
    words = [word for flag, value in flags.items() for word in (f"--{flag}", str(value))]
    return [sys.executable, "-m", "granian", *words, "--no-ws", application]
