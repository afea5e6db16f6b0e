"""What people fill in about amendments."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy

from events.models import Event
from outcomes.amendments import LONGEST_PERIOD, LONGEST_WHY, LONGEST_WORDING, NO_REASON, NO_WHY, WORDLESS
from outcomes.answering import answerable, offered
from outcomes.models import Amendment
from people.guests import Viewer
from principles.models import Principle, Wording
from responses.models import Note, Station

START = gettext_lazy("The wording as it is now stands here. Change what you propose to change.")
MOST_OFFERED = 200  # notes to tick on one page
USUAL_PERIOD = timedelta(days=28)


class WordsForm(forms.Form):
    """Other words for a principle, why, and the notes they answer.

    It remembers which wording stood beside it, so that a change meanwhile is noticed. Its notes are
    drawn by `choices`, each with its mark and words.
    """

    text = forms.CharField(
        label=gettext_lazy("The words you propose"),
        max_length=LONGEST_WORDING,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": WORDLESS},
    )
    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("What it answers, and what you left out."),
        error_messages={"required": NO_WHY},
    )
    event = forms.ModelChoiceField(
        label=gettext_lazy("Where it was worked out"),
        required=False,
        queryset=Event.objects.none(),
        empty_label=gettext_lazy("Nowhere in particular"),
    )
    notes = forms.ModelMultipleChoiceField(
        required=False,
        queryset=Note.objects.none(),
        to_field_name="identifier",
        error_messages={
            "invalid_choice": gettext_lazy("One of these notes was withdrawn meanwhile. Look again.")
        },
    )
    instead_of = forms.ModelChoiceField(queryset=Wording.objects.none(), widget=forms.HiddenInput)

    def __init__(
        self, viewer: Viewer, principle: Principle, data: QueryDict | None = None,
        like: Amendment | None = None,
    ) -> None:  # fmt: skip
        current = principle.current_wording
        known = _known_of(like, viewer) if like else {"text": current.text if current else ""}
        super().__init__(data, initial=known | {"instead_of": current})
        self.viewer, self.principle = viewer, principle
        self.fields["text"].help_text = "" if like else START
        self.fields["event"].queryset = _events_asking(principle, viewer)
        self.fields["notes"].queryset = answerable(principle, viewer)
        self.fields["instead_of"].queryset = principle.wordings.all()

    @property
    def ticked(self) -> set[str]:
        """The identifiers of the notes that are ticked."""
        typed = self.data.getlist("notes") if self.is_bound else self.initial.get("notes", ())
        return {identifier for identifier in typed if "\0" not in identifier}

    def choices(self) -> list[tuple[Note, bool]]:
        """The notes to tick, the ticked ones first, at most MOST_OFFERED and those."""
        ticked = self.ticked
        first = list(answerable(self.principle, self.viewer).filter(identifier__in=ticked))
        rest = offered(self.principle, self.viewer).exclude(identifier__in=ticked)[:MOST_OFFERED]
        return [(note, True) for note in first] + [(note, False) for note in rest]

    def facts(self) -> dict[str, Any]:
        """What the acts need of it."""
        return dict(self.cleaned_data)

    def look_again(self) -> None:
        """Stand beside the current wording from now on, keeping what was typed."""
        self.data = self.data.copy()
        self.data["instead_of"] = str(self.principle.current_wording.pk)


class OpenForm(forms.Form):
    """Until when marks are taken."""

    until = forms.DateField(
        label=gettext_lazy("The last day to mark it"),
        widget=forms.DateInput({"type": "date", "class": "input--short"}, "%Y-%m-%d"),
        help_text=gettext_lazy("Four weeks give most people time to look."),
        error_messages={
            "required": gettext_lazy("Choose the last day on which marks are taken."),
            "invalid": gettext_lazy("Write the day like this: 2026-03-31."),
        },
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"until": timezone.localdate() + USUAL_PERIOD})

    def moment(self) -> datetime:
        """The end of that day."""
        day = min(self.cleaned_data["until"], timezone.localdate() + LONGEST_PERIOD * 2)
        return timezone.make_aware(datetime.combine(day, time.max))


class WhyForm(forms.Form):
    """A reason for everybody to read."""

    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stands beside the amendment."),
        error_messages={"required": NO_REASON},
    )


class DecideForm(WhyForm):
    ACCEPT, DECLINE = "accept", "decline"
    decision = forms.ChoiceField(
        label=gettext_lazy("What do you decide?"),
        choices=[
            (ACCEPT, gettext_lazy("Accept it: these become the words")),
            (DECLINE, gettext_lazy("Decline it: the words stay")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the two.")},
    )
    field_order = ["decision", "why"]


def _known_of(like: Amendment, viewer: Viewer) -> dict[str, Any]:
    notes: Iterable[Note] = answerable(like.principle, viewer).filter(amendments=like)
    return {
        **{name: getattr(like, name) for name in ("text", "why", "event")},
        "notes": [note.identifier for note in notes],
    }


def _events_asking(principle: Principle, viewer: Viewer) -> QuerySet[Event]:
    """The events that asked about `principle`, the newest first."""
    asking = Station.objects.filter(principles=principle).values("board__event")
    return Event.objects.visible_to(viewer).filter(pk__in=asking).newest_first()
