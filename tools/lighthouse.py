"""Lighthouse on the main pages, as a slow phone: `python -m tools.lighthouse [--json]`.

It is fetched by npm into .local/lighthouse when it is not there, and looks at the demo served as in
production on this machine. Three runs a page; the medians count.
"""
# ruff: noqa: E402  the apps must be ready before anything that names their models is imported

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.settings")

import django

django.setup()

from playwright.sync_api import sync_playwright

from tools.chromium import FLAGS, find_chromium
from tools.pages import choose
from tools.production import production_site
from tools.serving import ROOT

VERSION = "12.8.2"  # the last that Node 20 runs
HOME = ROOT / ".local" / "lighthouse"
MAIN = ("front", "event", "principle", "board", "answer")
RUNS = 3
SCORES = {"performance": 90, "accessibility": 100, "best-practices": 95, "seo": 90}
# Each with its unit and the most that Lighthouse calls good.
TIMES = {
    "first-contentful-paint": ("ms", 1800),
    "largest-contentful-paint": ("ms", 2500),
    "total-blocking-time": ("ms", 200),
    "cumulative-layout-shift": ("", 0.1),
    "total-byte-weight": ("B", 100_000),
}

type Result = dict[str, Any]


def fetch() -> Path:
    """The program, fetched when it is not there; exits with a sentence where it cannot be had."""
    program = HOME / "node_modules" / ".bin" / "lighthouse"
    if program.exists():
        return program
    if not shutil.which("npm"):
        sys.exit("npm is not installed, and Lighthouse comes by it. Nothing was measured.")
    HOME.mkdir(parents=True, exist_ok=True)
    command = [
        "npm",
        "install",
        "--silent",
        "--ignore-scripts",
        "--prefix",
        str(HOME),
        f"lighthouse@{VERSION}",
    ]
    if subprocess.call(command, stdout=subprocess.DEVNULL) != 0:
        sys.exit("npm could not fetch Lighthouse. Nothing was measured.")
    return program


def look(program: Path, address: str, chromium: str) -> Result:
    """One run, on the profile of a phone with a slow line."""
    flags = " ".join(["--headless=new", *FLAGS])
    command = [
        str(program), address, "--quiet", "--output=json", "--output-path=stdout",
        "--max-wait-for-load=20000", f"--chrome-flags={flags}",
    ]  # fmt: skip
    done = subprocess.run(
        command, env=os.environ | {"CHROME_PATH": chromium}, stdout=subprocess.PIPE, check=True
    )
    return json.loads(done.stdout)


def lines(name: str, results: list[Result]) -> Iterator[dict[str, object]]:
    """The medians of several runs on one page, as the report takes them."""
    for score, wanted in SCORES.items():
        value = 100 * median(result["categories"][score]["score"] for result in results)
        yield figure(f"{name}: {score}", value, "of 100", wanted, "value at least", value >= wanted)
    for audit, (unit, most) in TIMES.items():
        value = median(result["audits"][audit]["numericValue"] for result in results)
        yield figure(f"{name}: {audit.replace('-', ' ')}", value, unit, most, "value at most", value <= most)
    for audit in sorted({audit for result in results for audit in failed(result)}):
        yield {"name": f"{name}: Lighthouse says", "value": None, "said": audit}


def figure(name: str, value: float, unit: str, target: float, aim: str, met: bool) -> dict[str, object]:
    return {"name": name, "value": value, "unit": unit, "target": target, "aim": aim, "met": met}


def failed(result: Result) -> Iterator[str]:
    """What is not in order besides times: audits that are passed or not."""
    for category in ("accessibility", "best-practices", "seo"):
        for reference in result["categories"][category]["auditRefs"]:
            audit = result["audits"][reference["id"]]
            if audit["score"] == 0:
                yield told(audit)


def told(audit: Result) -> str:
    """What is not in order, and the first place where it is not."""
    first = next(iter(audit.get("details", {}).get("items", [])), {})
    where = first.get("text") or first.get("href") or first.get("node", {}).get("snippet", "")
    return f"{audit['title']}: {where}" if where else audit["title"]


def main(words: list[str]) -> None:
    program = fetch()
    with sync_playwright() as playwright:
        chromium = find_chromium(playwright)
    with production_site() as site:
        for name in MAIN:
            path = choose([name])[0].path
            for line in lines(name, [look(program, site + path, chromium) for _ in range(RUNS)]):
                said = f"{line['name']:44}{line.get('said') or line['value']}"
                print(json.dumps(line) if "--json" in words else said, file=sys.__stdout__, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
