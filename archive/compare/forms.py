"""What may be asked of a comparison. Everything is asked by GET and may stay empty."""

from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag, TaggedItem

from archive.compare.sets import ORDERS
from archive.compare.times import BY
from events.models import Event, EventQuerySet, Series
from people.guests import Viewer
from principles.models import Principle, PrincipleQuerySet, PrincipleSet

NO_SET = gettext_lazy("There is no set called “%(value)s” here. Choose from the list.")
NO_PRINCIPLE = gettext_lazy("This principle is not there. Choose another.")
NOT_THERE = {"invalid_choice": gettext_lazy("This one is not there. Choose another, or all.")}


class PrincipleField(forms.ModelChoiceField):
    """A principle, said with its set."""

    def label_from_instance(self, principle: Principle) -> str:
        return f"{principle.name} ({principle.set.name})"


def principle_field(**more: object) -> PrincipleField:
    return PrincipleField(
        Principle.objects.none(), to_field_name="identifier", label=_("Principle"),
        error_messages={"invalid_choice": NO_PRINCIPLE, "required": _("Choose a principle.")}, **more,
    )  # fmt: skip


def principles_seen(viewer: Viewer) -> PrincipleQuerySet:
    return Principle.objects.visible_to(viewer).select_related("set").order_by("set__name", "position")


class AskedForm(forms.Form):
    """A form whose answer has one address, however it was asked."""

    usual: dict[str, str] = {}

    def __init__(self, asked: QueryDict | None, viewer: Viewer) -> None:
        """`asked` may be None: nobody has asked yet."""
        super().__init__(asked if asked is None else self._with_usual(asked), label_suffix="")
        self.viewer = viewer
        for field in self.fields.values():
            field.needed = "" if field.required else _("or all")

    def _with_usual(self, asked: QueryDict) -> QueryDict:
        """What was not said is as usual."""
        said = asked.copy()
        for name, value in self.usual.items():
            said[name] = asked.get(name) or value
        return said

    @property
    def query(self) -> str:
        """What was asked as the query of a permanent address, in one order and without what is usual."""
        given = {name: self[name].data for name in sorted(self.fields)}
        given = {name: sorted(set(one)) if isinstance(one, list) else one for name, one in given.items()}
        said = {name: value for name, value in given.items() if value and self.usual.get(name) != value}
        return urlencode(said, doseq=True)


class PickForm(AskedForm):
    """One principle, to compare its events."""

    principle = principle_field(empty_label=gettext_lazy("Choose a principle"))

    def __init__(self, asked: QueryDict | None, viewer: Viewer) -> None:
        super().__init__(asked, viewer)
        self.fields["principle"].queryset = principles_seen(viewer)


class SetsForm(AskedForm):
    """Sets to put side by side, and in which order."""

    usual = {"order": "sets"}
    sets = forms.ModelMultipleChoiceField(
        PrincipleSet.objects.none(), to_field_name="slug", required=False, label=gettext_lazy("Sets"),
        widget=forms.CheckboxSelectMultiple, error_messages={"invalid_choice": NO_SET},
    )  # fmt: skip
    order = forms.ChoiceField(
        choices=list(ORDERS.items()), label=gettext_lazy("Order"), error_messages=NOT_THERE
    )

    def __init__(self, asked: QueryDict | None, viewer: Viewer) -> None:
        super().__init__(asked, viewer)
        self.fields["sets"].queryset = PrincipleSet.objects.visible_to(viewer)

    @property
    def chosen(self) -> list[PrincipleSet] | None:
        """The sets by their names, or None for all of them."""
        return list(self.cleaned_data["sets"]) or None


class TimeForm(AskedForm):
    """Which notes are followed over time, and how they are put together."""

    usual = {"by": "year"}
    set = forms.ModelChoiceField(
        PrincipleSet.objects.none(), to_field_name="slug", required=False,
        empty_label=gettext_lazy("All sets"),
        label=gettext_lazy("Principle set"), error_messages=NOT_THERE,
    )  # fmt: skip
    principle = principle_field(required=False, empty_label=gettext_lazy("All principles"))
    series = forms.ModelChoiceField(
        Series.objects.none(), to_field_name="slug", required=False,
        empty_label=gettext_lazy("All series and events"),
        label=gettext_lazy("Series"), error_messages=NOT_THERE,
    )  # fmt: skip
    place = forms.ChoiceField(required=False, label=gettext_lazy("Place"), error_messages=NOT_THERE)
    tag = forms.ChoiceField(required=False, label=gettext_lazy("Tag"), error_messages=NOT_THERE)
    by = forms.ChoiceField(
        choices=list(BY.items()), label=gettext_lazy("Put together"), error_messages=NOT_THERE
    )

    def __init__(self, asked: QueryDict | None, viewer: Viewer) -> None:
        super().__init__(asked, viewer)
        events = Event.objects.visible_to(viewer)
        self.fields["set"].queryset = PrincipleSet.objects.visible_to(viewer)
        self.fields["principle"].queryset = principles_seen(viewer)
        self.fields["series"].queryset = Series.objects.visible_to(viewer)
        places = events.exclude(place="").order_by("place").values_list("place", flat=True).distinct()
        self.fields["place"].choices = [("", _("All places")), *((place, place) for place in places)]
        kind = {"content_type__app_label": "events", "content_type__model": "event"}
        tagged = TaggedItem.objects.filter(object_id__in=events.values("pk"), **kind)
        tags = Tag.objects.filter(pk__in=tagged.values("tag")).order_by("name")
        self.fields["tag"].choices = [("", _("All tags")), *((tag.slug, tag.name) for tag in tags)]

    def events(self) -> EventQuerySet:
        chosen, events = self.cleaned_data, Event.objects.visible_to(self.viewer)
        if chosen["series"]:
            events = events.filter(series=chosen["series"])
        if chosen["place"]:
            events = events.filter(place=chosen["place"])
        return events.tagged(chosen["tag"]) if chosen["tag"] else events

    def principles(self) -> list[Principle] | None:
        """Those chosen, by themselves and by their set; None where all notes are meant."""
        chosen = self.cleaned_data
        if not (chosen["set"] or chosen["principle"]):
            return None
        seen = principles_seen(self.viewer)
        seen = seen.filter(set=chosen["set"]) if chosen["set"] else seen
        return list(seen.filter(pk=chosen["principle"].pk) if chosen["principle"] else seen)

    @property
    def within(self) -> str:
        """What was chosen, as the title says it."""
        chosen = self.cleaned_data
        tag = dict(self.fields["tag"].choices).get(chosen["tag"]) if chosen["tag"] else ""
        about = [chosen["principle"] and str(chosen["principle"]), chosen["set"] and str(chosen["set"])]
        where = [chosen["series"] and str(chosen["series"]), chosen["place"], tag]
        return ", ".join(filter(None, (*about, *where))) or _("all notes")
