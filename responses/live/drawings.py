"""What a stream says of a drawing: what hangs now, as the first page of its gallery shows it."""

from django.template.loader import render_to_string

from people.guests import ANYBODY
from responses.gallery import gallery_of
from responses.live.audiences import Audience
from responses.models import Activity, Drawing, Picture


def live_results(activity: Activity, audience: Audience = Audience.PUBLIC) -> str:
    """The `#results` of a drawing's page, for everybody in `audience` and without any viewer in it."""
    drawing = Drawing.objects.select_related("event").get(pk=activity.pk)
    in_room = audience == Audience.ROOM
    readable = Picture.objects.standing() if in_room else Picture.objects.visible_to(ANYBODY)
    context = {"drawing": drawing, "gallery": gallery_of(drawing, readable)}
    return render_to_string("responses/drawing.html#results", context)
