"""How often one's own story may be changed, and how many pictures a network sends with stories."""

from django.http import HttpRequest

from journal.models import Story
from people.limits import Limit, count, network_of

CHANGES = Limit("changes of a story in an hour", 60, 3600)
# Reading a picture takes a second or two of the machine.
PICTURES = Limit("pictures of a story in ten minutes", 10, 600)
PICTURES_FROM = Limit("story pictures of a network in an hour", 60, 3600)


def count_change(story: Story) -> None:
    """Count a change about to be made; raises people.limits.TooMany."""
    count((CHANGES, str(story.pk)))


def count_picture(request: HttpRequest, story: Story) -> None:
    """Count a picture about to be read; raises people.limits.TooMany."""
    count((PICTURES, str(story.pk)), (PICTURES_FROM, network_of(request)))
