"""What people fill in about promises."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event, Series
from events.planning_fields import TypedDateField
from outcomes.models import Promise, PromiseQuerySet
from outcomes.promises import LONGEST
from outcomes.typed import LONGEST_LINK, LONGEST_REASON
from people.guests import ANYBODY
from people.models import Organisation, Person

STATES = [
    (Promise.State.KEPT, gettext_lazy("Kept")),
    (Promise.State.UNKNOWN, gettext_lazy("Not done yet, and still meant")),
    (Promise.State.LATE, gettext_lazy("Late")),
    (Promise.State.CHANGED, gettext_lazy("Changed: something else is done instead")),
    (Promise.State.DROPPED, gettext_lazy("Dropped: it will not be done")),
]
DUE = gettext_lazy("For example 6 March 2027, March 2027 or 2027. Leave it empty where no day was named.")


class OwnerForm(forms.Form):
    """Who answers for a promise, and by when; `bodies` and `people` are who may be named."""

    owner = forms.ChoiceField(label=gettext_lazy("Which organisation gave it?"), required=False)
    person = forms.ChoiceField(
        label=gettext_lazy("Who answers for it, by name?"),
        required=False,
        help_text=gettext_lazy("Named in public beside it."),
    )
    due = TypedDateField(label=gettext_lazy("By when?"), max_length=60, required=False, help_text=DUE)

    def __init__(
        self, bodies: Iterable[Organisation], people: Iterable[Person], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = {one.identifier: one for one in (*bodies, *people)}
        for name, kind, none in (
            ("owner", Organisation, _("None is named")),
            ("person", Person, _("Nobody is named")),
        ):
            named = [(key, str(one)) for key, one in self.known.items() if isinstance(one, kind)]
            self.fields[name].choices = [("", none), *named]

    def facts(self) -> dict[str, Any]:
        """What the act needs of it."""
        typed = self.cleaned_data
        return {name: self.known.get(typed[name]) for name in ("owner", "person")} | {"due": typed["due"]}


class PromiseForm(OwnerForm):
    """A promise that was given at an event, by hand."""

    text = forms.CharField(
        label=gettext_lazy("What was promised?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("As it was said, in one sentence."),
        error_messages={"required": gettext_lazy("Write down what was promised, as it was said.")},
    )
    field_order = ("text", "owner", "person", "due")


class UpdateForm(forms.Form):
    """What became of a promise."""

    state = forms.ChoiceField(
        label=gettext_lazy("What became of it?"),
        choices=STATES,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what became of it.")},
    )
    text = forms.CharField(
        label=gettext_lazy("What happened?"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("A sentence for readers."),
    )
    evidence = forms.URLField(
        label=gettext_lazy("A link that shows it"),
        max_length=LONGEST_LINK,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Give a whole web address that begins with https://.")},
    )
    shown_at = forms.ModelChoiceField(
        label=gettext_lazy("An event that shows it"),
        queryset=Event.objects.none(),
        required=False,
        to_field_name="identifier",
        empty_label=gettext_lazy("None"),
    )
    due = TypedDateField(label=gettext_lazy("By when?"), max_length=60, required=False, help_text=DUE)

    def __init__(self, promise: Promise, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"due": promise.due}, **kwargs)
        self.fields["shown_at"].queryset = Event.objects.visible_to(ANYBODY).newest_first()
        self.fields["text"].needed = _("needed unless it was kept and something else shows it")


class TakeDownForm(forms.Form):
    """Why a promise is taken down."""

    why = forms.CharField(
        label=gettext_lazy("Why is it taken down?"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Shown on the ledger in its place."),
        error_messages={"required": gettext_lazy("Say why, in a sentence: it is shown in public.")},
    )


class LedgerForm(forms.Form):
    """Which promises of the ledger are listed: of one series, of one body."""

    series = forms.ChoiceField(label=gettext_lazy("Series"), required=False)
    owner = forms.ChoiceField(label=gettext_lazy("Given by"), required=False)

    def __init__(self, promises: PromiseQuerySet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        series = Series.objects.filter(events__promises__in=promises).values_list("slug", "name")
        bodies = Organisation.objects.filter(promises__in=promises).values_list("identifier", "name")
        self.fields["series"].choices = [("", _("Every series")), *series.order_by("name").distinct()]
        self.fields["owner"].choices = [("", _("Everybody")), *bodies.order_by("name").distinct()]

    def chosen(self) -> dict[str, str]:
        """What to look for; what is no choice chooses nothing."""
        self.is_valid()
        typed = self.cleaned_data if self.is_bound else {}
        looked_for = {"event__series__slug": "series", "owner__identifier": "owner"}
        return {column: typed[name] for column, name in looked_for.items() if typed.get(name)}
