"""Bring in the fonts and scripts of vendor.toml, pinned and checked; the results are committed.

Needed only to change a version: the site itself runs without npm. Run it from anywhere.
"""

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Run as a file from anywhere, it finds its neighbours too.
sys.path.insert(0, str(ROOT))

from tools.fonts import lighten  # noqa: E402

LIST = Path(__file__).with_name("vendor.toml")


def pack(name: str, version: str, folder: Path) -> Path:
    """The package `name` at `version` as a file in `folder`; exits with a sentence if npm cannot."""
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), f"{name}@{version}"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except FileNotFoundError:
        sys.exit("npm is not installed. It is needed only to change what vendor.toml lists.")
    except subprocess.CalledProcessError as failed:
        sys.exit(f"npm could not fetch {name}@{version}: {failed.stderr.strip()}")
    return folder / done.stdout.strip().splitlines()[-1]


def check(archive: Path, expected: str, name: str) -> None:
    """Exit with a sentence unless `archive` has the SHA-256 `expected`."""
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != expected:
        sys.exit(
            f"{name} is not the package we pinned: expected {expected}, found {found}. Nothing was copied."
        )


def unpack(archive: Path, files: dict[str, str]) -> None:
    """Copy the `files` (path in the package to path in the project) out of `archive`."""
    with tarfile.open(archive) as opened:
        for source, target in files.items():
            member = opened.extractfile(f"package/{source}")
            if member is None:
                sys.exit(f"{archive.name} has no file {source}. Correct vendor.toml.")
            (ROOT / target).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / target).write_bytes(without_map(member.read()))
            print(target)


def without_map(content: bytes) -> bytes:
    """The file without the line that leads to its source map, which is not carried.

    collectstatic would ask for it.
    """
    return re.sub(rb"\n//# sourceMappingURL=\S+\s*$", b"\n", content)


def main() -> None:
    for package in tomllib.loads(LIST.read_text())["package"]:
        with tempfile.TemporaryDirectory() as folder:
            archive = pack(package["name"], package["version"], Path(folder))
            check(archive, package["sha256"], package["name"])
            unpack(archive, package["files"])
        for target, wanted in package.get("lighter", {}).items():
            lighten(ROOT / target, tuple(wanted.get("weights", ())) or None, wanted.get("letters", ""))


if __name__ == "__main__":
    main()
