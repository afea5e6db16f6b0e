"""Sentences of a text that sound like promises: whoever writes it puts on the ledger what was one."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.models import Event
from journal.editing import writing_if_any
from journal.models import Post, Writing
from journal.promise_words import Said
from journal.promising import found_in, mark_promise, marked_in, others_in, shown_version
from outcomes.promise_forms import OwnerForm
from outcomes.promises import may_answer_for
from people.guests import Viewer
from people.models import Organisation, Person
from people.refusals import Refused

type Of = Event | Post


@require_http_methods(["GET", "HEAD", "POST"])
def found(request: HttpRequest, slug: str, what: type[Of]) -> HttpResponse:
    """The list of them, each with its own form; nothing is marked before somebody presses its button.

    Any other sentence can be chosen too, by an address that names it.
    """
    of = get_object_or_404(what.objects.visible_to(request.viewer).run_by(request.viewer), slug=slug)
    writing, make_form = writing_if_any(of), _forms(of, request)
    typed = Said(*((request.POST or request.GET).get(name, "") for name in ("block", "sentence")))
    pressed = make_form("typed", request.POST or None) if typed.text or request.POST else None
    if pressed and pressed.is_bound and pressed.is_valid() and _mark(request, writing, pressed):
        return redirect(request.path)
    rows = [(said, make_form(f"s{number}")) for number, said in enumerate(found_in(writing), 1)]
    context = {
        "section": "events" if isinstance(of, Event) else "journal",
        "of": of,
        "kind": "event" if isinstance(of, Event) else "post",
        "shown": shown_version(writing),
        "rows": rows,
        "marked": marked_in(writing).values() if writing.pk else (),
        "pressed": pressed,
        "typed": typed,
        "others": others_in(writing),
    }
    return render(request, "journal/promises_found.html", context, status=422 if request.POST else 200)


def _mark(request: HttpRequest, writing: Writing, form: OwnerForm) -> bool:
    """Mark the sentence that was sent; a refusal is shown on the form."""
    said = request.POST.get("block", ""), request.POST.get("sentence", "")
    try:
        mark_promise(writing, *said, by=request.viewer, **form.facts())
        messages.success(request, _("It is on the ledger, with a link to where it was said."))
    except Refused as refused:
        form.add_error(None, str(refused))
    return form.is_valid()


def _forms(of: Of, request: HttpRequest) -> Callable[..., OwnerForm]:
    """Makes the form of each sentence: who may be named is looked up once."""
    bodies = list(Organisation.objects.visible_to(request.viewer).order_by("name"))
    people = _may_answer(of, request.viewer)

    def make(name: str, typed: object = None) -> OwnerForm:
        return OwnerForm(bodies, people, typed, auto_id=f"id_{name}_%s")

    return make


def _may_answer(of: Of, viewer: Viewer) -> Sequence[Person]:
    if isinstance(of, Event):
        return may_answer_for(of, viewer)
    authors = [one.person for one in of.authors.select_related("person") if one.person]
    return list(dict.fromkeys([viewer.person, *authors]))
