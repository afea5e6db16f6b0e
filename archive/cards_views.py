"""Cards as a file."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from archive.cards import NAMES, rows_of
from archive.exports import to_excel
from responses.models import Cards


@login_not_required
@require_safe
def cards_csv(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    """The cards for a spreadsheet, which cannot take any cell for a formula."""
    seen = Cards.objects.visible_to(request.viewer).select_related("event")
    cards = get_object_or_404(seen, event__slug=event, slug=slug)
    content = b"".join(to_excel(rows_of(cards), NAMES))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = f'attachment; filename="{event}-{slug}.csv"'
    if request.viewer.is_anybody:
        patch_cache_control(response, no_cache=True)
    return response
