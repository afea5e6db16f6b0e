"""What people fill in about calls for stories, and about stories."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from journal.models import Illustration, Story, StoryCall
from journal.spam.forms import ScreenedForm
from journal.stories import LONGEST, Words, text_that_fits
from journal.story_calls import LONGEST_PROMPT, NO_PROMPT, UNTITLED
from people.consent import STORY_WORDINGS
from people.guests import Viewer
from people.refusals import Refused
from responses.drawing_forms import ACCEPTED
from responses.forms import ConsentFields

DAY = {"type": "date", "class": "input--short"}
NO_DAY = {"invalid": gettext_lazy("Write the day like this: 2026-03-31.")}


class CallForm(forms.Form):
    """A call for stories."""

    NOW, ON, NOT_YET = "now", "on", "not_yet"
    title = forms.CharField(
        label=gettext_lazy("What is the call for?"),
        max_length=200,
        help_text=gettext_lazy("A few words, for example: The day somebody listened."),
        error_messages={"required": UNTITLED},
    )
    prompt = forms.CharField(
        label=gettext_lazy("What do you ask people to tell?"),
        max_length=LONGEST_PROMPT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Plain words. Say what you will do with the stories, and who reads them."),
        error_messages={"required": NO_PROMPT},
    )
    topics = forms.CharField(
        label=gettext_lazy("Topics to choose from, one on each line"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    when = forms.ChoiceField(
        label=gettext_lazy("When does it open?"),
        choices=[
            (NOW, gettext_lazy("Now")),
            (ON, gettext_lazy("On this day")),
            (NOT_YET, gettext_lazy("Not yet. Only you and the stewards see it")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say when it opens.")},
    )
    opens_on = forms.DateField(
        label=gettext_lazy("The day it opens"),
        required=False,
        widget=forms.DateInput(DAY, "%Y-%m-%d"),
        error_messages=NO_DAY,
    )
    closes_on = forms.DateField(
        label=gettext_lazy("The last day it takes stories"),
        required=False,
        widget=forms.DateInput(DAY, "%Y-%m-%d"),
        help_text=gettext_lazy("Leave it empty and it stays open."),
        error_messages=NO_DAY,
    )
    events = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which events it belongs to"),
        required=False,
        queryset=Event.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, viewer: Viewer, data: QueryDict | None = None, call: StoryCall | None = None) -> None:
        super().__init__(data, initial=_known_of(call, viewer) if call else {"when": self.NOW})
        self.fields["events"].queryset = Event.objects.visible_to(viewer).newest_first()
        self.fields["opens_on"].needed = _("if it opens on a day")
        self.opened_at = call.opens_at if call else None

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("when") == self.ON and "opens_on" in typed and typed["opens_on"] is None:
            self.add_error("opens_on", _("Say which day, or choose another answer above."))
        return typed

    def facts(self) -> dict[str, Any]:
        """What the act needs of it."""
        typed = self.cleaned_data
        return {
            **{name: typed[name] for name in ("title", "prompt", "events")},
            "topics": typed["topics"].splitlines(),
            "opens_at": self._opens_at(),
            "closes_at": _moment(typed["closes_on"], time.max) if typed["closes_on"] else None,
        }

    def _opens_at(self) -> datetime | None:
        when, day = self.cleaned_data["when"], self.cleaned_data["opens_on"]
        if when == self.NOT_YET:
            return None
        if when == self.NOW:
            return timezone.now()
        same = self.opened_at and timezone.localtime(self.opened_at).date() == day
        return self.opened_at if same else _moment(day, time.min)


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def _known_of(call: StoryCall, viewer: Viewer) -> dict[str, Any]:
    belongs_to = Event.objects.visible_to(viewer).filter(story_calls=call)
    opens, closes = (timezone.localtime(at).date() if at else None for at in (call.opens_at, call.closes_at))
    return {
        **{name: getattr(call, name) for name in ("title", "prompt")},
        "topics": "\n".join(call.topics),
        "when": CallForm.ON if opens else CallForm.NOT_YET,
        "opens_on": opens,
        "closes_on": closes,
        "events": list(belongs_to.values_list("pk", flat=True)),
    }


class TextField(forms.CharField):
    """The words of a story, as they can be kept."""

    widget = forms.Textarea

    def to_python(self, value: object) -> str:
        try:
            return text_that_fits(str(value or ""))
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None


class WordsForm(forms.Form):
    """The words of a story."""

    title = forms.CharField(label=gettext_lazy("A title"), required=False, max_length=LONGEST["title"])
    topic = forms.ChoiceField(label=gettext_lazy("What it is about"), required=False)
    text = TextField(
        label=gettext_lazy("Your story"),
        help_text=format_lazy(
            gettext_lazy("As long as it needs, up to {most} characters. Plain text; line breaks stay."),
            most=f"{LONGEST['text']:,}",
        ),
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    is_transcript = forms.BooleanField(
        label=gettext_lazy("It is written down from a recording"), required=False
    )
    name = forms.CharField(
        label=gettext_lazy("The name to show with it"),
        required=False,
        max_length=LONGEST["name"],
        help_text=gettext_lazy("Whatever you want to be called. Without one it says that nobody is named."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )

    def choose_from(self, topics: Sequence[str]) -> None:
        self.fields["topic"].choices = [("", _("No topic")), *((topic, topic) for topic in topics)]
        if not topics:
            del self.fields["topic"]

    def words(self) -> Words:
        typed = self.cleaned_data
        names = ("text", "title", "name", "is_transcript")
        return Words(**{name: typed[name] for name in names}, topic=typed.get("topic", ""))


class StoryConsentFields(ConsentFields):
    """The two questions as they are asked of a story."""

    @staticmethod
    def wordings() -> dict[int, tuple[str, str]]:
        return STORY_WORDINGS


class StoryForm(ScreenedForm, WordsForm, StoryConsentFields):
    """A story, where it may go, and where its teller wants to hear of it."""

    email = forms.EmailField(
        label=gettext_lazy("Your email address"),
        required=False,
        help_text=gettext_lazy(
            "To tell you whether your story is shown, and when somebody cites it. "
            "Nobody sees it, and we forget it after a year."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": gettext_lazy("Type it as in ada@example.org, or leave it empty.")},
    )

    def __init__(self, call: StoryCall, *args: Any, **kwargs: Any) -> None:
        super().__init__(page_of(call), *args, **kwargs)
        self.choose_from(call.topics)


def page_of(call: StoryCall) -> str:
    """What tokens of the form of this call are bound to."""
    return f"story call {call.identifier}"


def correction_form(story: Story, data: QueryDict | None = None) -> WordsForm:
    """The form for one's own story, filled with what it says now."""
    names = ("title", "topic", "text", "is_transcript", "name")
    form = WordsForm(data, initial={name: getattr(story, name) for name in names}, auto_id="words-%s")
    topics = story.call.topics
    form.choose_from(topics)
    return form


