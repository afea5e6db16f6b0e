"""One suggestion of a poll: its page for good, taking it back, and what those who run the poll do with it."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from events.reach import reach_in
from people.refusals import Refused
from responses.models import Option
from responses.models.polls import OptionQuerySet
from responses.moderation import REASONS
from responses.poll import answer_option, count_hands, hide_option, show_option, withdraw_option
from responses.poll_forms import AnswerOptionForm, HandsForm, HideForm, TakeDownForm
from responses.poll_results import results_of


def with_poll(options: OptionQuerySet) -> OptionQuerySet:
    return options.select_related("poll__event__series", "agenda_item", "participant")


@login_not_required
@require_safe
def option(request: HttpRequest, identifier: str) -> HttpResponse:
    options = Option.objects.visible_to(request.viewer)
    option = with_poll(options).filter(identifier=identifier).first()
    if option is None:
        return tombstone(request, identifier)
    poll = option.poll
    results = results_of(poll, options)
    context = {
        "section": "events",
        "option": option,
        "poll": poll,
        "results": results,
        "row": next((row for row in results.rows if row.option.pk == option.pk), None),
        "is_own": Option.objects.of(request.viewer).filter(pk=option.pk).exists(),
        "reach": reach_in(poll.event, request.viewer),
        "address": f"{settings.SITE_URL}{option.get_absolute_url()}",
    }
    return render(request, "responses/option.html", context)


def tombstone(request: HttpRequest, identifier: str) -> HttpResponse:
    """410 to those who could see it before it went; to others it never was."""
    gone = with_poll(Option.objects.once_visible_to(request.viewer)).filter(identifier=identifier).first()
    if gone is None:
        raise Http404
    return render(request, "responses/option_gone.html", {"option": gone, "poll": gone.poll}, status=410)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def option_withdraw(request: HttpRequest, identifier: str) -> HttpResponse:
    """Ask once, then take one's own suggestion away."""
    option = get_object_or_404(with_poll(Option.objects.of(request.viewer)), identifier=identifier)
    refusal = ""
    if request.method == "POST":
        try:
            withdraw_option(option, by=request.viewer)
            messages.success(request, _("Your suggestion is gone. A line says that one was withdrawn."))
            return redirect(option.poll)
        except Refused as refused:
            refusal = str(refused)
    context = {"option": option, "poll": option.poll, "refusal": refusal}
    return render(request, "responses/option_withdraw.html", context, status=422 if refusal else 200)


# What those who run or moderate the poll can do, each with the form it takes.
FORMS: dict[str, type[forms.Form]] = {
    "show": forms.Form,
    "hide": HideForm,
    "count": HandsForm,
    "answer": AnswerOptionForm,
    "take_down": TakeDownForm,
}
DONE = {
    "show": gettext_lazy("{} is on the list."),
    "hide": gettext_lazy("{} is hidden. You can show it again."),
    "count": gettext_lazy("The hands for {} are counted."),
    "answer": gettext_lazy("{} is answered."),
    "take_down": gettext_lazy("{} is gone. A line says that one was withdrawn."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def option_desk(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show, hide, count hands for, answer or take down one suggestion."""
    options = with_poll(Option.objects.visible_to(request.viewer).moderated_by(request.viewer))
    option = get_object_or_404(options, identifier=identifier)
    act, shown = request.POST.get("act", ""), unsent_forms(option)
    if act in FORMS:
        form = shown[act] = form_of(act, option, request.POST)
        if form.is_valid():
            try:
                do(act, option, form, request)
                messages.success(request, DONE[act].format(option.label))
                return redirect(f"{option.poll.get_absolute_url()}facilitate/#suggestions")
            except Refused as refusal:
                form.add_error(None, str(refusal))
    failed = any(form.errors for form in shown.values())
    context = {"section": "events", "option": option, "poll": option.poll, "forms": shown, "reasons": REASONS}
    context["reach"] = reach_in(option.poll.event, request.viewer)
    return render(request, "responses/option_desk.html", context, status=422 if failed else 200)


def unsent_forms(option: Option) -> dict[str, forms.Form]:
    return {act: form_of(act, option) for act in FORMS}


def form_of(act: str, option: Option, data: QueryDict | None = None) -> forms.Form:
    """The form of `act`, filled with how `option` stands; its fields are told apart by their ids."""
    kind, known = FORMS[act], {"number": option.counted_in_room, "item": option.agenda_item_id}
    known |= {"answer": option.answer, "why": option.moderation_why if act == "hide" else ""}
    about = (option.poll.event.agenda.all(),) if act == "answer" else ()
    return kind(*about, data, initial=known, auto_id=f"{act}-%s")


def do(act: str, option: Option, form: forms.Form, request: HttpRequest) -> None:
    typed, by = form.cleaned_data, request.viewer
    match act:
        case "show":
            show_option(option, by=by)
        case "hide":
            hide_option(option, typed["why"], by=by)
        case "count":
            count_hands(option, typed["number"], by=by)
        case "answer":
            answer_option(option, by=by, item=typed["item"], answer=typed["answer"])
        case "take_down":
            withdraw_option(option, by=by, why=typed["why"])
