"""One's own notes: by the receipt, or by the cookie or account they were left with."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coproduce.identifiers import in_fours, is_plausible, tidy
from people.limits import TooMany
from people.refusals import Refused
from responses.board import change_consent, correct_note, take_back_mark, withdraw_note
from responses.following import follow_address
from responses.forms import ConsentFields, CorrectionForm, ReceiptForm
from responses.limits import count_change, count_wrong_receipt
from responses.models import Note, Origin, Picture, TextState
from responses.names import take_name_off
from responses.photos.showing import own_boxes
from responses.readings.history import history_of
from responses.receipts import receipt_of
from responses.views.closeups import cut_out
from responses.views.own_sheets import cut_outs, keep_sheet, sheet_held, withdraw_sheet

CORRECTED = {
    Origin.OWN_DEVICE: gettext_lazy("Corrected. What it said before is kept as an earlier reading."),
    Origin.PAPER: gettext_lazy("Kept, and it waits: an organiser looks at it before the note says so."),
}


@dataclass(frozen=True, slots=True)
class Hold:
    """Somebody's own note and how they hold it: `receipt` is empty where the cookie says so."""

    note: Note
    address: str
    withdraw_address: str
    receipt: str = ""

    @property
    def code(self) -> str:
        """The receipt as it is printed; empty where the site's secret changed since."""
        receipt = self.receipt or receipt_of(self.note.key, self.note.receipt_hash or "")
        return in_fours(receipt)

    @property
    def follow_address(self) -> str:
        return follow_address(self.note)

    @property
    def letters_address(self) -> str:
        """The path at which an address can be given that is told by mail."""
        if self.receipt:
            return reverse("receipt_follow", args=[self.receipt])
        return reverse("my_note_follow", args=[self.note.identifier])

    @property
    def is_mark_alone(self) -> bool:
        return self.note.text_state == TextState.NO_TEXT


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt_lookup(request: HttpRequest) -> HttpResponse:
    form = ReceiptForm(request.POST or None)
    if not form.is_valid():
        return render(
            request, "responses/receipt_lookup.html", {"form": form}, status=422 if form.errors else 200
        )
    code = tidy(form.cleaned_data["code"])
    if hold := held_by_receipt(code) or sheet_held(code):
        return redirect(hold.address)
    return no_such_receipt(request, form)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    if hold := held_by_receipt(code):
        return keep(request, hold)
    if sheet := sheet_held(code):
        return keep_sheet(request, sheet)
    return no_such_receipt(request, ReceiptForm({"code": code}))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    if hold := held_by_receipt(code):
        return withdraw(request, hold)
    if sheet := sheet_held(code):
        return withdraw_sheet(request, sheet)
    return no_such_receipt(request, ReceiptForm({"code": code}))


@login_not_required
@require_safe
def receipt_close_up(request: HttpRequest, code: str, identifier: str, box: str) -> HttpResponseBase:
    """The cut-out of one's own note, for whoever holds its receipt."""
    hold = held_by_receipt(code)
    if hold is None:
        return wrong_receipt(request)
    region = get_object_or_404(own_boxes(hold.note), identifier=identifier)
    return cut_out(request, region, box, public=False)


@login_not_required
@never_cache
@require_safe
def my_notes(request: HttpRequest) -> HttpResponse:
    notes = Note.objects.of(request.viewer).for_showing().order_by("-added_at", "-pk")
    holds = [held(note) for note in notes]
    return render(request, "responses/my_notes.html", {"holds": holds})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_note(request: HttpRequest, identifier: str) -> HttpResponse:
    return keep(request, held_by_viewer(request, identifier))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_note_withdraw(request: HttpRequest, identifier: str) -> HttpResponse:
    return withdraw(request, held_by_viewer(request, identifier))


def held_by_receipt(code: str) -> Hold | None:
    """The note whose receipt was typed, in any case and spacing."""
    note = Note.objects.with_receipt(code).for_showing().first()
    if note is None:
        return None
    code = tidy(code)
    address, withdrawal = (reverse(name, args=[code]) for name in ("receipt", "receipt_withdraw"))
    return Hold(note, address, withdrawal, code)


def held_by_viewer(request: HttpRequest, identifier: str) -> Hold:
    notes = Note.objects.of(request.viewer).for_showing()
    return held(get_object_or_404(notes, identifier=identifier))


