"""Pages of studies."""

from django.urls import reverse

from tests.journeys.places.place import Place, refused
from tools.examples.studying import study

SEARCH = "?q=budget"


class Found(Place):
    """Notes of a search in the study."""

    @property
    def path(self) -> str:
        return reverse("study_search", args=study()[0]) + SEARCH


# The demo organiser works in the study of the demo researcher.
STUDYING = {
    "studies": Place("studies", viewer="organiser"),
    "beginning a study": Place("study_new", viewer="organiser"),
    "beginning a study without a name": Place("study_new", viewer="organiser", step=refused("Begin it")),
    "a study": Place("study", viewer="organiser"),
    "who works in a study": Place("study_people", viewer="organiser"),
    "making a code": Place("study_code_new", viewer="organiser"),
    "making a code without a name": Place("study_code_new", viewer="organiser", step=refused("Make it")),
    "a code": Place("study_code", viewer="organiser"),
    "changing a code": Place("study_code_edit", viewer="organiser"),
    "notes to code": Found("study_search", viewer="organiser"),
    "a memo": Place("study_memo", viewer="organiser"),
    "writing a memo": Place("study_memo_new", viewer="organiser"),
    "writing a memo without words": Place("study_memo_new", viewer="organiser", step=refused("Keep it")),
    "a note in a study": Place("note", viewer="organiser"),
    "changing a study": Place("study_edit", viewer="researcher"),
    "asking a colleague whom nobody knows": Place(
        "study_people", viewer="researcher", step=refused("Let them work in it")
    ),
    "ending a study": Place("study_end", viewer="researcher"),
}
