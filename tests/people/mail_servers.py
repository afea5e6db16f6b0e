"""Mail servers on this machine: one that takes what it gets, one that never speaks, one that refuses."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.test import override_settings

# What a client says begins with, and the answer.
TAKES = {
    "EHLO": "250 here",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    ".": "250 kept",
    "QUIT": "221 bye",
}


class Server:
    """Listens on 127.0.0.1 until it is closed; `heard` is every line that clients said."""

    def __init__(self, answers: dict[str, str] | None) -> None:
        self.answers, self.heard = answers, list[str]()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while True:
            try:
                client, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=[client], daemon=True).start()

    def talk(self, client: socket.socket) -> None:
        with client, client.makefile("rw", newline="") as lines:
            if self.answers is not None:
                self.say(lines, "220 here")
            in_data = False
            for line in lines:
                self.heard.append(line.rstrip() if in_data else line.rstrip().upper())
                word = line.strip().partition(" ")[0].upper() if not in_data else line.strip()
                if self.answers is not None and (not in_data or word == "."):
                    self.say(lines, self.answers.get(word, "250 ok"))
                    in_data = word == "DATA" and self.answers["DATA"].startswith("3")

    @staticmethod
    def say(lines: object, answer: str) -> None:
        lines.write(f"{answer}\r\n")
        lines.flush()


@contextmanager
def mail_server(answers: dict[str, str] | None, *, timeout: float = 10) -> Iterator[Server]:
    """A server to which the site sends its mail; without `answers` it accepts and never speaks."""
    server = Server(answers)
    options = {"host": "127.0.0.1", "port": server.port, "timeout": timeout}
    smtp = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
    try:
        with override_settings(MAILERS={"default": smtp}):
            yield server
    finally:
        server.listening.close()
