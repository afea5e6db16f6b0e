"""The development PostgreSQL: real servers, in folders of their own, on no network."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psutil
import psycopg2
import pytest

from coproduce.postgres.place import Place, find_place
from coproduce.postgres.processes import alive
from coproduce.postgres.server import PORT, SUPERUSER, Server
from coproduce.postgres.trouble import PostgresTrouble

ROOT = Path(__file__).resolve().parent.parent.parent
JOIN = """
import sys
from pathlib import Path
from coproduce.postgres.server import Server
Server(Path(sys.argv[1])).join()
print("joined", flush=True)
sys.stdin.readline()
"""
DJANGO = """
import sys
from pathlib import Path
from django.conf import settings
from django.db import connection
database = {"ENGINE": "coproduce.postgres", "NAME": "coproduce"}
settings.configure(LOCAL_DIR=Path(sys.argv[1]), DATABASES={"default": database})
for _ in range(2):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'answered'")
        print(cursor.fetchone()[0], flush=True)
    sys.stdin.readline()
    connection.close()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    with open_folder() as path:
        yield path


@pytest.fixture(scope="module")
def local() -> Iterator[Path]:
    """The private folder of a clone; its database is made once for most of these tests."""
    with open_folder() as path:
        yield path / ".local"


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that every account may enter, with a space in its name."""
    path = Path(tempfile.mkdtemp(prefix="a clone "))
    path.chmod(0o755)
    yield path
    remove(path / ".local")
    shutil.rmtree(path)


def remove(local: Path) -> None:
    """Ends the server of a test and takes its files away, wherever root had to put them."""
    place = find_place(local)
    kill(place)
    shutil.rmtree(place.sockets, ignore_errors=True)
    shutil.rmtree(place.data.parent, ignore_errors=True)


def kill(place: Place) -> None:
    """Without the tidy ending of a server, which takes a second to write to disk."""
    processes = alive(place.data)
    for process in processes:
        # Those that outlive the postmaster by a moment may end by themselves.
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(processes, timeout=10)


@pytest.fixture
def server(local: Path) -> Iterator[Server]:
    server = Server(local)
    server.join()
    yield server
    kill(server.place)
    server.leave()


@pytest.fixture
def start() -> Iterator[Callable[[str, Path], subprocess.Popen[str]]]:
    """Starts another Python process and waits until it has printed its first line."""
    started: list[subprocess.Popen[str]] = []

    def begin(code: str, local: Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", code, str(local)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        started.append(subprocess.Popen(command, text=True, cwd=ROOT, **pipes))
        assert started[-1].stdout.readline()
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def ask(server: Server, *statements: str) -> str:
    """The first value of the last statement's answer."""
    where = {"host": server.place.sockets, "port": PORT, "user": SUPERUSER, "dbname": "coproduce"}
    with closing(psycopg2.connect(**where)) as connection, connection, connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return str(cursor.fetchone()[0])


def postmaster(server: Server) -> psutil.Process:
    return psutil.Process(int((server.place.data / "postmaster.pid").read_text().split()[0]))


def test_a_killed_server_starts_again_with_its_data(server: Server) -> None:
    ask(server, "CREATE TABLE kept AS SELECT 'still here' AS said", "SELECT 1")
    postmaster(server).kill()
    server.revive()
    assert ask(server, "SELECT said FROM kept") == "still here"


def test_the_database_knows_letters_and_keeps_what_it_is_told(server: Server) -> None:
    assert ask(server, "SELECT lower('É')") == "é"
    assert ask(server, "SELECT to_tsvector('simple', '“Café”')::text") == "'café':1"
    assert ask(server, "SHOW fsync") == ask(server, "SHOW synchronous_commit") == "on"


def test_the_server_listens_on_no_network(server: Server) -> None:
    assert ask(server, "SHOW listen_addresses") == ""


def test_the_last_process_to_leave_stops_the_server(
    local: Path, start: Callable[[str, Path], subprocess.Popen[str]]
) -> None:
    first, second = start(JOIN, local), start(JOIN, local)
    data = find_place(local).data
    first.communicate("leave\n")
    assert alive(data)
    second.communicate("leave\n")
    assert not alive(data)


def test_a_politely_killed_process_stops_the_server(
    local: Path, start: Callable[[str, Path], subprocess.Popen[str]]
) -> None:
    only = start(JOIN, local)
    only.terminate()
    only.communicate()
    assert not alive(find_place(local).data)


def test_a_process_that_was_killed_no_longer_counts(
    local: Path, start: Callable[[str, Path], subprocess.Popen[str]]
) -> None:
    killed = start(JOIN, local)
    killed.kill()
    killed.wait()
    assert alive(find_place(local).data)
    start(JOIN, local).communicate("leave\n")
    assert not alive(find_place(local).data)


def test_a_site_whose_server_died_answers_the_next_request(
    local: Path, start: Callable[[str, Path], subprocess.Popen[str]]
) -> None:
    site = start(DJANGO, local)
    postmaster(Server(local)).kill()
    site.stdin.write("once more\n")
    site.stdin.flush()
    assert site.stdout.readline() == "answered\n"


@pytest.mark.parametrize("half_written", ["", "12"])
def test_a_half_written_pid_file_does_not_stop_the_start(server: Server, half_written: str) -> None:
    server.leave()
    (server.place.data / "postmaster.pid").write_text(half_written)
    server.join()
    assert ask(server, "SELECT 1") == "1"


def test_a_stale_number_that_belongs_to_another_program_leaves_it_alone(server: Server) -> None:
    server.leave()
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as bystander:
        pid_file = server.place.data / "postmaster.pid"
        pid_file.write_text(f"{bystander.pid}\n{server.place.data}\n1\n5432\n{server.place.sockets}\n")
        server.join()
        assert ask(server, "SELECT 1") == "1"
        server.leave()
        assert bystander.poll() is None


def test_an_interrupted_first_start_heals(folder: Path) -> None:
    server = Server(folder / ".local")
    half = server.place.data.with_name(f"{server.place.data.name}.new")
    half.mkdir()
    (half / "PG_VERSION").write_text("18")
    server.join()
    assert ask(server, "SELECT 1") == "1"
    kill(server.place)
    server.leave()


def test_a_long_path_is_no_trouble(folder: Path) -> None:
    local = folder / ("a very long name " * 8) / ".local"
    server = Server(local)
    server.join()
    assert ask(server, "SELECT 1") == "1"
    remove(local)
    server.leave()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to lend the server another account")
def test_root_keeps_a_private_clone_private(folder: Path) -> None:
    folder.chmod(0o700)
    server = Server(folder / ".local")
    server.join()
    assert ask(server, "SELECT 1") == "1"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert postmaster(server).uids().effective != 0
    server.leave()


def test_a_socket_folder_of_somebody_else_is_refused(local: Path, tmp_path: Path) -> None:
    server = Server(local)
    server.place.sockets.symlink_to(tmp_path)
    with pytest.raises(PostgresTrouble, match="belongs to another user"):
        server.join()
    server.place.sockets.unlink()


def test_a_server_that_does_not_start_says_why_and_what_to_do(server: Server) -> None:
    server.leave()
    settings = server.place.data / "postgresql.conf"
    written = settings.read_text()
    settings.write_text(f"{written}\nshared_buffers = 'a great deal'\n")
    with pytest.raises(PostgresTrouble, match=r"(?s)DATABASE_URL.*shared_buffers"):
        server.join()
    settings.write_text(written)
