"""No address of a visitor is stored: not in a log, not in the database, not in a file, not in a letter.

The real site, with the settings of production, is visited from one address of this machine, through a
proxy that names another; things go wrong on purpose. Then everything it wrote is searched for both.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from tests.faults.cluster import Cluster
from tests.faults.driver import Wall
from tests.faults.site import Site
from tests.faults.visitors import Visitor
from tools.serving import HOST

pytestmark = pytest.mark.faults
ADDRESS, BEHIND = "127.0.0.77", "203.0.113.77"
# Both as they are written, as one number, in figures of sixteen, and the networks they are in.
NEEDLES = (
    ADDRESS, BEHIND, "203.0.113.", "127.0.0.0/24", "3405803853", "2130706509", "cb00714d",
    "7f00004d", "cb00:714d",
)  # fmt: skip
TABLES = "SELECT 'public.' || quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
CODE = re.compile(r"^\s*([0-9A-Z-]{6,})\s*$", re.MULTILINE)
NOTE = "SELECT identifier FROM responses_note WHERE text LIKE '%%velvet%%' ORDER BY id DESC"
LETTER = "SELECT text FROM people_letter WHERE \"to\" = 'fay@example.org' ORDER BY id DESC"
BREAK, MEND = (
    "ALTER TABLE journal_post RENAME TO journal_away",
    "ALTER TABLE journal_away RENAME TO journal_post",
)


class PublicSite(Site):
    """The site as strangers meet it."""

    @property
    def command(self) -> list[str]:
        as_in_public = "tests.faults.as_in_public:application"
        return [as_in_public if word == "coproduce.asgi:application" else word for word in super().command]


@dataclass(frozen=True, slots=True)
class Written:
    """All that a site wrote: its log, its database, and its folder of files."""

    log: Path
    cluster: Cluster
    files: Path

    def traces(self) -> list[str]:
        """Where an address of the visitor stands."""
        return [place for place, text in self._all() if any(needle in text.lower() for needle in NEEDLES)]

    def _all(self) -> Iterator[tuple[str, str]]:
        yield "the log", self.log.read_text()
        for table in self.cluster.column(TABLES):
            yield table, self._dump(table)
        for path in sorted(self.files.rglob("*")):
            if path.is_file():
                yield path.name, path.read_bytes().decode("latin-1")

    def _dump(self, table: str) -> str:
        text = StringIO()
        with self.cluster.connect() as connection, connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {table} TO STDOUT", text)
        return text.getvalue()

    def run(self, statement: str) -> None:
        with self.cluster.connect() as connection, connection, connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.fixture
def site(environment: dict[str, str], wall: Wall, tmp_path: Path) -> Iterator[Site]:
    public = {
        "DEBUG": "0",
        "SECRET_KEY": "of the tests, and long enough for a site in public to start with",
        "ALLOWED_HOSTS": HOST,
        "SECURE_SSL_REDIRECT": "0",
        "MEDIA_ROOT": str(tmp_path / "files" / "media"),
        "EMAIL_URL": "smtp://127.0.0.1:9",
    }
    site = PublicSite(environment | public, tmp_path / "site.log")
    site.start()
    yield site
    site.kill()


@pytest.fixture
def written(site: Site, cluster: Cluster, tmp_path: Path) -> Written:
    (tmp_path / "files").mkdir(exist_ok=True)
    return Written(site.log, cluster, tmp_path / "files")


def test_nothing_that_the_site_writes_holds_a_visitors_address(
    site: Site, wall: Wall, written: Written
) -> None:
    visitor = Visitor(site.address, ADDRESS, BEHIND)
    crawled = visitor.crawl("/", most=25)
    assert len(crawled) == 25
    assert {path: status for path, status in crawled.items() if status >= 500} == {}
    do_everything(visitor, wall, written)
    go_wrong(visitor, written)
    sign_in(visitor, written)
    assert written.traces() == []
    assert_noticed(written)


def do_everything(visitor: Visitor, wall: Wall, written: Written) -> None:
    """A note, a report of it, a request, and letters asked for."""
    posted = visitor.fill_in(wall.form, mark="tick", words="The velvet bittern.", public="on", research="on")
    assert posted.status == 302
    (note, *_) = written.cluster.column(NOTE)
    assert visitor.fill_in(f"/report/note/{note}/", reason="other", text="Look at it.").status == 302
    assert visitor.fill_in("/requests/new/", kind="note", said="Take it down.").status == 302
    asked = {"email": "eve@example.org", "wants": "wants_records", "every": "month"}
    assert visitor.fill_in("/news/", **asked).status == 302


def go_wrong(visitor: Visitor, written: Written) -> None:
    """Not found, not allowed, too much of it, and broken."""
    assert visitor.ask("/nothing-is-here/").status == 404
    assert visitor.ask("/requests/new/", {"said": "Without a token."}).status == 403
    assert visitor.ask("/events/?page=%00").status in {200, 400, 404}
    written.run(BREAK)
    try:
        assert visitor.ask("/journal/?broken=yes").status == 500
    finally:
        written.run(MEND)
    assert '"status": 500' in written.log.read_text()


def sign_in(visitor: Visitor, written: Written) -> None:
    """An account is made, and the page that lists where it is signed in is read."""
    typed = {"email": "fay@example.org", "password1": "a sentence that is long enough"}
    assert visitor.fill_in("/account/signup/", **typed).status == 302
    (letter, *_) = written.cluster.column(LETTER)
    confirmed = visitor.fill_in("/account/confirm-email/", code=CODE.search(letter)[1])
    assert confirmed.status == 302
    page = visitor.ask("/account/sessions/")
    assert page.status == 200
    assert not any(needle in page.page for needle in (ADDRESS, BEHIND))
    assert written.cluster.column("SELECT count(*) FROM usersessions_usersession") == [1]


def assert_noticed(written: Written) -> None:
    """An address that does stand somewhere is found: in a line of the log, in a row, in a file."""
    plants: dict[str, Callable[[], object]] = {
        "the log": lambda: add_line(written.log, f'{{"what": "GET / from {ADDRESS}"}}\n'),
        "public.people_letter": lambda: written.run(f"UPDATE people_letter SET trouble = 'from {BEHIND}'"),
        "public.usersessions_usersession": lambda: written.run(
            f"UPDATE usersessions_usersession SET ip = '{BEHIND}'"
        ),
        "a-picture.jpg": lambda: (written.files / "a-picture.jpg").write_bytes(
            b"\xff\xd8" + ADDRESS.encode()
        ),
    }
    for plant in plants.values():
        plant()
    assert sorted(written.traces()) == sorted(plants)
    written.run("UPDATE people_letter SET trouble = ''; DELETE FROM usersessions_usersession")


def add_line(path: Path, line: str) -> None:
    with path.open("a") as file:
        file.write(line)
