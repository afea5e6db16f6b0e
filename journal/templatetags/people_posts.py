"""What people wrote, for their pages, which know no journal."""

from django import template
from django.db.models import QuerySet

from journal.models import Post
from people.guests import Viewer
from people.models import Person

register = template.Library()


@register.simple_tag
def posts_by(person: Person, viewer: Viewer) -> QuerySet[Post]:
    """The posts that name `person` as an author and that `viewer` may read, the newest first."""
    posts = Post.objects.visible_to(viewer).filter(authors__person=person)
    return posts.distinct().newest_first()
