"""Where the drills take place: a database that goes afterwards, the site on it, a flawed one beside it."""

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass, field
from functools import cached_property
from io import StringIO
from pathlib import Path
from tempfile import mkdtemp

from django.core.management import call_command
from django.db import connection

from bench.place import own_database
from drills.tools import said, system_program
from tools.serving import serving, serving_streams


@dataclass(frozen=True)
class Range:
    """The site and the flawed application, each started when it is first attacked."""

    database: str
    folder: Path
    running: ExitStack = field(repr=False)

    @cached_property
    def site(self) -> str:
        """`http://127.0.0.1:PORT` of the real site with the demo."""
        return self.running.enter_context(serving_streams("drills.site:application", **self.environment))[0]

    @cached_property
    def flawed(self) -> str:
        """The same of an application that has every flaw the tools look for."""
        return self.running.enter_context(serving("drills.flawed:application", **self.environment))

    @cached_property
    def site_by_https(self) -> str:
        """`https://localhost:PORT` of the same, with a certificate of its own making."""
        more = {"DRILL_HTTPS": "on", **certificate(self.folder)}
        address, _ = self.running.enter_context(
            serving_streams("drills.site:application", **self.environment | more)
        )
        return address.replace("http://127.0.0.1", "https://localhost")

    @cached_property
    def flawed_by_https(self) -> str:
        more = self.environment | certificate(self.folder)
        address = self.running.enter_context(serving("drills.flawed:application", **more))
        return address.replace("http://127.0.0.1", "https://localhost")

    @property
    def environment(self) -> dict[str, str]:
        return {"DRILL_DATABASE": self.database, "DEBUG": "0", "DRILL_LOG": str(self.log)}

    @property
    def log(self) -> Path:
        return self.folder / "broken.log"

    def errors(self) -> tuple[str, ...]:
        """What broke inside the site since this was asked last, whatever it answered."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.write_text("")
        return tuple(sorted({f"the site broke: {json.loads(line)['what']}" for line in lines}))

    def is_here(self, path: str) -> Path:
        """A path in the scratch folder."""
        return self.folder / path


def certificate(folder: Path) -> dict[str, str]:
    """What granian is told to speak HTTPS, with a certificate that nobody signed."""
    key, made = folder / "key.pem", folder / "certificate.pem"
    if not made.exists():
        words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        files = ["-keyout", str(key), "-out", str(made)]
        said([system_program("openssl", "the package openssl"), *words, *files], seconds=30)
    return {"GRANIAN_SSL_CERTIFICATE": str(made), "GRANIAN_SSL_KEYFILE": str(key)}


@contextmanager
def shooting_range() -> Iterator[Range]:
    """A database with the demo, files collected as in production, and a folder for what tools write."""
    folder = Path(mkdtemp(prefix="drills-"))
    with own_database() as database, ExitStack() as running:
        try:
            with redirect_stdout(StringIO()):
                call_command("collectstatic", interactive=False, verbosity=0)
                call_command("seed", verbosity=0)
            connection.close()
            yield Range(database, folder, running)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
