"""What people fill in to report something."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from journal.models import Report
from journal.reports import MOST
from journal.spam.forms import ScreenedForm

URGENT_FIRST = sorted(Report.Reason.choices, key=lambda choice: choice[0] not in Report.URGENT)


class ReportForm(ScreenedForm):
    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"),
        choices=URGENT_FIRST,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what is wrong, so that the right people look at it.")
        },
    )
    text = forms.CharField(
        label=gettext_lazy("Anything that helps to look at it"),
        required=False,
        max_length=MOST,
        help_text=gettext_lazy(
            "Only those who look after this page read it. It is deleted a year after they decided."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Email"),
        required=False,
        help_text=gettext_lazy("If you want to hear what becomes of it. It is deleted 30 days after that."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ["reason", "text", "email"]

    def __init__(self, page: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(page, *args, **kwargs)
        self.label_suffix = ""
