"""What is held on whoever is signed in: read it, take it away, end the account."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from archive.leaving import end_account
from archive.own_data import as_file, held_on
from archive.own_data_forms import EndForm
from people.refusals import Refused

only_for_them = cache_control(private=True, no_store=True)


@require_safe
@only_for_them
def own_data(request: HttpRequest) -> HttpResponse:
    """Everything held on them, in words."""
    return render(request, "archive/own_data.html", {"held": held_on(request.user)})


@require_safe
@only_for_them
def own_data_file(request: HttpRequest) -> HttpResponse:
    """The same as a file that programs read."""
    told = {"made_at": timezone.now().isoformat(), **as_file(request.user)}
    answer = JsonResponse(told, json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="what-is-held-on-me.json"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@only_for_them
def account_end(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays, and end the account."""
    form = EndForm(request.POST or None, person=request.user)
    if form.is_valid():
        chosen = {name: value for name, value in form.cleaned_data.items() if name != "email"}
        try:
            end_account(request.user, by=request.viewer, **chosen)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            logout(request)
            messages.success(request, _("Your account has ended. Thank you for having been here."))
            return redirect("front")
    held = [one for kinds in held_on(request.user).values() for one in kinds]
    context = {
        "form": form,
        "goes": [one for one in held if not one.told.stays],
        "stays": [one for one in held if one.told.stays],
    }
    return render(request, "archive/account_end.html", context, status=422 if form.errors else 200)
