"""What is looked for in an answer of the site whose columns are hostile: sentences, each a way out."""

import csv
import io
import json
import re
from collections.abc import Iterator

from django.http import HttpResponse
from icalendar import Calendar
from lxml import etree, html

MARKER = re.compile(r"zq\d{3}x")
OUT = re.compile(r"\s*zq\d{3}x")
# Attributes whose value a browser goes to, or runs.
LEADS = {"href", "src", "action", "formaction", "poster", "data", "cite", "background", "ping", "srcset"}
SAFE = {"", "http", "https", "mailto"}
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
IGNORED = re.compile(r"[\x00-\x20]+")  # by browsers, within an address
# Where IIIF Presentation 3.0 lets HTML stand.
MAY_BE_HTML = {"summary", "metadata", "requiredStatement"}
FIELDS = {"id", "event", "data", "retry", ""}  # of a stream of events
FORMULA = tuple("=+-@%|\t\r\n\0")
A_NUMBER = re.compile(r"-?\d+(\.\d+)?")
# Files that are for spreadsheets; the others say what was written, sign by sign.
FOR_SPREADSHEETS = {"notes_excel", "sign_ups_csv", "cards_csv", "poll_csv", "crosswalk_csv"}


def body_of(answer: HttpResponse) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def ways_out(name: str, answer: HttpResponse, body: bytes) -> Iterator[str]:
    """Where something that was stored became more than words, in the answer of the route `name`."""
    if answer.status_code >= 500:
        yield f"answered {answer.status_code}"
        return
    for header, value in answer.headers.items():
        if MARKER.search(header) or any(sign in value for sign in "\r\n"):
            yield f"header {header}"
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    if "for-spreadsheets" in answer.headers.get("Content-Disposition", ""):
        name = "notes_excel"  # one address among many forms of one route
    if look := LOOKS.get(kind):
        yield from look(name, body)


def in_page(_name: str, body: bytes) -> Iterator[str]:
    if body.strip():
        yield from in_tree(html.document_fromstring(body))


def in_tree(tree: html.HtmlElement) -> Iterator[str]:
    for element in tree.iter():
        if isinstance(element, html.HtmlComment):
            if MARKER.search(element.text or ""):
                yield f"comment {element.text[:60]}"
            continue
        if OUT.match(str(element.tag)):
            yield f"element {element.tag}"
        yield from in_attributes(element)
        if element.tag in ("script", "style"):
            yield from in_raw_text(element)


def in_attributes(element: html.HtmlElement) -> Iterator[str]:
    for name, value in element.attrib.items():
        if OUT.match(name) or name.startswith("on") or name in ("style", "srcdoc"):
            yield f"attribute {name} of {element.tag}: {value[:60]}"
        if name.rpartition(":")[2] in LEADS and scheme_of(value) not in SAFE:
            yield f"address {name}={value[:60]}"
    if element.get("http-equiv") and MARKER.search(element.get("content", "")):
        yield f"order to the browser {element.get('content')[:60]}"


def scheme_of(address: str) -> str:
    found = SCHEME.match(IGNORED.sub("", address))
    return found[1].lower() if found else ""


def in_raw_text(element: html.HtmlElement) -> Iterator[str]:
    """Data may stand in a script as JSON that cannot close it; nothing else that was stored may."""
    text = element.text_content()
    if not MARKER.search(text):
        return
    if element.get("type") not in ("application/json", "application/ld+json"):
        yield f"{element.tag}: {text[:60]}"
    elif "<" in text:
        yield f"JSON that can close its script: {text[:60]}"
    else:
        json.loads(text)


def in_json(name: str, body: bytes) -> Iterator[str]:
    yield from in_values(json.loads(body), is_iiif=name.startswith("iiif"))


def in_lines(name: str, body: bytes) -> Iterator[str]:
    for line in body.splitlines():
        yield from in_json(name, line)


def in_values(value: object, key: str = "", *, is_iiif: bool) -> Iterator[str]:
    """Keys, and values that whoever reads the file takes for HTML."""
    if isinstance(value, dict):
        yield from (f"key {one}" for one in value if OUT.match(one))
        is_html = is_iiif and value.get("format") == "text/html" and "value" in value
        for one, inner in value.items():
            # Below a summary or a fact every string is one, in whatever language.
            within = "html" if is_html and one == "value" else key or (one if one in MAY_BE_HTML else "")
            yield from in_values(inner, within, is_iiif=is_iiif)
    elif isinstance(value, list):
        for inner in value:
            yield from in_values(inner, key, is_iiif=is_iiif)
    elif is_iiif and isinstance(value, str) and is_taken_for_html(value, key):
        yield from in_tree(html.fragment_fromstring(value, create_parent="div"))


def is_taken_for_html(value: str, key: str) -> bool:
    """By its format, or as IIIF has it by the first and the last sign."""
    return key == "html" or (key in MAY_BE_HTML and value.startswith("<") and value.endswith(">"))


def in_stream(_name: str, body: bytes) -> Iterator[str]:
    """The pieces of a page that a live board puts in; fields but ours would be orders to the reader."""
    for event in body.decode().split("\n\n"):
        lines = [line.partition(":") for line in event.split("\n") if line]
        yield from (f"field {field}" for field, _, _ in lines if field not in FIELDS)
        if data := "\n".join(said for field, _, said in lines if field == "data").strip():
            yield from in_tree(html.fragment_fromstring(data, create_parent="div"))


def in_xml(_name: str, body: bytes) -> Iterator[str]:
    try:
        tree = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        yield f"not well-formed: {error}"
        return
    for element in tree.iter(etree.Element):
        if OUT.match(etree.QName(element).localname):
            yield f"element {element.tag}"
        if element.get("type") == "html" or etree.QName(element).localname == "encoded":
            yield from in_tree(html.fragment_fromstring(element.text or "", create_parent="div"))
        for attribute, value in element.attrib.items():
            leads = etree.QName(attribute).localname in {"href", "target", "ref", "url", "src"}
            if leads and scheme_of(value) not in SAFE | {"tag", "urn"}:
                yield f"address {attribute}={value[:60]}"


def in_table(name: str, body: bytes) -> Iterator[str]:
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    if len({len(row) for row in rows}) > 1:
        yield "rows of different lengths"
    for cell in (cell for row in rows for cell in row if name in FOR_SPREADSHEETS):
        if cell.startswith(FORMULA) and not A_NUMBER.fullmatch(cell):
            yield f"formula {cell[:60]!r}"


def in_calendar(_name: str, body: bytes) -> Iterator[str]:
    calendar = Calendar.from_ical(body)
    for part in calendar.walk():
        yield from (f"line {name}" for name in part if MARKER.search(name.lower()))
    whole = re.sub(r"\r?\n[ \t]", "", body.decode())
    yield from (f"line {line[:60]}" for line in re.split(r"\r\n|\r|\n", whole) if line.startswith("X-zq"))


LOOKS = {
    "text/html": in_page,
    "application/json": in_json,
    "application/ld+json": in_json,
    "application/x-ndjson": in_lines,
    "application/jsonl": in_lines,
    "application/vnd.citationstyles.csl+json": in_json,
    "application/linkset+json": in_json,
    "application/problem+json": in_json,
    "application/xml": in_xml,
    "text/xml": in_xml,
    "application/tei+xml": in_xml,
    "application/atom+xml": in_xml,
    "image/svg+xml": in_xml,
    "text/csv": in_table,
    "text/calendar": in_calendar,
    "text/event-stream": in_stream,
}
