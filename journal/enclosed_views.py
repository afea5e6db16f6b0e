"""Changing what is said of a film or a picture beside a text; deleting a file or a picture."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from journal.attachments import withdraw_attachment
from journal.editor_forms import FilmForm, PictureForm, WithdrawForm
from journal.editor_views import Desk
from journal.films import describe_film
from journal.illustrations import describe_illustration, withdraw_illustration
from journal.models import Attachment, Film, Illustration, Writing
from people.refusals import Refused

type Enclosed = Film | Attachment | Illustration
FORMS = {Film: FilmForm, Illustration: PictureForm, Attachment: WithdrawForm}
# What stays as it came, and is asked for only once.
ONCE = ("address", "picture")
HEADINGS = {
    Film: gettext_lazy("What is said of the film"),
    Illustration: gettext_lazy("What is said of the picture"),
    Attachment: gettext_lazy("Take the file away"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, identifier: str, what: type[Enclosed]) -> HttpResponse:
    """For those who write the text it stands in; to others it is not there."""
    mine = what.objects.visible_to(request.viewer).filter(writing__in=Writing.objects.run_by(request.viewer))
    enclosed = get_object_or_404(
        mine.select_related("writing__event", "writing__post"), identifier=identifier
    )
    form = _form(request, enclosed)
    try:
        if request.method == "POST" and (_withdraws_picture(request, enclosed) or form.is_valid()):
            _do(request, enclosed, form)
            return redirect(Desk(enclosed.writing.of, enclosed.writing).address())
    except Refused as refused:
        form.add_error(None, str(refused))
    desk = Desk(enclosed.writing.of, enclosed.writing)
    context = {"desk": desk, "of": desk.of, "heading": HEADINGS[what], "form": form, "enclosed": enclosed}
    context |= {"kind": what.__name__.lower(), "section": "events" if desk.name == "event" else "journal"}
    failed = form.is_bound and form.errors
    return render(request, "journal/editor_enclosed.html", context, status=422 if failed else 200)


def _form(request: HttpRequest, enclosed: Enclosed) -> forms.Form:
    kind = FORMS[type(enclosed)]
    known = {name: getattr(enclosed, name) for name in kind.base_fields if hasattr(enclosed, name)}
    form = kind(request.POST if request.method == "POST" else None, initial=known)
    for name in ONCE:
        form.fields.pop(name, None)
    return form


def _do(request: HttpRequest, enclosed: Enclosed, form: forms.Form) -> None:
    by = request.viewer
    match enclosed:
        case Film():
            describe_film(enclosed, by=by, **form.cleaned_data)
        case Illustration() if _withdraws_picture(request, enclosed):
            withdraw_illustration(enclosed, by=by)
        case Illustration():
            describe_illustration(enclosed, by=by, **form.cleaned_data)
        case Attachment():
            withdraw_attachment(enclosed, by=by, **form.cleaned_data)
    is_gone = isinstance(enclosed, Attachment) or _withdraws_picture(request, enclosed)
    messages.success(request, _("It is deleted. The text says that it is gone.") if is_gone else _("Kept."))


def _withdraws_picture(request: HttpRequest, enclosed: Enclosed) -> bool:
    return isinstance(enclosed, Illustration) and request.POST.get("act") == "withdraw"
