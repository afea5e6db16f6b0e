"""Puts the tools of the drills into .local/drills, each in the version written here; runs them bounded."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from drills.findings import NotToBeHad

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".local" / "drills"
LONGEST_INSTALL = 300  # seconds


def python_program(requirement: str, program: str = "") -> Path:
    """The program of a Python package, in an environment of its own; `requirement` is `name==version`."""
    name = requirement.partition("==")[0]
    found = FOLDER / requirement / "bin" / (program or name)
    if not found.exists():
        _install_python(requirement, FOLDER / requirement)
    if not found.exists():
        raise NotToBeHad(f"{requirement} could not be installed from this machine's package index.")
    return found


def _install_python(requirement: str, folder: Path) -> None:
    uv = shutil.which("uv") or shutil.which("uv", path=str(ROOT / ".local" / "uv" / "bin"))
    if uv:
        _quietly([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(folder)])
        _quietly([uv, "pip", "install", "--quiet", "--python", str(folder / "bin" / "python"), requirement])
        return
    _quietly([sys.executable, "-m", "venv", "--clear", str(folder)])
    _quietly([str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", requirement])


def node_folder(*requirements: str) -> Path:
    """A folder whose node_modules has these packages, none of whose install scripts were run."""
    folder = FOLDER / "-".join(requirements).replace("/", "-").replace("@", "_")
    if not (folder / "node_modules").exists():
        folder.mkdir(parents=True, exist_ok=True)
        system_program("npm", "the package npm")
        flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        _quietly(["npm", "install", *flags, "--prefix", str(folder), *requirements])
    if not (folder / "node_modules").exists():
        raise NotToBeHad(f"{' and '.join(requirements)} could not be installed with npm.")
    return folder


def system_program(name: str, where: str) -> Path:
    """A program of this machine; `where` says how to get it."""
    if found := shutil.which(name):
        return Path(found)
    raise NotToBeHad(f"{name} is not installed here. Get {where}, and run the drill again.")


def _quietly(command: Sequence[str]) -> None:
    """What fails shows afterwards: the program is not there."""
    nothing = subprocess.DEVNULL
    subprocess.run(command, stdout=nothing, stderr=nothing, timeout=LONGEST_INSTALL, check=False)


def said(command: Sequence[str | Path], *, seconds: int, **options: object) -> str:
    """What a tool wrote to both outputs, whatever its exit code; stopped after `seconds`, it is what came."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=seconds, check=False, **options
        )
    except subprocess.TimeoutExpired as late:
        return (late.stdout or b"").decode(errors="replace")
    return done.stdout.decode(errors="replace")
