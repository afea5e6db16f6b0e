"""Photographs every page of the demo into one gallery: `./dev look [PAGE …]`.

A PAGE is the name of a route (board, principle_set) or an address that begins with a slash.
Without one, every page is photographed: signed out and in, in three widths, light and dark.
"""
# ruff: noqa: E402  the apps must be ready before anything that names their models is imported

import argparse
import http.client
import os
import sys
from urllib.parse import urlsplit

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.settings")

import django

django.setup()

from django.core.management import call_command
from playwright.sync_api import sync_playwright

from archive.demo.accounts import email_of
from people.models import Person, Role
from tools.camera import Seen, photograph, viewer
from tools.chromium import NoChromium, open_chromium
from tools.examples import NoExample, author_of_the_note
from tools.gallery import write_gallery
from tools.pages import Page, choose
from tools.serving import ROOT, serving
from tools.visitors import Cookie, guest_cookie, session_cookie

GALLERY = ROOT / "gallery"
# What a guest sees otherwise than anybody does.
GUEST_ROUTES = {"board", "note", "my_notes", "my_note", "my_note_withdraw", "my_thread"}
# A tombstone is a page too.
FOUND = (http.HTTPStatus.OK, http.HTTPStatus.GONE)
type Look = tuple[Page, str]


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./dev look", description=__doc__.splitlines()[0])
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="a route's name, or an address: /about/")
    chosen = parser.parse_args(words).pages
    try:
        return look(chosen)
    except (NoExample, NoChromium) as error:
        print(error, file=sys.stderr)
        return 2


def look(chosen: list[str]) -> int:
    """Photograph, write the gallery and say what is wrong; 0 when nothing is."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("seed", verbosity=0)
    pages = choose(chosen)
    GALLERY.mkdir(exist_ok=True)
    organiser = Person.objects.get(email=email_of(Role.Kind.ORGANISER))
    with session_cookie(organiser) as cookie, serving("tools.stage:application", DEBUG="1") as site:
        guest = guest_cookie(author_of_the_note())
        viewers = {"signed out": None, "as a guest": guest, "signed in": cookie}
        seen, passed_by = photograph_all(site, pages, viewers)
    index = write_gallery(GALLERY, seen, passed_by)
    faults = faults_of(seen)
    small = sum(len(one.small_targets) for one in seen.values())
    photos = sum(len(one.photos) for one in seen.values())
    print("\n".join(faults) or "Nothing is wrong that a machine can find.")
    print(f"{len(faults)} faults; {small} targets under 44 px; {photos} photographs in {index}")
    return 1 if faults else 0


def faults_of(seen: dict[Look, Seen]) -> list[str]:
    """One line for each thing that is wrong, with the page and the viewer."""
    faults = [f"{page.path} {who}: {fault}" for (page, who), one in seen.items() for fault in one.faults]
    found = {page for (page, _), one in seen.items() if one.status in (page.status, *FOUND)}
    lost = {page.path: one.status for (page, _), one in seen.items() if page not in found}
    broken = [
        f"{page.path} {who} answers {one.status}"
        for (page, who), one in seen.items()
        if one.status >= http.HTTPStatus.INTERNAL_SERVER_ERROR and page in found and one.status != page.status
    ]
    return faults + broken + [f"{path} answers {status} to everybody" for path, status in lost.items()]


def photograph_all(
    site: str, pages: list[Page], viewers: dict[str, Cookie | None]
) -> tuple[dict[Look, Seen], dict[Look, str]]:
    """What was seen, by page and viewer, and why the rest is not a page for that viewer."""
    seen: dict[Look, Seen] = {}
    passed_by: dict[Look, str] = {}
    with sync_playwright() as playwright, open_chromium(playwright) as browser:
        for who, cookie in viewers.items():
            with viewer(browser, site, cookie) as context:
                for page in pages:
                    if who == "as a guest" and page.route not in GUEST_ROUTES:
                        continue
                    if reason := why_no_page(site, page, cookie):
                        passed_by[page, who] = reason
                        continue
                    print(f"{page.path} {who}", flush=True)
                    stem = f"{page.stem}-{who.replace(' ', '-')}"
                    seen[page, who] = photograph(context, site + page.path, GALLERY, stem)
    return seen, passed_by


def why_no_page(site: str, page: Page, cookie: Cookie | None) -> str:
    """Why there is nothing to photograph; empty for a page."""
    connection = http.client.HTTPConnection(urlsplit(site).netloc)
    headers = {"Cookie": f"{cookie['name']}={cookie['value']}"} if cookie else {}
    connection.request("GET", page.path, headers=headers)
    answer = connection.getresponse()
    kind, onward = answer.getheader("Content-Type", ""), answer.getheader("Location", "")
    connection.close()
    if onward:
        return f"leads to {onward}"
    if answer.status == http.HTTPStatus.METHOD_NOT_ALLOWED:
        return "takes forms only"
    return "" if kind.startswith("text/html") else f"is no page but {kind}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