class StoryPictureForm(forms.Form):
    """A picture for one's own story."""

    picture = forms.FileField(
        label=gettext_lazy("The picture"),
        help_text=gettext_lazy(
            "JPEG, PNG, WebP or HEIC, at most 12 MB. Where it was taken is left out of it."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages=dict.fromkeys(("required", "missing", "invalid"), gettext_lazy("Choose a picture."))
        | {"empty": gettext_lazy("This file is empty. Choose the picture again.")},
    )
    alt = forms.CharField(
        label=gettext_lazy("What it shows"),
        max_length=500,
        help_text=gettext_lazy("In a sentence, for people who cannot see it."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": gettext_lazy("Say what it shows in a sentence, for people who cannot see it.")
        },
    )
    caption = forms.CharField(label=gettext_lazy("What stands under it"), required=False, max_length=300)
    basis = forms.ChoiceField(
        label=gettext_lazy("Who can be recognised on it?"),
        choices=Illustration.Basis.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Say whether anybody can be recognised, and whether they agreed.")
        },
    )

    def facts(self) -> dict[str, Any]:
        """What the act needs of it."""
        typed = self.cleaned_data
        return {"upload": typed["picture"], **{name: typed[name] for name in ("alt", "caption", "basis")}}


def consent_form(story: Story, data: QueryDict | None = None) -> StoryConsentFields:
    now = {"public": story.consent.public, "research": story.consent.research}
    return StoryConsentFields(data, initial=now, auto_id="consent-%s")


def topic_or_none(call: StoryCall, asked: object) -> str:
    """A topic of this call that an address asks for; empty for anything else."""
    if asked not in call.topics:
        return ""
    return str(asked)
