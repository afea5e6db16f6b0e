"""Fields in which people type as they would write: dates in words, lists by line or comma."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override

from events.edtf import NotADate, parse_date
from events.typed_dates import typed_date


class TypedDateField(forms.CharField):
    """A date as people type it; it becomes EDTF, and is shown again in words."""

    def to_python(self, value: object) -> str:
        text = super().to_python(value)
        try:
            return typed_date(text) if text else text
        except NotADate as error:
            raise ValidationError(str(error)) from None

    def prepare_value(self, value: object) -> object:
        try:
            # In English, as it is read again.
            with override("en-gb"):
                return parse_date(str(value)).words() if value else value
        except NotADate:
            return value


class LinesField(forms.CharField):
    """Several things, one on each line; a list without blanks and doubles."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: object) -> list[str]:
        lines = (" ".join(line.split()) for line in super().to_python(value).splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def prepare_value(self, value: object) -> object:
        return "\n".join(value) if isinstance(value, list) else value


class TagsField(forms.CharField):
    """A few words between commas; a list."""

    def to_python(self, value: object) -> list[str]:
        words = (" ".join(word.split())[:100] for word in super().to_python(value).split(","))
        return list(dict.fromkeys(word for word in words if word))

    def prepare_value(self, value: object) -> object:
        return ", ".join(value) if isinstance(value, list) else value
