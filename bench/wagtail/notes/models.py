"""A page of an event with its notes in a stream of blocks, which is how Wagtail holds such a list."""

from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page


class NoteBlock(blocks.StructBlock):
    heading = blocks.CharBlock()
    mark = blocks.CharBlock()
    origin = blocks.CharBlock()
    label = blocks.CharBlock()
    text = blocks.TextBlock()
    added_at = blocks.DateTimeBlock()

    class Meta:
        template = "notes/note.html"


class EventPage(Page):
    place = models.CharField(max_length=100, blank=True)
    notes = StreamField([("note", NoteBlock())])
