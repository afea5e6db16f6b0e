"""Dates as precise as they are known."""

from django.core.exceptions import ValidationError

from events.edtf import NotADate, parse_date


def validate_date(text: str) -> None:
    try:
        parse_date(text)
    except NotADate as error:
        raise ValidationError(str(error)) from None
