"""What was wrong, as RFC 9457 has it: a status, and a sentence that says what to do."""

from http import HTTPStatus

from django.http import HttpResponse, JsonResponse

from archive.api.facts import Schema, record

MEDIA_TYPE = "application/problem+json"
SCHEMA: Schema = record(
    {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    }
)


class Gone(Exception):
    """What was asked for was public once and is not any more."""


def problem(status: HTTPStatus, detail: str, **headers: str) -> HttpResponse:
    """The answer that says in `detail` what is wrong."""
    said = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    answer = JsonResponse(said, status=status.value, content_type=MEDIA_TYPE, headers=headers)
    answer["Cache-Control"] = "no-cache"
    return answer
