"""The page from which everything is taken away, and the files that are answered at once."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from archive.columns import COLUMNS
from archive.rights import sees_research
from archive.search.limits import TooLong, bounded
from archive.search.query import PAGING, Query, read_query
from archive.take.answering import answered, made_now
from archive.take.forms import FORMS, Form, form_called
from archive.take.jobs import ASKED, ask_for_file, log_taken
from archive.take.rows import NO_TERMS, Taking
from coproduce.replica import reads_from_replica
from people.guests import ANYBODY
from people.limits import TooMany, count, network_of
from people.refusals import Refused

MINE = (*PAGING, "restricted", "page")


@dataclass(frozen=True, slots=True)
class Offer:
    """A form on the page: `why_not` says why there is no file, `is_at_once` whether nobody has to wait.

    `size` is about how many bytes it is; 0 where nobody can say.
    """

    form: Form
    address: str
    why_not: str
    is_at_once: bool
    size: int


@login_not_required
@never_cache
@require_safe
@reads_from_replica
def export_hub(request: HttpRequest) -> HttpResponse:
    return hub(request)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reads_from_replica
def export_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The file at once if it is small; else it is asked for by its button."""
    chosen = _form(form)
    try:
        taking = taking_of(request)
        if request.method == "POST":
            return asked(request, chosen, taking)
        with bounded():
            number = taking.number
        if number > chosen.at_once or (number and not chosen.at_once):
            return redirect(f"{reverse('export_hub')}?{_question(taking)}#{chosen.name}")
        return at_once(request, chosen, taking)
    except (Refused, TooLong, TooMany) as refusal:
        return hub(request, refusal)


def taking_of(request: HttpRequest) -> Taking:
    """What the address asks for. Refuses what no search understands, and what is not for this viewer."""
    restricted = request.GET.get("restricted") == "1"
    viewer = request.viewer if restricted else ANYBODY
    return Taking(read_query(request.GET, also=MINE), viewer, restricted=restricted)


def at_once(request: HttpRequest, form: Form, taking: Taking) -> HttpResponseBase:
    file, headers, rows = made_now(form, taking)
    if taking.restricted:
        log_taken(form.name, taking.query.querystring, rows, by=request.viewer)
    return answered(request, file, form, headers, private=taking.restricted)


def asked(request: HttpRequest, form: Form, taking: Taking) -> HttpResponse:
    """The page of the job; for whoever is not signed in, at an address nobody can guess."""
    count((ASKED, request.viewer.key or network_of(request)))
    made = ask_for_file(form.name, taking.query, by=request.viewer, restricted=taking.restricted)
    if made.token:
        return redirect("export_at", made.token)
    return redirect("export_job", made.job.identifier)


def hub(request: HttpRequest, refusal: Exception | None = None) -> HttpResponse:
    """The page with every form there is; `refusal` says what stood in the way of a file."""
    try:
        taking = taking_of(request)
        with bounded():
            number = taking.number
    except (Refused, TooLong) as trouble:
        refusal, taking, number = trouble, Taking(Query(), ANYBODY), None
    context = {
        "section": "archive", "taking": taking, "query": taking.query, "number": number,
        "offers": [_offer(form, taking, number) for form in FORMS] if number is not None else [],
        "question": _question(taking), "refusal": refusal, "columns": COLUMNS,
        "may_restrict": sees_research(request.viewer), "status": _status(refusal),
    }  # fmt: skip
    return render(request, "archive/take/hub.html", context, status=_status(refusal))


def _offer(form: Form, taking: Taking, number: int) -> Offer:
    why_not = form.missing()
    if not why_not and form.most is not None and number > form.most:
        why_not = _("It holds %(most)s rows at most.") % {"most": format(form.most, ",")}
    address = f"{reverse('export_file', args=[form.name])}?{_question(taking)}".rstrip("?")
    is_at_once = number <= form.at_once and form.at_once > 0
    return Offer(form, address, why_not, is_at_once, number * form.row_size)


def _question(taking: Taking) -> str:
    """What stands behind the question mark of the same page."""
    parts = (taking.query.querystring, "restricted=1" if taking.restricted else "")
    return "&".join(filter(None, parts))


def _status(refusal: Exception | None) -> int:
    match refusal:
        case None:
            return 200
        case TooMany():
            return 429
        case TooLong():
            return 503
    return 403 if str(refusal) == NO_TERMS else 400


def _form(name: str) -> Form:
    if name not in {form.name for form in FORMS}:
        raise Http404("There is no such form.")
    return form_called(name)
