"""What organisers fill in to say what they heard, and to decline."""

from typing import Any

from django import forms
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.models import Event
from outcomes import declining
from outcomes.models import Statement, Theme
from outcomes.standing import Standing
from outcomes.statements import WORDLESS
from outcomes.typed import LONGEST_REASON, LONGEST_TEXT
from outcomes.waiting import Asked
from people.guests import Viewer
from responses.models import Mark, Note, Station

NO_REASON = gettext_lazy("Say why, in a sentence: it is shown in public.")


def reason_field(label: str, most: int = LONGEST_REASON) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        help_text=_("It is shown in public, with your name."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": NO_REASON},
    )


class FindForm(forms.Form):
    """Which notes of an event are looked at; what makes no sense asks for all."""

    mark = forms.ChoiceField(
        label=gettext_lazy("Mark"), required=False, choices=[("", gettext_lazy("Any mark")), *Mark.choices]
    )
    station = forms.ModelChoiceField(
        label=gettext_lazy("Heading"),
        required=False,
        queryset=Station.objects.none(),
        empty_label=gettext_lazy("Any heading"),
        to_field_name="identifier",
    )
    words = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=100)

    def __init__(self, event: Event, viewer: Viewer, data: QueryDict) -> None:
        super().__init__(data, auto_id="find-%s")
        stations = Station.objects.visible_to(viewer).filter(board__event=event)
        self.fields["station"].queryset = stations.order_by("board", "position")

    def asked(self, standing: str) -> Asked:
        self.is_valid()
        typed = self.cleaned_data
        return Asked(
            Standing(standing) if standing in Standing.values else Standing.WAITING,
            typed.get("mark") or "",
            typed.get("station"),
            (typed.get("words") or "").replace("\0", ""),
        )


class DeclineForm(forms.Form):
    why = reason_field(gettext_lazy("Why they will not be taken up"), declining.LONGEST_REASON)


class AddForm(forms.Form):
    statement = forms.ModelChoiceField(
        label=gettext_lazy("Which statement"),
        queryset=Statement.objects.none(),
        to_field_name="identifier",
        empty_label=gettext_lazy("Choose one"),
        error_messages={"required": gettext_lazy("Choose the statement that these notes belong to.")},
    )

    def __init__(self, event: Event, data: QueryDict | None = None) -> None:
        super().__init__(data)
        standing = Statement.objects.filter(event=event, withdrawn_at=None)
        self.fields["statement"].queryset = standing.order_by("-made_at")
        self.fields["statement"].label_from_instance = in_short


def in_short(statement: Statement) -> str:
    """A statement in a list of choices."""
    words = statement.text if len(statement.text) <= 80 else f"{statement.text[:79]}…"
    return words if statement.published_at else _("Draft: %(words)s") % {"words": words}


class TextForm(forms.Form):
    """What was heard."""

    text = forms.CharField(
        label=gettext_lazy("What did you hear?"),
        max_length=LONGEST_TEXT,
        help_text=gettext_lazy("In your own words, so that those who wrote the notes would nod."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": WORDLESS},
    )


class ThemesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, theme: Theme) -> str:
        said = ngettext(
            "%(theme)s, grouped by %(who)s: %(number)s note",
            "%(theme)s, grouped by %(who)s: %(number)s notes",
            theme.size,
        )
        who = theme.author or _("somebody who left")
        return said % {"theme": theme.name, "who": who, "number": theme.size}


def themes_field(event: Event) -> ThemesField:
    """The groupings of `event`; citing one cites what is in it now."""
    counted = Count("notes", filter=Q(notes__in=Note.objects.on_the_wall()))
    themes = Theme.objects.standing().filter(event=event).annotate(size=counted)
    return ThemesField(
        label=_("Themes to cite"),
        required=False,
        queryset=themes.select_related("author"),
        to_field_name="identifier",
        help_text=_("Each note that is in it now is cited. What is put in later is not."),
        widget=forms.CheckboxSelectMultiple,
    )


class CiteForm(forms.Form):
    """Themes to cite; the notes are ticked beside it."""

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = themes_field(event)
        if field.queryset.exists():
            self.fields["themes"] = field

    @property
    def chosen_themes(self) -> list[Theme]:
        return list(self.cleaned_data.get("themes", []))


class StatementForm(TextForm, CiteForm):
    """A new statement."""


class CorrectForm(TextForm):
    why = reason_field(gettext_lazy("Why it is corrected"))


class WithdrawForm(forms.Form):
    why = reason_field(gettext_lazy("Why it is taken back"))
