"""The page of the work that no page waits for, mail among it: what waits, what runs, what failed."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coproduce.work import overview, queue
from people import outbox


@require_http_methods(["GET", "HEAD", "POST"])
def work(request: HttpRequest) -> HttpResponse:
    if not request.viewer.is_steward:
        raise Http404
    if request.method == "POST":
        if is_tried(request):
            messages.success(request, _("It waits its turn again."))
        else:
            messages.error(request, _("Nothing is left of that to try again."))
        return redirect("work")
    context = {
        "work": overview.overview(),
        "letters_on_the_way": outbox.on_the_way().count(),
        "letters_given_up": outbox.given_up()[: overview.MOST],
    }
    return render(request, "work.html", context)


def is_tried(request: HttpRequest) -> bool:
    """Have a task or a letter that was given up tried once more; whether there is one."""
    kind, _, pk = request.POST.get("again", "").partition(" ")
    if kind == "letter" and pk.isascii() and pk.isdigit():
        return outbox.try_again(int(pk[:18]), by=request.viewer)
    return kind == "task" and is_uuid(pk) and queue.try_again(UUID(pk))


def is_uuid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def in_trouble() -> int:
    """How many tasks and letters were given up, or stand far behind: what a steward's desk says."""
    return overview.in_trouble() + outbox.given_up().exclude(to="").count()
