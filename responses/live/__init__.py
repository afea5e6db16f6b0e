"""What is live: changes read once, rendered once, the same bytes to everybody in an audience.

`start`, `stop` and `stream` are what the server (coproduce/asgi.py) calls.
"""

from responses.live.streams import is_listening, readers, start, stop, stream

__all__ = ["is_listening", "readers", "start", "stop", "stream"]
