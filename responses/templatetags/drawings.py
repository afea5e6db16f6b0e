"""Drawings for templates; what hangs comes from `responses.gallery`."""

from django import template

from events.models import Event
from people.guests import Viewer
from responses.drawing_desk import words_of
from responses.drawing_forms import HideForm
from responses.gallery import Apart, Beside, Shown, apart_of, beside, on_stage
from responses.models import Drawing, Moderation, Picture

register = template.Library()
register.filter("words_of", words_of)


@register.simple_tag
def drawings_beside(event: Event, viewer: Viewer) -> list[Beside]:
    """The drawings of `event` that `viewer` may see, each with its first pictures; two queries."""
    drawings = list(Drawing.objects.visible_to(viewer).filter(event=event))
    for drawing in drawings:
        drawing.event = event
    return beside(drawings, Picture.objects.visible_to(viewer))


@register.simple_tag
def picture_on_stage(drawing: Drawing, viewer: Viewer, asked: str) -> Shown:
    """The picture on the big screen; the room's own pictures only where whoever projects may see them."""
    return on_stage(drawing, Picture.objects.visible_to(viewer), asked)


@register.simple_tag
def drawing_desk(drawing: Drawing) -> dict[str, list[Picture]]:
    """What those who run a drawing see of it: the pictures by how they stand, those that wait first."""
    found: dict[str, list[Picture]] = {state: [] for state in Moderation.values}
    standing = Picture.objects.standing().filter(drawing=drawing.pk).select_related("consent", "quotation")
    for picture in standing.order_by("number"):
        picture.drawing = drawing
        found[picture.moderation].append(picture)
    return found


@register.simple_tag
def counted_apart(drawing: Drawing) -> Apart:
    """How many pictures hang, and how many do not, by why not."""
    return apart_of(drawing)


@register.filter
def hide_form(picture: Picture) -> HideForm:
    return HideForm(auto_id=f"hide-{picture.identifier}-%s")
