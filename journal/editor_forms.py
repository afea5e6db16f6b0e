"""The forms of the editor: saving a text, and what is put in beside its words."""

from django import forms
from django.utils.translation import gettext_lazy
from django_prose_editor.widgets import ProseEditorWidget

from journal.films import LONGEST_ADDRESS
from journal.models import Illustration

GROUPS = ("blockType -lists", "lists", "nodes -blockType -lists", "marks", "link", "history")
# What the words of a text may have; the same as coproduce.markup lets through.
TOOLS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "ListItem": True,
    "OrderedList": True,
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    # Every tool in one row, none behind another.
    "Menu": {"groups": [{"group": name} for name in GROUPS]},
    # Whoever writes when tired is glad of it.
    "NoSpellCheck": False,
}


def words_widget() -> ProseEditorWidget:
    """The box for words, with its tools where there is a script, and as plain text where there is none."""
    return ProseEditorWidget(
        config={"extensions": TOOLS}, preset="configurable", attrs={"rows": 8, "class": "input"}
    )


class SaveForm(forms.Form):
    """Saving what is typed as a version, or publishing it."""

    why = forms.CharField(
        label=gettext_lazy("What did you change, and why?"),
        max_length=300,
        required=False,
        help_text=gettext_lazy(
            "For example: the number of tables was wrong. Readers see it once this was published."
        ),
    )
    is_correction = forms.BooleanField(label=gettext_lazy("It puts a mistake right"), required=False)


class FilmForm(forms.Form):
    """A film kept by another website."""

    address = forms.CharField(
        label=gettext_lazy("Address of the film"),
        max_length=LONGEST_ADDRESS,
        help_text=gettext_lazy(
            "At YouTube, Vimeo or the Internet Archive. Copy it from the address line of your browser."
        ),
        error_messages={"required": gettext_lazy("Paste the address of the film.")},
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        error_messages={"required": gettext_lazy("Give the film a title.")},
    )
    length = forms.CharField(
        label=gettext_lazy("How long it is"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("For example: 4 minutes."),
    )
    alternative = forms.CharField(
        label=gettext_lazy("What is said and shown"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "For people who cannot watch or hear it: a few sentences, or the whole of what is said."
        ),
        error_messages={
            "required": gettext_lazy("Say what is said and shown in it, for people who cannot watch it.")
        },
    )


class FileForm(forms.Form):
    """A file to take away."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, or a file of an office programme without macros. 12 megabytes at most."),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty. Choose it again."),
        },
    )
    title = forms.CharField(
        label=gettext_lazy("What is in it"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say what is in the file.")},
    )
    version = forms.CharField(
        label=gettext_lazy("Version"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("For example: 2, or May 2026."),
    )


class WithdrawForm(forms.Form):
    """Taking a file away for good."""

    why = forms.CharField(
        label=gettext_lazy("Why it goes"),
        max_length=300,
        help_text=gettext_lazy("For example: it named somebody. Whoever follows its address reads this."),
        error_messages={"required": gettext_lazy("Say in a sentence why it goes.")},
    )


class PictureForm(forms.Form):
    """A picture of a post."""

    picture = forms.FileField(
        label=gettext_lazy("Picture"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic"}),
        help_text=gettext_lazy(
            "JPEG, PNG, WebP or HEIC, 12 megabytes at most. Where it was taken is not kept."
        ),
        error_messages={
            "required": gettext_lazy("Choose a picture."),
            "empty": gettext_lazy("This file is empty. Choose it again."),
        },
    )
    alt = forms.CharField(
        label=gettext_lazy("Describe it for someone who cannot see it"),
        max_length=500,
        error_messages={"required": gettext_lazy("Say what it shows in a sentence or two.")},
    )
    caption = forms.CharField(label=gettext_lazy("What stands under it"), max_length=300, required=False)
    basis = forms.ChoiceField(
        label=gettext_lazy("Who can be recognised on it?"),
        choices=Illustration.Basis,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Say whether somebody can be recognised on it, and agreed.")
        },
    )
    basis_note = forms.CharField(
        label=gettext_lazy("Where is it written down that they agreed?"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Only where somebody can be recognised."),
    )


class NoteForm(forms.Form):
    """A note to cite."""

    note = forms.CharField(
        label=gettext_lazy("Number or address of the note"),
        max_length=300,
        help_text=gettext_lazy(
            "Open the note and copy its address. Only notes that everybody may read can be cited."
        ),
        error_messages={"required": gettext_lazy("Paste the address of a note, or type its number.")},
    )


class StoryForm(forms.Form):
    """A story to weave in."""

    story = forms.ModelChoiceField(
        queryset=None,
        to_field_name="identifier",
        label=gettext_lazy("Story"),
        empty_label=gettext_lazy("Choose a story"),
        error_messages={"required": gettext_lazy("Choose a story.")},
    )
    excerpt = forms.CharField(
        label=gettext_lazy("Words of it to show"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Copied exactly. Without any, only a link to the story stands there."),
    )

    def __init__(self, *args: object, stories: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["story"].queryset = stories
