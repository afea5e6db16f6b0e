"""Finds a Chromium to look at the pages with."""

import shutil
from pathlib import Path

from playwright.sync_api import Browser, Playwright

SYSTEM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# As root Chromium has no sandbox; the rest keeps it from speaking to anybody but the site.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MISSING = (
    "There is no Chromium here. Install one with the system's packages (apt install chromium, "
    "brew install --cask chromium), or fetch Playwright's own: .venv/bin/playwright install chromium"
)


class NoChromium(Exception):
    """A sentence that says how to get one."""


def find_chromium(playwright: Playwright) -> str:
    """The path of the system's Chromium, else of Playwright's own; raises NoChromium."""
    found = (path for name in SYSTEM if (path := shutil.which(name)))
    own = playwright.chromium.executable_path
    for path in (*found, *APPLICATIONS, own):
        if Path(path).exists():
            return path
    raise NoChromium(MISSING)


def open_chromium(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=find_chromium(playwright), args=list(FLAGS))
