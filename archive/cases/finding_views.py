"""The stewards' search for everything that is stored of somebody. Its words are in no address and no log."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from archive.cases.finding import MOST, MOST_IN_FILE, as_file, found
from archive.cases.forms import SearchForm
from people.cases import say_searched
from people.limits import TooMany
from people.models import Case


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def case_search(request: HttpRequest) -> HttpResponse:
    """Search every stored column; what is found is shown with where it stands, or given as a file."""
    if not request.viewer.is_steward:
        raise Http404
    number = request.POST.get("case") or request.GET.get("case", "")
    case = Case.objects.visible_to(request.viewer).filter(identifier=number).first()
    form, kinds, as_a_file = SearchForm(request.POST or None), None, request.POST.get("act") == "file"
    if form.is_valid():
        try:
            say_searched(by=request.viewer, case=case)
            kinds = found(form.cleaned_data["words"].strip(), most=MOST_IN_FILE if as_a_file else MOST)
        except TooMany as busy:
            form.add_error(None, str(busy))
    if kinds is not None and as_a_file:
        return _file(form.cleaned_data["words"], as_file(kinds))
    context = {"section": "desk", "form": form, "kinds": kinds, "case": case}
    return render(request, "archive/cases/search.html", context, status=422 if form.errors else 200)


def _file(words: str, things: list[dict[str, object]]) -> HttpResponse:
    told = {"made_at": timezone.now().isoformat(), "searched_for": words, "found": things}
    answer = JsonResponse(told, json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="what-is-held.json"'
    return answer
