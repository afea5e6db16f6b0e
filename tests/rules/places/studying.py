"""Where the studies of a scene stand: codes and memos on its notes."""

from collections.abc import Callable, Iterator

from archive.models import Code, Memo, Study
from responses.models import Note
from tests.rules.scenes import Scene


def of_studies(scene: Scene) -> Iterator[dict]:
    studies = Study.objects.filter(codes__codings__note__board__event=scene.event).distinct()
    return ({"identifier": study.identifier} for study in studies)


def of_codes(scene: Scene) -> Iterator[dict]:
    for code in Code.objects.filter(codings__note__board__event=scene.event).distinct():
        yield {"identifier": code.study.identifier, "code": code.identifier}


def of_memos(scene: Scene) -> Iterator[dict]:
    for memo in Memo.objects.filter(note__board__event=scene.event):
        yield {"identifier": memo.study.identifier, "memo": memo.identifier}


def of_studied_notes(scene: Scene) -> Iterator[dict]:
    notes = Note.objects.filter(board__event=scene.event, codings__isnull=False).distinct()
    return ({**study, "note": note.identifier} for study in of_studies(scene) for note in notes)


PLACES: dict[str, Callable[[Scene], Iterator[dict]]] = {
    **dict.fromkeys(
        ("study", "study_edit", "study_end", "study_people", "study_leave", "study_search"), of_studies
    ),
    **dict.fromkeys(("study_project", "study_codebook", "study_code_new", "study_memo_new"), of_studies),
    **dict.fromkeys(("study_code", "study_code_edit"), of_codes),
    "study_memo": of_memos,
    "study_note": of_studied_notes,
}
