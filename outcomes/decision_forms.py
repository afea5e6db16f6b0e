"""What organisers fill in about a decision, and about what became of it."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from events.planning_fields import TypedDateField
from outcomes.decisions import NO_REASON, WORDLESS
from outcomes.models import Decision, Statement
from outcomes.statement_forms import in_short
from outcomes.typed import LONGEST_LINK, LONGEST_TEXT
from people.guests import Viewer
from people.models import Organisation, Person

DUE = gettext_lazy("As precise as it is known: 6 March 2027, or March 2027.")


class StatementsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, statement: Statement) -> str:
        return in_short(statement)


def words_field(label: str, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


def statements_field(event: Event, **more: Any) -> StatementsField:
    """What was heard at `event` and was not taken back."""
    standing = Statement.objects.filter(event=event, withdrawn_at=None)
    return StatementsField(
        queryset=standing.order_by("made_at"),
        to_field_name="identifier",
        widget=forms.CheckboxSelectMultiple,
        **more,
    )


class DecisionForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("Which is it?"),
        choices=Decision.Kind,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say which it is.")},
    )
    text = words_field(gettext_lazy("What was decided?"), error_messages={"required": WORDLESS})
    because = words_field(
        gettext_lazy("Because"),
        required=False,
        help_text=gettext_lazy("Needed where it will not be done; welcome everywhere."),
    )
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Which organisation sees to it"),
        required=False,
        queryset=Organisation.objects.none(),
        to_field_name="identifier",
        empty_label=gettext_lazy("Not said"),
    )
    person = forms.ModelChoiceField(
        label=gettext_lazy("Which person sees to it"),
        required=False,
        queryset=Person.objects.none(),
        to_field_name="identifier",
        empty_label=gettext_lazy("Not said"),
        help_text=gettext_lazy("Named in public beside it. Ask them first."),
    )
    due = TypedDateField(label=gettext_lazy("By when"), required=False, max_length=60, help_text=DUE)

    def __init__(
        self, event: Event, viewer: Viewer, data: QueryDict | None = None, decision: Decision | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        known = _known_of(decision) if decision else {}
        super().__init__(data, initial=known | kwargs.pop("initial", {}), **kwargs)
        self.fields["owner"].queryset = Organisation.objects.order_by("name", "pk")
        people = Person.objects.visible_to(viewer).standing().exclude(name="")
        chosen = Q(pk=decision.person_id if decision else None)
        self.fields["person"].queryset = (people | Person.objects.filter(chosen)).order_by("name", "pk")
        self.fields["statements"] = statements_field(
            event,
            label=_("What it answers"),
            required=False,
            help_text=_("The notes behind these statements are then answered. One of them has to be public."),
        )

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("kind") == Decision.Kind.WILL_NOT and not typed.get("because"):
            self.add_error("because", NO_REASON)
        return typed


def _known_of(decision: Decision) -> dict[str, Any]:
    return {
        "kind": decision.kind,
        "text": decision.text,
        "because": decision.because,
        "owner": decision.owner,
        "person": decision.person,
        "due": decision.due,
        "statements": list(decision.statements.values_list("identifier", flat=True)),
    }


class MoreForm(forms.Form):
    """More statements for a decision that is public already."""

    def __init__(self, decision: Decision, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="more-%s")
        field = statements_field(
            decision.event,
            label=_("What else it answers"),
            error_messages={"required": _("Tick at least one statement.")},
        )
        field.queryset = field.queryset.exclude(decisions=decision)
        self.fields["statements"] = field


class UpdateForm(forms.Form):
    """What became of a decision."""

    text = words_field(
        gettext_lazy("What happened?"), error_messages={"required": gettext_lazy("Say what happened.")}
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Where it stands now"), choices=Decision.Kind, widget=forms.RadioSelect
    )
    because = words_field(
        gettext_lazy("Because"),
        rows=2,
        required=False,
        help_text=gettext_lazy("Needed where it will not be done after all."),
    )
    evidence = forms.URLField(
        label=gettext_lazy("A page that shows it"),
        required=False,
        max_length=LONGEST_LINK,
        assume_scheme="https",
        help_text=gettext_lazy("With https:// at its beginning."),
    )
    shown_at = forms.ModelChoiceField(
        label=gettext_lazy("Or an event that shows it"),
        required=False,
        queryset=Event.objects.none(),
        to_field_name="identifier",
        empty_label=gettext_lazy("None"),
    )
    due = TypedDateField(label=gettext_lazy("By when"), required=False, max_length=60, help_text=DUE)
    words = words_field(
        gettext_lazy("The decision, if its words are corrected"),
        required=False,
        help_text=gettext_lazy("What it said before stays readable below your update."),
    )

    def __init__(self, decision: Decision, viewer: Viewer, data: QueryDict | None = None) -> None:
        known = {name: getattr(decision, name) for name in ("kind", "because", "due")}
        super().__init__(data, initial=known | {"words": decision.text})
        self.fields["shown_at"].queryset = Event.objects.visible_to(viewer).newest_first()
