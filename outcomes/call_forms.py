"""What those who call for action fill in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from events.models import Event
from outcomes.calls import LONGEST_TEXT, LONGEST_TITLE, LONGEST_UPDATE, SILENT, UNTITLED, WORDLESS
from outcomes.models import Call, Statement
from outcomes.typed import LONGEST_LINK, LONGEST_REASON
from people.guests import ANYBODY, Viewer

MOST_OFFERED = 60  # statements to tick; the newest


class CallForm(forms.Form):
    """A call: what it asks for, where it comes from and what it cites."""

    title = forms.CharField(
        label=gettext_lazy("What do you call for?"),
        max_length=LONGEST_TITLE,
        help_text=gettext_lazy("In a few words, as people would tell each other."),
        error_messages={"required": UNTITLED},
    )
    text = forms.CharField(
        label=gettext_lazy("What should people and organisations do?"),
        max_length=LONGEST_TEXT,
        help_text=gettext_lazy(
            "Plain text; line breaks stay. Once somebody signed, these words cannot be changed."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": WORDLESS},
    )
    event = forms.ModelChoiceField(
        Event.objects.none(),
        to_field_name="slug",
        label=gettext_lazy("Which event does it come from?"),
        required=False,
        empty_label=gettext_lazy("None in particular"),
        help_text=gettext_lazy("Those who run the event then run the call too."),
    )
    statements = forms.ModelMultipleChoiceField(
        Statement.objects.none(),
        to_field_name="identifier",
        label=gettext_lazy("Why do you call? What was heard that this answers?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": gettext_lazy("One of these is not public any more. Look at the list again.")
        },
    )
    open_until = forms.DateField(
        label=gettext_lazy("The last day to sign"),
        required=False,
        help_text=gettext_lazy("Leave it empty to take signatures until you close it."),
        widget=forms.DateInput(attrs={"type": "date", "class": "input--short"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write the day like 2027-03-06.")},
    )

    def __init__(
        self, viewer: Viewer, data: QueryDict | None = None, call: Call | None = None,
        asked: str = "", cites: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """`asked` and `cites` are an event and statements of which an address asks for a new call."""
        known = _known_of(call) if call else {"event": asked, "statements": cites}
        super().__init__(data, initial=known)
        self.fields["event"].queryset = Event.objects.run_by(viewer).newest_first()
        if not viewer.may_organise:
            self.fields["event"].required, self.fields["event"].empty_label = True, None
        cited = list(call.statements.all()) if call else []
        if call:
            del self.fields["event"]
        self._offer(cited, call.event if call else _event_of(asked, viewer))

    def _offer(self, cited: Sequence[Statement], event: Event | None) -> None:
        standing = Statement.objects.standing().select_related("event")
        own = Q(pk__in=standing.filter(event=event).values("pk")) if event else Q()
        public = standing.filter(Q(pk__in=Statement.objects.visible_to(ANYBODY).values("pk")) | own)
        kept = Q(pk__in=[one.pk for one in cited])
        field = self.fields["statements"]
        field.queryset = Statement.objects.filter(Q(pk__in=public.values("pk")) | kept)
        offered = {one.pk: one for one in [*cited, *_near(public, event)]}
        field.choices = [(one.identifier, _label(one, event)) for one in offered.values()]

    def fix_words(self) -> None:
        """Somebody signed: its words are not asked for any more."""
        for name in ("title", "text"):
            self.fields[name].disabled = True

    def facts(self) -> dict[str, Any]:
        """What the act needs of it."""
        return dict(self.cleaned_data)


def _near(public: QuerySet[Statement], event: Event | None) -> QuerySet[Statement]:
    """What is offered: of the event and its series, else the newest of all."""
    if event:
        of = Q(event=event) | (Q(event__series=event.series_id) if event.series_id else Q())
        public = public.filter(of)
    return public.order_by("-published_at", "-pk")[:MOST_OFFERED]


def _label(statement: Statement, event: Event | None) -> str:
    """What it says and, where that is another event than the call's, where it was heard."""
    return statement.text if statement.event == event else f"{statement.text} ({statement.event})"


def _event_of(asked: str, viewer: Viewer) -> Event | None:
    return Event.objects.run_by(viewer).filter(slug=asked.replace("\0", "")).first()


def _known_of(call: Call) -> dict[str, Any]:
    names = ("title", "text", "open_until")
    cited = [one.identifier for one in call.statements.all()]
    return {**{name: getattr(call, name) for name in names}, "statements": cited}


class ClosingForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why do you close it?"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Shown in public, and told to whoever signed."),
        error_messages={"required": gettext_lazy("Say why, in a sentence: it is shown in public.")},
    )


class ProgressForm(forms.Form):
    """How it goes, in a sentence or two, with a link that shows it."""

    text = forms.CharField(
        label=gettext_lazy("How does it go?"),
        max_length=LONGEST_UPDATE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": SILENT},
    )
    evidence = forms.URLField(
        label=gettext_lazy("A link that shows it"),
        required=False,
        max_length=LONGEST_LINK,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Give a whole web address that begins with https://.")},
    )


class JudgingForm(forms.Form):
    """What is decided on a signature, or on how one who signed says it goes."""

    which = forms.CharField(max_length=40)
    seen = forms.CharField(max_length=40, required=False)
    why = forms.CharField(max_length=LONGEST_REASON, required=False)
