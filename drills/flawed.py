"""An application with the flaws that the drills look for, so that they can be seen to find them.

It stands on 127.0.0.1 for as long as a drill runs and reads from the drill's own database. None of
this is how anything should be written.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import parse_qs

import psycopg2

os.environ["DJANGO_SETTINGS_MODULE"] = "drills.settings"

from django.conf import settings

type Start = Callable[[str, list[tuple[str, str]]], object]
Asked = dict[str, str]
Said = tuple[str, str, str]
PAGE = "text/html; charset=utf-8"


def front(_: Asked) -> Said:
    links = ("hello?name=Ada", "search?q=a", "away?to=/hello", "file?path=notes.txt", "admin")
    return "200 OK", PAGE, "".join(f'<a href="/{link}">{link}</a>' for link in links)


def hello(asked: Asked) -> Said:
    """What is asked comes back as markup."""
    return "200 OK", PAGE, f"<p>Hello {asked.get('name', '')}</p>"


def search(asked: Asked) -> Said:
    """What is asked becomes part of the question to the database; its errors are shown."""
    with psycopg2.connect(**_database()) as connection, connection.cursor() as cursor:
        try:
            cursor.execute(f"SELECT count(*) FROM events_event WHERE 'a' = '{asked.get('q', '')}'")
        except psycopg2.Error as error:
            return "500 Internal Server Error", PAGE, f"PostgreSQL query failed: {error}"
        return "200 OK", PAGE, f"<p>{cursor.fetchone()[0]} found</p>"


def _database() -> dict[str, str]:
    of = settings.DATABASES["default"]
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {name: of[ours] for name, ours in names.items() if of.get(ours)}


def away(asked: Asked) -> Said:
    return "302 Found", asked.get("to", "/"), ""


def file(asked: Asked) -> Said:
    """Any path from the folder on, also upwards."""
    try:
        return "200 OK", "text/plain", (Path("/srv") / asked.get("path", "")).read_text()
    except OSError:
        return "404 Not Found", PAGE, "There is no such file."


def admin(_: Asked) -> Said:
    return "200 OK", PAGE, "<h1>Everything</h1>"


def login(asked: Asked) -> Said:
    """A password is worked out for those who have one, which takes a while."""
    if asked.get("login") == "organiser@example.org":
        hashlib.pbkdf2_hmac("sha256", b"tried", b"salt", 60_000)
    return "200 OK", PAGE, "Wrong address or password."


def api(asked: Asked) -> Said:
    """A number is taken for one whatever was sent."""
    return "200 OK", "application/json", json.dumps({"twice": 2 * int(asked.get("number", "1"))})


def document(_: Asked) -> Said:
    parameter = {"name": "number", "in": "query", "schema": {"type": "string"}}
    answers = {"200": {"description": "Twice the number"}, "400": {"description": "No number"}}
    paths = {"/api": {"get": {"parameters": [parameter], "responses": answers}}}
    said = {"openapi": "3.1.0", "info": {"title": "Flawed", "version": "1"}, "paths": paths}
    return "200 OK", "application/json", json.dumps(said)


PAGES: dict[str, Callable[[Asked], Said]] = {
    "/": front,
    "/hello": hello,
    "/search": search,
    "/away": away,
    "/file": file,
    "/admin": admin,
    "/login": login,
    "/api": api,
    "/openapi.json": document,
}


def application(environ: dict, start_response: Start) -> Iterable[bytes]:
    """Answers without a single header that protects anybody."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    words = f"{environ['QUERY_STRING']}&{environ['wsgi.input'].read(length).decode() if length else ''}"
    asked = {name: given[0] for name, given in parse_qs(words).items()}
    page = PAGES.get(environ["PATH_INFO"])
    try:
        status, kind, body = page(asked) if page else ("404 Not Found", PAGE, "Nothing is here.")
    except ValueError:
        status, kind, body = "500 Internal Server Error", PAGE, "It broke."
    name = "Location" if status.startswith("302") else "Content-Type"
    start_response(status, [(name, kind), ("Content-Length", str(len(body.encode())))])
    return [body.encode()]
