"""Codes: making them, the notes they are on, and putting them to notes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.models import Code, Study
from archive.search.limits import TooLong, bounded
from archive.search.query import Query, read_query
from archive.studies.coding import (
    add_code,
    change_code,
    code_note,
    code_notes,
    codes_below,
    remove_code,
    uncode_note,
)
from archive.studies.finding import Found, for_coding, page_of_notes
from archive.studies.forms import CodeForm, PutForm
from archive.studies.reading import coded_with, codes_of, codes_on, tree
from archive.studies.views import in_study, only_for_them, study_or_404
from people.refusals import Refused
from responses.models import Note

A_PAGE = 50  # notes
UNCHOSEN = gettext_lazy("Tick the notes that the code belongs to, then press the button again.")


@require_http_methods(["GET", "HEAD", "POST"])
@only_for_them
def code_new(request: HttpRequest, identifier: str) -> HttpResponse:
    study = study_or_404(request, identifier)
    form = CodeForm(tree(study.codes.all()), request.POST or None)
    if form.is_valid():
        try:
            code = add_code(study, **form.cleaned_data, by=request.viewer)
            messages.success(request, _("“%(code)s” is there.") % {"code": code})
            return redirect(study)
        except Refused as refusal:
            form.add_error("name", str(refusal))
    context = in_study(study, request, form=form)
    return render(request, "archive/studies/code_new.html", context, status=422 if form.errors else 200)


@require_safe
@only_for_them
def code(request: HttpRequest, identifier: str, code: str) -> HttpResponse:
    """The notes it is on, in the order of their walls."""
    study = study_or_404(request, identifier)
    found = code_or_404(study, code)
    codings = coded_with(found, request.viewer)
    page = Paginator(codings, A_PAGE).get_page(request.GET.get("page"))
    context = in_study(study, request, code=found, page=page, parts=found.parts.all())
    return render(request, "archive/studies/code.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@only_for_them
def code_edit(request: HttpRequest, identifier: str, code: str) -> HttpResponse:
    """Rename it, put it under another, or take it away."""
    study = study_or_404(request, identifier)
    found, codes = code_or_404(study, code), codes_of(study, request.viewer)
    below = codes_below(found, [shown.code for shown in codes])
    if request.POST.get("act") == "remove":
        return removed(request, study, found)
    form = CodeForm([one for one in codes if one.code.pk not in below], request.POST or None, of=found)
    if form.is_valid():
        try:
            change_code(found, **form.cleaned_data, by=request.viewer)
            messages.success(request, _("Kept."))
            return redirect("study_code", identifier, code)
        except Refused as refusal:
            form.add_error("name", str(refusal))
    number = sum(one.number for one in codes if one.code.pk in below)
    context = in_study(study, request, code=found, form=form, below=len(below) - 1, number=number)
    return render(request, "archive/studies/code_edit.html", context, status=422 if form.errors else 200)


def removed(request: HttpRequest, study: Study, code: Code) -> HttpResponse:
    try:
        remove_code(code, by=request.viewer)
        messages.success(request, _("“%(code)s” is gone. The notes are as they were.") % {"code": code})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(study)


@require_http_methods(["GET", "HEAD", "POST"])
@only_for_them
def study_search(request: HttpRequest, identifier: str) -> HttpResponse:
    """Notes that a search finds, with boxes to tick, and a code for those that are ticked."""
    study = study_or_404(request, identifier)
    codes = tree(study.codes.all())
    form = PutForm(codes, request.POST or None)
    if request.method == "POST" and form.is_valid() and put(request, study, form.cleaned_data["code"]):
        return redirect(f"{request.get_full_path()}#notes")
    query, found, refusal = looked_for(request)
    context = in_study(
        study, request, query=query, found=found, refusal=refusal, codes=codes, form=form,
        put=codes_on(found.notes, study), ticked=request.POST.getlist("notes"),
    )  # fmt: skip
    status = 400 if refusal else 422 if form.errors else 200
    return render(request, "archive/studies/search.html", context, status=status)


def put(request: HttpRequest, study: Study, code: Code) -> bool:
    """Put `code` to the ticked notes; whether there was anything to do."""
    ticked = [one for one in request.POST.getlist("notes") if "\0" not in one][:A_PAGE]
    notes = list(Note.objects.visible_to(request.viewer).filter(identifier__in=ticked))
    if not notes:
        messages.warning(request, UNCHOSEN)
        return False
    try:
        number = code_notes([code], notes, by=request.viewer)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    said = ngettext(
        "“%(code)s” is on %(number)s more note.", "“%(code)s” is on %(number)s more notes.", number
    )
    messages.success(request, said % {"code": code, "number": number})
    return True


def looked_for(request: HttpRequest) -> tuple[Query, Found, str]:
    """What the address asks for and finds; a sentence where it cannot be asked."""
    try:
        query = for_coding(read_query(request.GET))
        if query.is_empty:
            return query, Found([]), ""
        with bounded():
            return query, page_of_notes(query, request.viewer, request.GET.get("after", "")), ""
    except (Refused, TooLong) as refusal:
        return Query(), Found([]), str(refusal)


@require_POST
def study_note(request: HttpRequest, identifier: str, note: str) -> HttpResponse:
    """Put a code to one note, an old one or a new one, or take one from it; then back to where one was."""
    study = study_or_404(request, identifier)
    found = get_object_or_404(Note.objects.visible_to(request.viewer), identifier=note)
    try:
        if taken := request.POST.get("uncode"):
            code = code_or_404(study, taken)
            uncode_note(code, found, by=request.viewer)
            messages.success(request, _("“%(code)s” is off this note.") % {"code": code})
        else:
            code_note(code_chosen(request, study), found, by=request.viewer)
    except Refused as refusal:
        messages.error(request, str(refusal))
    if back := request.POST.get("back"):
        return redirect(reverse("study_code", args=[identifier, code_or_404(study, back).identifier]))
    return redirect(f"{reverse('note', args=[note])}#studies")


def code_chosen(request: HttpRequest, study: Study) -> Code:
    """The code of the list, or a new one of the name that was typed."""
    if name := request.POST.get("new", "").strip():
        there = study.codes.filter(name__iexact=name).first()
        return there or add_code(study, name, by=request.viewer)
    form = PutForm(tree(study.codes.all()), request.POST)
    if not form.is_valid():
        raise Refused(form.errors["code"][0])
    return form.cleaned_data["code"]


def code_or_404(study: Study, identifier: str) -> Code:
    return get_object_or_404(study.codes.select_related("under", "study"), identifier=identifier)