def held(note: Note) -> Hold:
    address, withdrawal = (reverse(name, args=[note.identifier]) for name in ("my_note", "my_note_withdraw"))
    return Hold(note, address, withdrawal)


def no_such_receipt(request: HttpRequest, form: ReceiptForm) -> HttpResponse:
    """404 with what may be wrong; 429 for a network that tries one after another."""
    typed = tidy(form["code"].value() or "")
    if Picture.objects.with_receipt(typed).exists():
        return redirect("picture_receipt", typed)
    if too_many := count_against(request):
        return too_many
    read_well = form.is_valid() and is_plausible(tidy(form.cleaned_data["code"]))
    hint = (
        _("It is well formed, so perhaps it is another site's.")
        if read_well
        else _("A letter seems misread.")
    )
    form.add_error("code", _("No note has this receipt. %(hint)s") % {"hint": hint})
    return render(request, "responses/receipt_lookup.html", {"form": form}, status=404)


def wrong_receipt(request: HttpRequest) -> HttpResponse:
    """404 for a file or a feed under a receipt that there is not; 429 for a network that tries."""
    if too_many := count_against(request):
        return too_many
    raise Http404("No note has this receipt.")


def count_against(request: HttpRequest) -> HttpResponse | None:
    """Count one wrong receipt; 429 for a network that tries one after another."""
    try:
        count_wrong_receipt(request)
    except TooMany as busy:
        response = render(request, "429.html", {"retry_after": busy.retry_after}, status=429)
        response["Retry-After"] = busy.retry_after
        return response
    return None


def keep(request: HttpRequest, hold: Hold) -> HttpResponse:
    """One's own note with what can be done about it; does what was asked for."""
    note = hold.note
    words = CorrectionForm(initial={"words": note.text})
    consent = ConsentFields(initial={"public": note.consent.public, "research": note.consent.research})
    if request.method == "POST":
        if request.POST.get("act") == "name":
            return unsign(request, hold)
        is_consent = request.POST.get("act") == "consent"
        form = ConsentFields(request.POST) if is_consent else CorrectionForm(request.POST)
        if form.is_valid() and done(request, hold, form):
            return redirect(hold.address)
        words, consent = (words, form) if is_consent else (form, consent)
    status = 422 if words.errors or consent.errors else 200
    context = {"hold": hold, "note": note, "words": words, "consent": consent}
    if note.origin == Origin.PAPER:
        context["history"] = history_of(note, request.viewer, holds=True)
        context["cut_outs"] = cut_outs(note, hold.receipt)
    return render(request, "responses/own_note.html", context, status=status)


def done(request: HttpRequest, hold: Hold, form: CorrectionForm | ConsentFields) -> bool:
    """Carry out a valid form; a refusal is shown on it."""
    try:
        count_change(hold.note)
        if isinstance(form, ConsentFields):
            change_consent(hold.note, form.consent(), by=request.viewer, receipt=hold.receipt)
            messages.success(request, _("Changed. It holds from now on, everywhere."))
        else:
            correct_note(hold.note, form.cleaned_data["words"], by=request.viewer, receipt=hold.receipt)
            messages.success(request, CORRECTED.get(hold.note.origin, CORRECTED[Origin.OWN_DEVICE]))
    except (Refused, TooMany) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def unsign(request: HttpRequest, hold: Hold) -> HttpResponse:
    """Take the name off, and say whether it went."""
    try:
        take_name_off(hold.note, by=request.viewer, receipt=hold.receipt)
        messages.success(request, _("The name is off. The note stays."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(hold.address)


def withdraw(request: HttpRequest, hold: Hold) -> HttpResponse:
    """Ask once, then take the note down; a mark alone is taken back and leaves no count."""
    refusal = ""
    if request.method == "POST":
        act = take_back_mark if hold.is_mark_alone else withdraw_note
        try:
            act(hold.note, by=request.viewer, receipt=hold.receipt)
            messages.success(
                request, _("Your mark is back with you.") if hold.is_mark_alone else _("Your note is down.")
            )
            return redirect(hold.address)
        except Refused as refused:
            refusal = str(refused)
    context = {"hold": hold, "note": hold.note, "refusal": refusal}
    return render(request, "responses/own_withdraw.html", context, status=422 if refusal else 200)
