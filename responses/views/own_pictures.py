"""One's own pictures: by the receipt, or by the cookie or account they were hung with."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coproduce import media
from coproduce.identifiers import in_fours, tidy
from people.limits import TooMany
from people.refusals import Refused
from responses.drawing import change_picture_consent, correct_picture, withdraw_picture
from responses.drawing_forms import WordsForm, words_form
from responses.forms import ConsentFields, ReceiptForm
from responses.limits import count_change
from responses.models import Picture
from responses.receipts import receipt_of
from responses.views.own import no_such_receipt


@dataclass(frozen=True, slots=True)
class HeldPicture:
    """Somebody's own picture and how they hold it: `receipt` is empty where the cookie says so."""

    picture: Picture
    receipt: str = ""

    @property
    def address(self) -> str:
        return self._reverse("my_picture", "picture_receipt")

    @property
    def withdraw_address(self) -> str:
        return self._reverse("my_picture_withdraw", "picture_receipt_withdraw")

    @property
    def files_address(self) -> str:
        """Where its files are asked for; a receipt also shows what its holder could not see otherwise."""
        return f"{self.address}files/" if self.receipt else self.picture.files_address

    def _reverse(self, by_cookie: str, by_receipt: str) -> str:
        held = (by_receipt, self.receipt) if self.receipt else (by_cookie, self.picture.identifier)
        return reverse(held[0], args=[held[1]])

    @property
    def code(self) -> str:
        """The receipt as it is printed; empty where the site's secret changed since."""
        return in_fours(self.receipt or receipt_of(self.picture.key, self.picture.receipt_hash or ""))


def held_by_viewer(request: HttpRequest, identifier: str) -> HeldPicture:
    own = Picture.objects.of(request.viewer).for_showing()
    return HeldPicture(get_object_or_404(own, identifier=identifier))


def held_by_receipt(code: str) -> HeldPicture | None:
    """The picture whose receipt was typed, in any case and spacing."""
    picture = Picture.objects.with_receipt(code).for_showing().first()
    return HeldPicture(picture, tidy(code)) if picture else None


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_picture(request: HttpRequest, identifier: str) -> HttpResponse:
    return keep(request, held_by_viewer(request, identifier))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_picture_withdraw(request: HttpRequest, identifier: str) -> HttpResponse:
    return withdraw(request, held_by_viewer(request, identifier))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def picture_receipt(request: HttpRequest, code: str) -> HttpResponse:
    hold = held_by_receipt(code)
    return keep(request, hold) if hold else no_such_receipt(request, ReceiptForm({"code": code}))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def picture_receipt_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    hold = held_by_receipt(code)
    return withdraw(request, hold) if hold else no_such_receipt(request, ReceiptForm({"code": code}))


@login_not_required
@require_safe
def picture_receipt_file(request: HttpRequest, code: str, name: str) -> HttpResponse:
    hold = held_by_receipt(code)
    if hold is None:
        return no_such_receipt(request, ReceiptForm({"code": code}))
    return media.answer(request, hold.picture.files, name, public=False)


def keep(request: HttpRequest, hold: HeldPicture) -> HttpResponse:
    """One's own picture with what can be done about it; does what was asked for."""
    given = hold.picture.consent
    words = words_form(hold.picture)
    consent = ConsentFields(initial={"public": given.public, "research": given.research})
    if request.method == "POST":
        is_consent = request.POST.get("act") == "consent"
        form = ConsentFields(request.POST) if is_consent else WordsForm(request.POST)
        if form.is_valid() and done(request, hold, form):
            return redirect(hold.address)
        words, consent = (words, form) if is_consent else (form, consent)
    status = 422 if words.errors or consent.errors else 200
    context = {"hold": hold, "picture": hold.picture, "drawing": hold.picture.drawing}
    context |= {"words": words, "consent": consent}
    return render(request, "responses/own_picture.html", context, status=status)


def done(request: HttpRequest, hold: HeldPicture, form: WordsForm | ConsentFields) -> bool:
    """Carry out a valid form; a refusal is shown on it."""
    held = {"by": request.viewer, "receipt": hold.receipt}
    try:
        count_change(hold.picture)
        if isinstance(form, WordsForm):
            correct_picture(hold.picture, form.words(), **held)
            messages.success(request, _("Corrected. The words that were there before are not kept."))
        else:
            change_picture_consent(hold.picture, form.consent(), **held)
            messages.success(request, _("Changed. It holds from now on, everywhere."))
    except (Refused, TooMany) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def withdraw(request: HttpRequest, hold: HeldPicture) -> HttpResponse:
    """Ask once, then take the picture down."""
    refusal = ""
    if request.method == "POST":
        try:
            withdraw_picture(hold.picture, by=request.viewer, receipt=hold.receipt)
            messages.success(request, _("Your picture is down, and its files are deleted."))
            return redirect(hold.address)
        except Refused as refused:
            refusal = str(refused)
    context = {"hold": hold, "picture": hold.picture, "drawing": hold.picture.drawing, "refusal": refusal}
    return render(request, "responses/own_picture_withdraw.html", context, status=422 if refusal else 200)
