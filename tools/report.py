"""`./dev report [PART …]`: measures everything, and writes docs/report.md with date, machine and figures.

Each part is a command of its own that prints a line of JSON for each figure (`name`, `value`, `unit`,
and where they apply `floor`, `ratio`, `target`, `met`, `said`). What a part printed is kept in
.local/report with when it ran; with PARTs named, only those run again, the others keep their date.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".local" / "report"
REPORT = ROOT / "docs" / "report.md"

type Line = dict[str, Any]

PARTS = {
    "speed": ["-m", "bench", "--json", "--photographs", "12"],
    "weight": ["-m", "tools.weight", "--json"],
    "phone": ["-m", "tools.lighthouse", "--json"],
    "faults": ["-m", "bench.faults", "--json"],
    "attacks": ["-m", "drills", "--json"],
}
MET = {True: "met", False: "**not met**", None: "–"}


@dataclass(frozen=True, slots=True)
class Part:
    """What a command printed: when, on what machine, how it ended."""

    name: str
    at: str
    machine: str
    code: int
    minutes: float
    lines: list[Line] = field(default_factory=list)


def main(words: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="./dev report", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"some of {', '.join(PARTS)}; all without")
    parser.add_argument("--write", action="store_true", help="run nothing; write the page from what is kept")
    options = parser.parse_args(words)
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no part is called {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    KEPT.mkdir(parents=True, exist_ok=True)
    for name in () if options.write else options.parts or PARTS:
        keep(run(name))
    REPORT.write_text(page([part for name in PARTS if (part := kept(name))]))
    print(REPORT)


def run(name: str) -> Part:
    """Runs one part; its errors go to the terminal, its figures into what is kept."""
    print(f"> {name}", file=sys.stderr, flush=True)
    start = datetime.now(UTC)
    command = [sys.executable, *PARTS[name]]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    minutes = (datetime.now(UTC) - start).total_seconds() / 60
    lines = list(figures(done.stdout))
    return Part(name, start.isoformat(timespec="minutes"), machine(), done.returncode, minutes, lines)


def figures(printed: str) -> Iterator[Line]:
    """The lines of JSON among what a command printed."""
    for line in printed.splitlines():
        if line.startswith("{"):
            yield json.loads(line)


def machine() -> str:
    """The machine in one line: processors, memory, system, Python."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} processors ({processor()}), {memory:.0f} GB, "
        f"load {os.getloadavg()[0]:.1f} at the end, "
        f"{platform.system()} {platform.release().split('-')[0]}, Python {platform.python_version()}"
    )


def processor() -> str:
    try:
        said = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in said.splitlines() if line.startswith("model name")]
    return names[0] if names else platform.machine()


def keep(part: Part) -> None:
    facts = {name: getattr(part, name) for name in Part.__slots__}
    (KEPT / f"{part.name}.json").write_text(json.dumps(facts, indent=1))


def kept(name: str) -> Part | None:
    path = KEPT / f"{name}.json"
    return Part(**json.loads(path.read_text())) if path.exists() else None


def page(parts: list[Part]) -> str:
    verdicts = [line.get("met") for part in parts for line in part.lines if line.get("target") is not None]
    missing = [name for name in PARTS if name not in {part.name for part in parts}]
    met, failed, open_ = (verdicts.count(verdict) for verdict in (True, False, None))
    counts = f"Of {len(verdicts)} targets {met} are met, {failed} are not, and for {open_} nobody can tell."
    head = [
        "# Report",
        "",
        "Written by `./dev report`. Figures of two machines, or of two hours of one, cannot be compared.",
        counts,
        *([f"Not run: {', '.join(missing)}."] if missing else []),
        "",
    ]
    return "\n".join([*head, *(line for part in parts for line in section(part))])


def section(part: Part) -> Iterator[str]:
    yield f"## {part.name.capitalize()}"
    yield ""
    ended = "" if part.code == 0 else f" **It ended with {part.code}: something failed or was cut short.**"
    yield f"{part.at}, {part.minutes:.0f} minutes. {part.machine}.{ended}"
    yield ""
    yield "| figure | value | beside it | ratio | target | |"
    yield "| --- | ---: | --- | ---: | ---: | --- |"
    yield from (row(line) for line in part.lines)
    yield ""


def row(line: Line) -> str:
    cells = [
        line["name"],
        f"{number(line.get('value'))} {line.get('unit', '')}".strip(),
        f"{number(line.get('floor'))} {line.get('floor_is', '')}".strip(),
        number(line.get("ratio")),
        target(line),
        line.get("said") or ("" if line.get("target") is None else MET[line.get("met")]),
    ]
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def target(line: Line) -> str:
    if line.get("target") is None:
        return ""
    return f"{'≤' if 'most' in str(line.get('aim', '')) else '≥'} {number(line['target'])}"


def number(value: object) -> str:
    if value is None or isinstance(value, str | list):
        return str(value or "")
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    main(sys.argv[1:])
