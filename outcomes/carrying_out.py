"""Carrying out what one of several forms on a page asks for."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.db.models import Model
from django.forms import Form
from django.http import HttpRequest

from people.refusals import Refused

# Takes the request, the thing and the form that was sent, if there is one; says what was done.
Act = Callable[[HttpRequest, Model, Form | None], str]


def carried_out(
    request: HttpRequest, thing: Model, acts: Mapping[str, Act], forms: Mapping[str, Form]
) -> bool:
    """Do to `thing` what the button that was pressed asks for, and say so; whether the page can go on.

    A refusal is shown on the form that asked, or where there is none as a message.
    """
    name = request.POST.get("act", "")
    form = forms.get(name)
    if name not in acts or (form and not form.is_valid()):
        return False
    try:
        messages.success(request, acts[name](request, thing, form))
    except Refused as refusal:
        if form:
            form.add_error(None, str(refusal))
            return False
        messages.error(request, str(refusal))
    return True
