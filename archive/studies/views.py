"""Studies: their list, their pages, who works in them, and how they end."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.models import Colleague, Study
from archive.studies.acts import (
    MOST_STUDIES,
    add_colleague,
    begin_study,
    end_study,
    hand_over,
    remove_colleague,
    rename_study,
)
from archive.studies.forms import ColleagueForm, HandOverForm, StudyForm
from archive.studies.reading import codes_of, colleagues_of, holds, memos_of, studies_of
from people.limits import TooMany
from people.refusals import Refused

A_PAGE = 20  # studies, or memos
# What stands here is for those who work in the study: nothing on the way keeps it.
only_for_them = cache_control(private=True, no_store=True)


@require_safe
@only_for_them
def studies(request: HttpRequest) -> HttpResponse:
    """Those they began and those they were asked into."""
    page = Paginator(studies_of(request.viewer), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "archive/studies/studies.html", {"section": "archive", "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@only_for_them
def study_new(request: HttpRequest) -> HttpResponse:
    form = StudyForm(request.POST or None)
    if form.is_valid():
        try:
            study = begin_study(**form.cleaned_data, by=request.viewer)
            messages.success(
                request,
                _("“%(study)s” has begun. Make a code, or search for notes first.") % {"study": study},
            )
            return redirect(study)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"section": "archive", "form": form, "most": MOST_STUDIES}
    return render(request, "archive/studies/new.html", context, status=422 if form.errors else 200)


@require_safe
@only_for_them
def study(request: HttpRequest, identifier: str) -> HttpResponse:
    """Its codes with how many notes each is on, its memos and its people."""
    study = study_or_404(request, identifier)
    context = in_study(
        study,
        request,
        codes=codes_of(study, request.viewer),
        holds=holds(study, request.viewer),
        page=Paginator(memos_of(study, request.viewer), A_PAGE).get_page(request.GET.get("page")),
        colleagues=colleagues_of(study, request.viewer),
    )
    return render(request, "archive/studies/study.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@only_for_them
def study_edit(request: HttpRequest, identifier: str) -> HttpResponse:
    """Rename it; begin to hand it over or to end it."""
    study = own_or_404(request, identifier)
    form = StudyForm(request.POST or None, of=study)
    if form.is_valid():
        try:
            rename_study(study, **form.cleaned_data, by=request.viewer)
            messages.success(request, _("Kept."))
            return redirect(study)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = in_study(study, request, form=form)
    return render(request, "archive/studies/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@only_for_them
def study_end(request: HttpRequest, identifier: str) -> HttpResponse:
    """Say what goes, and end it."""
    study = own_or_404(request, identifier)
    if request.method == "POST":
        try:
            end_study(study, by=request.viewer)
            messages.success(request, _("“%(study)s” has ended. Nothing of it is kept.") % {"study": study})
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("studies")
    codes = codes_of(study, request.viewer)
    context = in_study(study, request, codes=codes, memo_number=study.memos.count())
    return render(request, "archive/studies/end.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@only_for_them
def study_people(request: HttpRequest, identifier: str) -> HttpResponse:
    """Who works in it; whoever began it adds people, and hands it over."""
    study, viewer = study_or_404(request, identifier), request.viewer
    colleagues, act = colleagues_of(study, viewer), request.POST.get("act")
    form = ColleagueForm(request.POST if act == "add" else None)
    giving = HandOverForm(colleagues, request.POST if act == "hand" else None)
    try:
        if form.is_valid():
            add_colleague(study, form.cleaned_data["who"], by=viewer)
            messages.success(request, _("They find the study under “Studies” when they sign in."))
            return redirect("study_people", identifier)
        if giving.is_valid():
            hand_over(study, giving.cleaned_data["colleague"], by=viewer)
            messages.success(request, _("It is theirs now. You go on working in it."))
            return redirect(study)
    except (Refused, TooMany) as refusal:
        (form if act == "add" else giving).add_error(None, str(refusal))
    context = in_study(study, request, form=form, giving=giving, colleagues=colleagues)
    status = 422 if form.errors or giving.errors else 200
    return render(request, "archive/studies/people.html", context, status=status)


@require_POST
def study_leave(request: HttpRequest, identifier: str) -> HttpResponse:
    """Take somebody out of it, or go oneself."""
    study = study_or_404(request, identifier)
    number = request.POST.get("number", "")
    colleague = next((one for one in study.colleagues.all() if str(one.pk) == number), None)
    try:
        if colleague:
            remove_colleague(study, colleague, by=request.viewer)
            messages.success(request, said_of_leaving(colleague, request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    goes = colleague is not None and colleague.person == request.viewer.person
    return redirect("studies") if goes else redirect("study_people", identifier)


def said_of_leaving(colleague: Colleague, request: HttpRequest) -> str:
    if colleague.person == request.viewer.person:
        return _("You left the study. What you coded and wrote stays in it.")
    return _("They see the study no more. What they coded and wrote stays in it.")


def study_or_404(request: HttpRequest, identifier: str) -> Study:
    """A study they work in."""
    return get_object_or_404(
        Study.objects.visible_to(request.viewer).select_related("by"), identifier=identifier
    )


def own_or_404(request: HttpRequest, identifier: str) -> Study:
    """A study that is theirs."""
    found = study_or_404(request, identifier)
    if found.by_id != request.viewer.person.pk:
        raise Http404
    return found


def in_study(study: Study, request: HttpRequest, **more: object) -> dict[str, object]:
    """What each page of a study needs."""
    is_own = study.by_id == request.viewer.person.pk
    return {"section": "archive", "study": study, "is_own": is_own, **more}
