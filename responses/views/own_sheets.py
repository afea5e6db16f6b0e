"""One's own note on paper: while it is not on record yet, and as photographs show it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from coproduce.identifiers import in_fours, tidy
from people.limits import TooMany
from people.refusals import Refused
from responses.following import follow_address
from responses.forms import ConsentFields
from responses.limits import count_change
from responses.models import Note, Region, Stub
from responses.photos.showing import own_boxes
from responses.stubs import change_stub_consent, withdraw_stub


@dataclass(frozen=True, slots=True)
class HeldSheet:
    """A sheet whose note is not on record yet, and the receipt on the stub that somebody holds."""

    stub: Stub
    receipt: str

    @property
    def code(self) -> str:
        return in_fours(self.receipt)

    @property
    def address(self) -> str:
        return reverse("receipt", args=[self.receipt])

    @property
    def withdraw_address(self) -> str:
        return reverse("receipt_withdraw", args=[self.receipt])

    @property
    def follow_address(self) -> str:
        return follow_address(self.stub)


@dataclass(frozen=True, slots=True)
class CutOut:
    """One's own note on a photograph, at an address that only its receipt opens."""

    region: Region
    receipt: str

    @property
    def address(self) -> str:
        box = "-".join(map(str, self.region.box))
        return reverse("receipt_close_up", args=[self.receipt, self.region.identifier, box])


def sheet_held(code: str) -> HeldSheet | None:
    """The sheet whose receipt was typed, while its note is not on record."""
    waiting = Stub.objects.with_receipt(code).filter(note=None)
    stub = waiting.select_related("station__board__event", "consent").first()
    return HeldSheet(stub, tidy(code)) if stub else None


def cut_outs(note: Note, receipt: str) -> list[CutOut]:
    """The cut-outs to show on the page of a receipt; none where the note is held by cookie."""
    return [CutOut(region, receipt) for region in own_boxes(note)] if receipt else []


def keep_sheet(request: HttpRequest, hold: HeldSheet) -> HttpResponse:
    """One's own sheet with what can be done before it is on record; does what was asked for."""
    given = hold.stub.consent
    initial = {"public": given.public, "research": given.research} if given else {}
    consent = ConsentFields(request.POST or None, initial=initial | {"asked": hold.stub.asked})
    if consent.is_valid() and done(request, hold, consent):
        return redirect(hold.address)
    context = {"hold": hold, "stub": hold.stub, "board": hold.stub.station.board, "consent": consent}
    return render(request, "responses/receipt_sheet.html", context, status=422 if consent.errors else 200)


def done(request: HttpRequest, hold: HeldSheet, form: ConsentFields) -> bool:
    """Carry out what was chosen; a refusal is shown on the form."""
    try:
        count_change(hold.stub)
        change_stub_consent(hold.stub, form.consent(), by=request.viewer, receipt=hold.receipt)
        messages.success(request, _("Kept. It holds from the moment your note is on record."))
    except (Refused, TooMany) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def withdraw_sheet(request: HttpRequest, hold: HeldSheet) -> HttpResponse:
    """Ask once, then take the note back before it is on record."""
    refusal = ""
    if request.method == "POST":
        try:
            withdraw_stub(hold.stub, by=request.viewer, receipt=hold.receipt)
            messages.success(request, _("Your note is taken back."))
            return redirect(hold.address)
        except Refused as refused:
            refusal = str(refused)
    context = {"hold": hold, "stub": hold.stub, "board": hold.stub.station.board, "refusal": refusal}
    return render(request, "responses/receipt_sheet_withdraw.html", context, status=422 if refusal else 200)
