"""Examples of the demo's study."""

from collections.abc import Callable

from archive.models import Study
from tools.examples.demo import Examples, a_note


def study() -> Examples:
    """The one that the demo researcher began."""
    return [(Study.objects.order_by("pk")[0].identifier,)]


def code() -> Examples:
    found = Study.objects.order_by("pk")[0]
    return [(found.identifier, found.codes.order_by("pk")[0].identifier)]


def memo() -> Examples:
    found = Study.objects.order_by("pk")[0]
    return [(found.identifier, found.memos.order_by("pk")[0].identifier)]


STUDYING_EXAMPLES: dict[str, Callable[[], Examples]] = {
    **dict.fromkeys(
        (
            "study", "study_edit", "study_end", "study_people", "study_leave", "study_search",
            "study_project", "study_codebook", "study_code_new", "study_memo_new",
        ),
        study,
    ),
    **dict.fromkeys(("study_code", "study_code_edit"), code),
    "study_memo": memo,
    "study_note": lambda: [(*study()[0], a_note().identifier)],
}  # fmt: skip
