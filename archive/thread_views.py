"""My thread: what I said here and what came of it, by cookie, account and receipts."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from archive.exports import to_csv, to_excel
from archive.thread.files import NAMES, as_json, rows_of
from archive.thread.kept import MOST, codes_kept, forget_codes, keep_codes
from archive.thread.pieces import Thread
from archive.thread.threads import fits, thread_of, thread_of_receipt
from archive.views import CSV
from coproduce.identifiers import in_fours, tidy
from responses.forms import ReceiptForm
from responses.views.own import count_against, no_such_receipt, wrong_receipt

FULL = format_lazy(
    gettext_lazy(
        "This device keeps {most} receipts already. Forget them first, or look this one up by itself."
    ),
    most=MOST,
)


@dataclass(frozen=True, slots=True)
class Written:
    """A file of a thread: what it is made of and what it is called by those who read it."""

    write: Callable[[Thread], bytes]
    content_type: str
    label: str


FILES = {
    "thread.csv": Written(lambda thread: b"".join(to_csv(rows_of(thread), NAMES)), CSV, "CSV"),
    "thread-for-spreadsheets.csv": Written(
        lambda thread: b"".join(to_excel(rows_of(thread), NAMES)), CSV, gettext_lazy("CSV for spreadsheets")
    ),
    "thread.json": Written(as_json, "application/json", "JSON"),
}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_thread(request: HttpRequest) -> HttpResponse:
    if request.POST.get("act") == "forget":
        return forget(request)
    form = ReceiptForm(request.POST or None)
    if form.is_valid() and (answer := add(request, form)):
        return answer
    codes = codes_kept(request)
    whole = thread_of(request.viewer, codes)
    context = {
        "whole": whole, "thread": chosen(whole, request), "form": form, "kept": len(codes),
        "series": request.GET.get("series", ""), "files": files_at("my_thread_file"),
    }  # fmt: skip
    return render(request, "archive/thread.html", context, status=422 if form.errors else 200)


def add(request: HttpRequest, form: ReceiptForm) -> HttpResponse | None:
    """Let the device keep the receipt that was typed; None where the form says why not."""
    code, codes = tidy(form.cleaned_data["code"]), codes_kept(request)
    if not fits(code):
        form.add_error("code", _("Nothing here has this receipt. Look at each letter once more."))
        return count_against(request)
    if code not in codes and len(codes) >= MOST:
        form.add_error("code", FULL)
        return None
    answer = redirect("my_thread")
    keep_codes(answer, list(dict.fromkeys([*codes, code])))
    messages.success(request, _("Added. This device keeps the receipt; nobody else sees it."))
    return answer


def forget(request: HttpRequest) -> HttpResponse:
    answer = redirect("my_thread")
    forget_codes(answer)
    messages.success(request, _("Forgotten on this device. The receipts themselves still work."))
    return answer


@login_not_required
@never_cache
@require_safe
def my_thread_file(request: HttpRequest, name: str) -> HttpResponse:
    return file_of(thread_of(request.viewer, codes_kept(request)), request, name)


@login_not_required
@never_cache
@require_safe
def receipt_thread(request: HttpRequest, code: str) -> HttpResponse:
    thread = thread_of_receipt(code)
    if thread is None:
        return no_such_receipt(request, ReceiptForm({"code": code}))
    files = files_at("receipt_thread_file", tidy(code))
    context = {"whole": thread, "thread": thread, "code": in_fours(tidy(code)), "files": files}
    return render(request, "archive/thread.html", context)


@login_not_required
@never_cache
@require_safe
def receipt_thread_file(request: HttpRequest, code: str, name: str) -> HttpResponse:
    thread = thread_of_receipt(code)
    return file_of(thread, request, name) if thread else wrong_receipt(request)


def chosen(thread: Thread, request: HttpRequest) -> Thread:
    """The part of a thread that the address asks for: one series, or all of it."""
    slug = request.GET.get("series", "")
    return thread.of_series(slug) if slug else thread


def file_of(thread: Thread, request: HttpRequest, name: str) -> HttpResponse:
    """A thread as the file with this name; 404 where there is no such file."""
    written = FILES.get(name)
    if written is None:
        raise Http404
    answer = HttpResponse(written.write(chosen(thread, request)), content_type=written.content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


def files_at(route: str, *held: str) -> list[tuple[str, str]]:
    """Each file under `route`: its address and what it is called."""
    return [(reverse(route, args=[*held, name]), written.label) for name, written in FILES.items()]
