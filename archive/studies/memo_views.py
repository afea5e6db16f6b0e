"""Memos: writing one, changing it, taking it away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive.models import Memo
from archive.studies.forms import MemoForm
from archive.studies.memos import change_memo, remove_memo, write_memo
from archive.studies.views import in_study, only_for_them, study_or_404
from people.refusals import Refused
from responses.models import Note


@require_http_methods(["GET", "HEAD", "POST"])
@only_for_them
def memo_new(request: HttpRequest, identifier: str) -> HttpResponse:
    """A memo on the study, or on the note that ?note= names."""
    study, note = study_or_404(request, identifier), note_asked(request)
    form = MemoForm(request.POST or None)
    if form.is_valid():
        try:
            write_memo(study, form.cleaned_data["text"], by=request.viewer, note=note)
            messages.success(request, _("The memo is kept."))
            return redirect(f"{note.get_absolute_url()}#studies" if note else study.get_absolute_url())
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = in_study(study, request, form=form, note=note)
    return render(request, "archive/studies/memo.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@only_for_them
def memo(request: HttpRequest, identifier: str, memo: str) -> HttpResponse:
    """Change one's own memo, or take it away."""
    study = study_or_404(request, identifier)
    memos = Memo.objects.visible_to(request.viewer).select_related(
        "study", "by", "note__station", "note__board__event"
    )
    found = get_object_or_404(memos.filter(study=study), identifier=memo)
    removes = request.POST.get("act") == "remove"
    form = MemoForm(None if removes else request.POST or None, of=found)
    try:
        if removes:
            remove_memo(found, by=request.viewer)
            messages.success(request, _("The memo is gone."))
            return redirect(study)
        if form.is_valid():
            change_memo(found, form.cleaned_data["text"], by=request.viewer)
            messages.success(request, _("Kept."))
            return redirect(study)
    except Refused as refusal:
        if not form.is_bound:
            messages.error(request, str(refusal))
            return redirect(study)
        form.add_error(None, str(refusal))
    context = in_study(study, request, form=form, memo=found, note=found.note)
    return render(request, "archive/studies/memo.html", context, status=422 if form.errors else 200)


def note_asked(request: HttpRequest) -> Note | None:
    """The note the memo is to be on; 404 for one that is not in their sight."""
    asked = request.GET.get("note", "")
    if not asked:
        return None
    notes = Note.objects.visible_to(request.viewer).for_showing()
    return get_object_or_404(notes, identifier=asked.replace("\0", ""))
