"""What organisers fill in about events."""

import hashlib
import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event, Series
from events.planning_fields import LinesField, TagsField, TypedDateField
from events.running import series_run_by
from people.guests import Viewer
from principles.models import PrincipleSet

SHORT = {"class": "input--short"}
AT = "%Y-%m-%dT%H:%M"
# What is asked in the same words wherever it is asked.
DATE_MISSING = gettext_lazy("Say when it is, as precisely as you know: the day, the month or the year.")
# What two people may have typed differently at once, and would lose.
IN_WORDS = ("name", "date", "place", "summary", "joining_note", "attendance_stated", "organisations")


def time_field(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs=SHORT | {"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write the time like 10:30.")},
    )


class PlanForm(forms.Form):
    """What is known when an event is planned; all but its name and date can come later."""

    name = forms.CharField(
        label=gettext_lazy("What is it called?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Give the event a name, as people will see it.")},
    )
    date = TypedDateField(
        label=gettext_lazy("When is it?"),
        max_length=60,
        help_text=gettext_lazy(
            "For example 6 March 2027, 5–7 March 2027, or March 2027 where the day is open."
        ),
        error_messages={"required": DATE_MISSING},
    )
    starts = time_field(gettext_lazy("It starts at"))
    ends = time_field(gettext_lazy("It ends at"))
    place = forms.CharField(
        label=gettext_lazy("Where is it?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Or “Online”, or a phone line."),
    )
    summary = forms.CharField(
        label=gettext_lazy("What is it about?"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Two or three sentences for somebody who wonders whether to come."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    series = forms.ModelChoiceField(
        label=gettext_lazy("Part of a series?"),
        queryset=Series.objects.none(),
        required=False,
        empty_label=gettext_lazy("No, on its own"),
    )

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Series.objects.all() if viewer.may_organise else series_run_by(viewer)
        self.fields["series"].queryset = own
        if not own.exists():
            del self.fields["series"]
        elif not viewer.may_organise:
            self.fields["series"].required, self.fields["series"].empty_label = True, None


class EventForm(PlanForm):
    """Everything that is known of an event beside its write-up."""

    organisations = LinesField(
        label=gettext_lazy("Which organisations hold it?"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("One on each line, the first one first. Its record is cited by them."),
    )
    is_named = forms.BooleanField(
        label=gettext_lazy("Name me on the page, as one who holds it"), required=False
    )
    principle_sets = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which principles does it work with?"),
        queryset=PrincipleSet.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    tags = TagsField(
        label=gettext_lazy("Tags"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("A few words between commas: housing, schools."),
    )
    takes_sign_ups = forms.BooleanField(
        label=gettext_lazy("People sign up on this site"),
        required=False,
        help_text=gettext_lazy(
            "They confirm by email. Everybody sees how many come; only those who run it see who."
        ),
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("How many places are there?"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=gettext_lazy(
            "Leave it empty for as many as come. When it is full there is a waiting list."
        ),
        widget=forms.NumberInput(attrs=SHORT | {"inputmode": "numeric"}),
    )
    sign_up_until = forms.DateTimeField(
        label=gettext_lazy("Until when can people sign up?"),
        required=False,
        input_formats=[AT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
        help_text=gettext_lazy("Leave it empty for until it starts."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "input--date"}, format=AT),
        error_messages={"invalid": gettext_lazy("Write the day and the time, like 2027-03-01 18:00.")},
    )
    joining_note = forms.CharField(
        label=gettext_lazy("What only those who signed up are told"),
        required=False,
        max_length=5000,
        help_text=gettext_lazy("The way in, the link of a call, whom to ring. It is never public."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    attendance_stated = forms.CharField(
        label=gettext_lazy("How many came, in the words you have"),
        required=False,
        max_length=100,
        help_text=gettext_lazy(
            "For example: about forty, or 38 and two dogs. Where nobody counted: not recorded."
        ),
    )
    attendance = forms.IntegerField(
        label=gettext_lazy("How many came, as a number"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text=gettext_lazy("Where somebody counted, or the words give one. Both stay on record."),
        widget=forms.NumberInput(attrs=SHORT | {"inputmode": "numeric"}),
    )
    why = forms.CharField(
        label=gettext_lazy("Why was it changed?"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Goes behind the line that the public change log gets by itself."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, event: Event, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        on_record = known_of(event, viewer)
        super().__init__(viewer, *args, initial=on_record | {"seen": digest_of(on_record)}, **kwargs)
        self.on_record = on_record
        if "series" in self.fields and event.series_id:
            self.fields["series"].queryset |= Series.objects.filter(pk=event.series_id)
        if event.status == Event.Status.DRAFT:
            del self.fields["why"]

    def clean(self) -> dict[str, Any]:
        """Stops where somebody else saved meanwhile; saving again then holds."""
        if self.data.get("seen") != self.initial["seen"] and not self.errors:
            self.data = self.data.copy()
            self.data["seen"] = self.initial["seen"]
            raise ValidationError(
                _(
                    "Somebody else changed this meanwhile. On record is now: %(differing)s What you typed is "
                    "still below: put it right and save once more."
                )
                % {"differing": self.differing()}
            )
        return self.cleaned_data

    def differing(self) -> str:
        typed = {name: self[name].data for name in self.fields if name in self.on_record}
        shown = {name: self.fields[name].prepare_value(self.on_record[name]) for name in typed}
        told = [
            f"{self.fields[name].label.rstrip('?')}: “{shown[name] or 'nothing'}”."
            for name in (
                "name",
                "date",
                "place",
                "summary",
                "joining_note",
                "attendance_stated",
                "organisations",
            )
            if (shown[name] or "") != (typed[name] or "").replace("\r\n", "\n")
        ]
        return " ".join(told) or _("the same as you typed, but for dates, numbers or choices.")


def known_of(event: Event, viewer: Viewer) -> dict[str, Any]:
    """What is on record of an event, by the names of the form's fields."""
    columns = (
        "name", "date", "place", "summary", "takes_sign_ups", "capacity", "sign_up_until", "joining_note",
        "attendance_stated", "attendance",
    )  # fmt: skip
    organisers = list(event.organisers.select_related("organisation"))
    starts, ends = (timezone.localtime(at) if at else None for at in (event.starts_at, event.ends_at))
    return {name: getattr(event, name) for name in columns} | {
        "starts": starts and starts.time(),
        "ends": ends and ends.time(),
        "series": event.series_id,
        "organisations": [str(one) for one in organisers if one.organisation_id],
        "is_named": any(one.person_id == viewer.person.pk for one in organisers) if viewer.person else False,
        "principle_sets": list(event.principle_sets.values_list("pk", flat=True)),
        "tags": [tag.name for tag in event.tags.all()],
    }


def digest_of(on_record: dict[str, Any]) -> str:
    """What tells whether a form was filled in on what is on record now."""
    said = json.dumps({name: str(value) for name, value in on_record.items() if name != "is_named"})
    return hashlib.sha256(said.encode()).hexdigest()[:16]


class ScheduleForm(forms.Form):
    """When a draft becomes public by itself."""

    at = forms.DateTimeField(
        label=gettext_lazy("Day and time"),
        input_formats=[AT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "input--date"}, format=AT),
        error_messages={
            "required": gettext_lazy("Choose the day and the time."),
            "invalid": gettext_lazy("Write the day and the time, like 2027-03-01 18:00."),
        },
    )


class CancelForm(forms.Form):
    """Why an event does not take place."""

    why = forms.CharField(
        label=gettext_lazy("Why does it not take place?"),
        max_length=280,
        help_text=gettext_lazy("It stands on the page, and in the mail to those who signed up."),
        error_messages={"required": gettext_lazy("Say in a sentence why, for those who meant to come.")},
    )


class CopyForm(forms.Form):
    """A new event made like another."""

    name = forms.CharField(
        label=gettext_lazy("What is the new one called?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Give the event a name, as people will see it.")},
    )
    date = TypedDateField(
        label=gettext_lazy("When is it?"),
        max_length=60,
        help_text=gettext_lazy(
            "For example 6 March 2027, 5–7 March 2027, or March 2027 where the day is open."
        ),
        error_messages={"required": DATE_MISSING},
    )
