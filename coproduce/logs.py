"""Logs as JSON lines: one event a line, and nothing in it about who was visiting or what they typed."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from types import TracebackType

from coproduce import request_ids

LONGEST = 1000  # characters of a sentence
GONE = "…"
# What an error says of what it was given: the values of a row, whatever stands between quotation marks.
OF_A_ROW = re.compile(r"(DETAIL|CONTEXT|LINE \d+|HINT): .*", re.DOTALL)
QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|“[^“”\n]*”|(?<=\()[^()@\n]*@[^()\n]*(?=\))")
# What must not be in a log wherever it comes from: mail addresses, addresses of machines, secret words.
SECRETS = re.compile(
    r"[^\s@<>\"'/]+@[^\s@<>\"'/]+\.\w+"
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b"
    r"|(?<![\w:])(?:[0-9a-fA-F]{0,4}:){3,7}[0-9a-fA-F]{0,4}(?![\w:])"
    r"|(?<![\w.])(?=[\w-]*\d)(?=[\w-]*[a-zA-Z])[\w-]{16,}(?:[:.][\w-]{6,})*"
)
Failure = tuple[type[BaseException], BaseException, TracebackType | None]


class JsonLines(logging.Formatter):
    """Formats a record as one line of JSON; nothing in a message can forge another, or move a cursor."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "what": scrubbed(beginning(sentence_of(record))),
        }
        line |= getattr(record, "facts", {})
        if number := request_ids.current():
            line["request"] = number
        if record.exc_info and record.exc_info[0]:
            line["trace"] = told(record.exc_info)
        # Escaped, so that a terminal that shows the log takes nothing in it for an order.
        return json.dumps(line, default=str)


def sentence_of(record: logging.LogRecord) -> str:
    """What a record says. A path in it may be somebody's secret: the name of its route stands for it."""
    request = getattr(record, "request", None)
    if request is None or not hasattr(request, "path") or not record.args:
        return record.getMessage()
    match = getattr(request, "resolver_match", None)
    route = match.view_name if match and match.view_name else "an address that is not there"
    paths = {request.path, request.path_info, request.get_full_path()}
    given = record.args if isinstance(record.args, tuple) else (record.args,)
    return record.msg % tuple(route if one in paths else one for one in given)


def told(failure: Failure) -> str:
    """Where an error came about, and of which kind it is; what it says, without what it was given."""
    causes, error = [], failure[1]
    while error is not None and error not in causes:
        causes.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(_one(cause) for cause in reversed(causes))


def _one(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    says = scrubbed(beginning(QUOTED.sub(GONE, OF_A_ROW.sub("", str(error)).strip())))
    return "\n".join([*places, f"{type(error).__module__}.{type(error).__name__}: {says}"])


def beginning(words: str) -> str:
    """At most the LONGEST of `words`, without the one that was cut: half a secret is not known for one.

    To be taken before they are scrubbed: a stranger can send a word over which that takes many seconds.
    """
    if len(words) <= LONGEST:
        return words
    return f"{words[:LONGEST].rpartition(' ')[0]} {GONE}"


def scrubbed(words: str) -> str:
    """`words` without addresses and without what may be a key to something."""
    return SECRETS.sub(GONE, words)


def to_stderr(*, as_json: bool) -> dict[str, object]:
    """Python's settings for logging: everything to stderr, as JSON lines or in words for a developer."""
    handler = {"class": "logging.StreamHandler"} | ({"formatter": "json"} if as_json else {})
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "coproduce.logs.JsonLines"}},
        "handlers": {"stderr": handler},
        "root": {"handlers": ["stderr"], "level": "INFO" if as_json else "WARNING"},
        # Django's own handler would show each line a second time.
        "loggers": {"django": {"handlers": []}},
    }
