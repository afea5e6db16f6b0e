"""Where the posts, stories, comments and texts of a scene stand."""

from collections.abc import Callable, Iterator

from journal.models import Attachment, Film, Illustration, Story, Version, Writing
from responses.models import Note, Option, Picture
from responses.receipts import receipt_for
from tests.rules.places.events import of_event
from tests.rules.places.people import of_people
from tests.rules.scenes import Scene


def of_posts(scene: Scene) -> Iterator[dict]:
    return ({"slug": post.slug} for post in scene.posts)


def of_post_series(scene: Scene) -> Iterator[dict]:
    return ({"slug": post.series.slug} for post in scene.posts if post.series)


def of_post_tags(scene: Scene) -> Iterator[dict]:
    return ({"slug": tag.slug} for post in scene.posts for tag in post.tags.all())


def of_calls(scene: Scene) -> Iterator[dict]:
    return ({"slug": call.slug} for call in scene.event.story_calls.all())


def of_stories(scene: Scene) -> Iterator[dict]:
    stories = Story.objects.filter(call__in=scene.event.story_calls.all())
    return ({"identifier": story.identifier} for story in stories)


def of_story_pictures(scene: Scene) -> Iterator[dict]:
    for picture in Illustration.objects.filter(story__call__in=scene.event.story_calls.all()):
        facts = {"identifier": picture.identifier, "name": "small.jpg"}
        yield {"code": receipt_for(picture.story.key), **facts}


def of_story_codes(scene: Scene) -> Iterator[dict]:
    stories = Story.objects.filter(call__in=scene.event.story_calls.all())
    return ({"code": receipt_for(story.key)} for story in stories)


def of_comment_codes(scene: Scene) -> Iterator[dict]:
    return ({"code": receipt_for(comment.key)} for comment in scene.event.comments.all())


def of_reported(scene: Scene) -> Iterator[dict]:
    """One of everything that can be reported, whoever may see it."""
    event = scene.event
    boards = Note.objects.filter(board__event=event), Option.objects.filter(poll__event=event)
    pictures = Picture.objects.filter(drawing__event=event), event.photos.all()
    told = Story.objects.filter(call__in=event.story_calls.all())
    for things in (*boards, *pictures, event.comments.all(), told, scene.posts, [event]):
        for thing in things:
            yield {"kind": thing._meta.model_name, "identifier": thing.identifier}


def of_versions(scene: Scene) -> Iterator[dict]:
    for version in Version.objects.filter(writing__event=scene.event):
        yield {"slug": scene.event.slug, "number": version.number}


def _of_texts(scene: Scene) -> list[Writing]:
    return [scene.event.writing, *(post.writing for post in scene.posts)]


def of_films(scene: Scene) -> Iterator[dict]:
    return ({"identifier": one.identifier} for one in Film.objects.filter(writing__in=_of_texts(scene)))


def of_attachments(scene: Scene) -> Iterator[dict]:
    return ({"identifier": one.identifier} for one in Attachment.objects.filter(writing__in=_of_texts(scene)))


def of_illustrations(scene: Scene) -> Iterator[dict]:
    for one in Illustration.objects.filter(writing__in=_of_texts(scene)):
        yield {"identifier": one.identifier, "name": "small.jpg"}


def enclosing(kwargs: Iterator[dict], *kinds: str) -> Iterator[dict]:
    return ({**one, "kind": kind} for one in kwargs for kind in kinds)


PLACES: dict[str, Callable[[Scene], Iterator[dict]]] = {
    **dict.fromkeys(("post", "post_edit"), of_posts),
    **dict.fromkeys(("post_series", "post_series_feed"), of_post_series),
    **dict.fromkeys(("post_tag", "post_tag_feed"), of_post_tags),
    "author_feed": of_people,
    "event_versions": of_event,
    "event_version": of_versions,
    "event_compare": lambda scene: ({**one, "first": 1, "second": 2} for one in of_event(scene)),
    "post_versions": of_posts,
    "post_version": lambda scene: ({**one, "number": 1} for one in of_posts(scene)),
    "post_compare": lambda scene: ({**one, "first": 1, "second": 2} for one in of_posts(scene)),
    **dict.fromkeys(("event_write", "event_draft", "event_preview", "event_together"), of_event),
    **dict.fromkeys(("post_write", "post_draft", "post_preview", "post_together"), of_posts),
    "event_promises_found": of_event,
    "post_promises_found": of_posts,
    "event_enclose": lambda scene: enclosing(of_event(scene), "photo", "film", "file", "note", "story"),
    "post_enclose": lambda scene: enclosing(of_posts(scene), "photo", "film", "file", "illustration"),
    **dict.fromkeys(("film", "film_edit"), of_films),
    **dict.fromkeys(("attachment", "attachment_edit"), of_attachments),
    "illustration_edit": lambda scene: ({"identifier": one["identifier"]} for one in of_illustrations(scene)),
    "illustration_file": of_illustrations,
    **dict.fromkeys(("story_call", "story_call_edit", "story_tell"), of_calls),
    "story": of_stories,
    "my_story": of_story_codes,
    "my_story_picture": of_story_pictures,
    "my_comment": of_comment_codes,
    "event_comment": of_event,
    "post_comment": of_posts,
    "report": of_reported,
}
