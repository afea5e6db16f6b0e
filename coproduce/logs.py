"""Logs as JSON lines: one event a line, and nothing in it about who was visiting."""

import json
import logging
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """Formats a record as one line of JSON; line breaks in messages cannot forge another."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "what": record.getMessage(),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


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
