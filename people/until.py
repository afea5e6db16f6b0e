"""Until when a role lasts, as people give it: a day."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ENDS = gettext_lazy("The role ends by itself at the end of this day. Leave it empty for a role that stays.")
LAST_YEAR = 2199


class UntilField(forms.DateField):
    """A day, as the moment at which it is over."""

    widget = forms.DateInput(attrs={"type": "date", "class": "input--short"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Until"), required=False, help_text=ENDS, **kwargs)

    def clean(self, value: object) -> datetime | None:
        day: date | None = super().clean(value)
        if day is None:
            return None
        if not (timezone.localdate() <= day and day.year <= LAST_YEAR):
            raise forms.ValidationError(_("Give a day from today on."))
        return timezone.make_aware(datetime.combine(day, time.max))
