"""What those who write a post fill in about it."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from journal.models import Post, PostSeries
from journal.posts import MOST_PARTS, UNTITLED
from people.guests import Viewer
from people.models import Person

MOST_AUTHORS = 12
MOST_TAGS = 12
SPARE = 2  # rows for further authors
NUMBER = {"class": "input--short", "inputmode": "numeric"}


class BeginForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("What is it called?"),
        max_length=200,
        help_text=gettext_lazy(
            "Its address is made from this. You can change the title later; the address stays."
        ),
        error_messages={"required": UNTITLED},
    )


class TagsField(forms.CharField):
    """Tags with commas between them."""

    def clean(self, value: object) -> list[str]:
        words = (" ".join(word.split()) for word in super().clean(value).split(","))
        tags = list(dict.fromkeys(word for word in words if word))
        if len(tags) > MOST_TAGS or any(len(tag) > 50 for tag in tags):
            raise forms.ValidationError(
                _("At most %(most_tags)s tags, each of 50 letters at most.") % {"most_tags": MOST_TAGS}
            )
        return tags


class PostForm(forms.Form):
    """What is known of a post. Each author is a person on record or a name."""

    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=200, error_messages={"required": UNTITLED}
    )
    summary = forms.CharField(
        label=gettext_lazy("What it says, in a sentence or two"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("It stands under the title, in lists and in feeds."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    byline = forms.CharField(
        label=gettext_lazy("Printed instead of the authors’ names"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "For example: The Tuesday group. Their pages are still linked beside the text."
        ),
    )
    series = forms.ModelChoiceField(
        label=gettext_lazy("Part of a series"),
        required=False,
        queryset=PostSeries.objects.all(),
        empty_label=gettext_lazy("No, it stands alone"),
    )
    new_series = forms.CharField(
        label=gettext_lazy("Or of a new series, called"), required=False, max_length=200
    )
    part = forms.IntegerField(
        label=gettext_lazy("Which part it is"),
        required=False,
        min_value=1,
        max_value=MOST_PARTS,
        widget=forms.NumberInput(attrs=NUMBER),
    )
    parts = forms.IntegerField(
        label=gettext_lazy("How many parts there will be"),
        required=False,
        min_value=1,
        max_value=MOST_PARTS,
        help_text=gettext_lazy("Leave it empty if nobody knows yet."),
        widget=forms.NumberInput(attrs=NUMBER),
    )
    tags = TagsField(
        label=gettext_lazy("Tags"),
        required=False,
        max_length=700,
        help_text=gettext_lazy("With commas between them: listening, money."),
    )
    events = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which events it is about"),
        required=False,
        queryset=Event.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    takes_comments = forms.BooleanField(
        label=gettext_lazy("Readers may comment on it"),
        required=False,
        help_text=gettext_lazy("Comments close by themselves 60 days after it is published."),
    )
    rows = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, post: Post, viewer: Viewer, data: QueryDict | None = None) -> None:
        known = _known_of(post, viewer)
        super().__init__(data, initial=known)
        self.fields["events"].queryset = Event.objects.visible_to(viewer).newest_first()
        people = Person.objects.visible_to(viewer).standing().exclude(name="")
        people |= Person.objects.filter(authored__post=post)
        people = people.distinct().order_by("name", "pk")
        for row in range(self._number_of_rows(known["rows"])):
            self.fields[f"person_{row}"] = _person_field(people)
            self.fields[f"name_{row}"] = _name_field()

    def _number_of_rows(self, known: int) -> int:
        """As many as the page had that was sent, so that no row is lost."""
        sent = self.data.get("rows", "")
        return min(int(sent), MOST_AUTHORS) if sent.isascii() and sent.isdigit() and len(sent) < 4 else known

    @property
    def author_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        numbers = [name.removeprefix("person_") for name in self.fields if name.startswith("person_")]
        return [(self[f"person_{number}"], self[f"name_{number}"]) for number in numbers]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        series = typed.get("series") or typed.get("new_series", "")
        if typed.get("part") and not series:
            self.add_error("part", _("Say which series it is a part of, or leave the number out."))
        if (typed.get("parts") or MOST_PARTS) < (typed.get("part") or 0):
            self.add_error(
                "parts",
                _("This is part %(typed)s, so there are at least as many.") % {"typed": typed["part"]},
            )
        return typed

    def facts(self) -> dict[str, Any]:
        """What the act needs of it."""
        typed = self.cleaned_data
        plain = ("title", "summary", "byline", "part", "parts", "tags", "events", "takes_comments")
        rows = [(typed[person.name], typed[name.name]) for person, name in self.author_rows]
        return {
            **{name: typed[name] for name in plain},
            "series": typed["series"] or typed["new_series"],
            "authors": list(dict.fromkeys(person or name for person, name in rows if person or name)),
        }


def _known_of(post: Post, viewer: Viewer) -> dict[str, Any]:
    authors = post.credited
    rows = {f"person_{row}": author.person for row, author in enumerate(authors)}
    names = {f"name_{row}": author.name for row, author in enumerate(authors)}
    facts = {name: getattr(post, name) for name in ("title", "summary", "byline", "part", "takes_comments")}
    return facts | rows | names | {
        "series": post.series_id,
        "parts": post.series.parts if post.series else None,
        "tags": ", ".join(sorted((tag.name for tag in post.tags.all()), key=str.lower)),
        "events": list(Event.objects.visible_to(viewer).filter(posts=post).values_list("pk", flat=True)),
        "rows": min(len(authors) + SPARE, MOST_AUTHORS),
    }  # fmt: skip


def _person_field(people: QuerySet[Person]) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=_("On record here"),
        required=False,
        queryset=people,
        empty_label=_("Nobody on record"),
        to_field_name="identifier",
    )


def _name_field() -> forms.CharField:
    return forms.CharField(label=_("Or as a name"), required=False, max_length=200)


class DateForm(forms.Form):
    """From when readers see a post."""

    NOW, ON, NOT_YET = "now", "on", "not_yet"
    when = forms.ChoiceField(
        label=gettext_lazy("When do readers see it?"),
        choices=[
            (NOW, gettext_lazy("Now")),
            (
                ON,
                gettext_lazy(
                    "From a day and time on: to come, or gone by for what appeared elsewhere before"
                ),
            ),
            (NOT_YET, gettext_lazy("Not yet. Only those who write it see it")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say when readers see it.")},
    )
    at = forms.DateTimeField(
        label=gettext_lazy("Day and time"),
        required=False,
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "class": "input--short"}, format="%Y-%m-%dT%H:%M"
        ),
        error_messages={"invalid": gettext_lazy("Write the day and time like this: 2026-03-31 18:30.")},
    )

    def __init__(self, post: Post, data: QueryDict | None = None) -> None:
        when = self.ON if post.published_at else self.NOT_YET
        super().__init__(data, initial={"when": when, "at": post.published_at}, auto_id="date-%s")
        self.fields["at"].needed = _("if you chose a day and time")

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("when") == self.ON and "at" in typed and typed["at"] is None:
            self.add_error("at", _("Say which day and time, or choose another answer above."))
        return typed

    @property
    def chosen(self) -> datetime | None:
        """The moment that was chosen; None for not yet."""
        typed = self.cleaned_data
        return {self.NOW: timezone.now(), self.ON: typed["at"], self.NOT_YET: None}[typed["when"]]
