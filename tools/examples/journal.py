"""Examples of posts, of write-ups and their versions, of stories and of comments."""

from collections.abc import Callable

from journal.models import Attachment, Comment, Film, Illustration, State, Story, StoryCall
from people.guests import ANYBODY
from responses.receipts import receipt_for
from tools.examples.demo import EVENT, Examples, a_note
from tools.examples.people import people


def a_call() -> tuple[str]:
    """The call for stories of the demo."""
    return (StoryCall.objects.visible_to(ANYBODY)[0].slug,)


def stories() -> Examples:
    return [(story.identifier,) for story in Story.objects.visible_to(ANYBODY).shown()[:1]]


def codes_of_stories() -> Examples:
    """Of one that is shown, and of one that waits."""
    each = (Story.objects.shown()[0], Story.objects.held()[0])
    return [(receipt_for(story.key),) for story in each]


def codes_of_comments() -> Examples:
    """Of one that is shown, one that waits, and one that was taken away."""
    each = (Comment.objects.filter(state=state)[0] for state in (State.SHOWN, State.HELD, State.REMOVED))
    return [(receipt_for(comment.key),) for comment in each]


JOURNAL_EXAMPLES: dict[str, Callable[[], Examples]] = {
    **dict.fromkeys(("post_series", "post_series_feed"), lambda: [("how-we-read-a-wall",)]),
    **dict.fromkeys(("post_tag", "post_tag_feed"), lambda: [("counting",)]),
    "author_feed": lambda: people()[:1],
    "post": lambda: [("both-numbers-stay",)],
    "post_edit": lambda: [("both-numbers-stay",)],
    **dict.fromkeys(("story_call", "story_call_edit", "story_tell"), lambda: [a_call()]),
    "story": stories,
    "my_story": codes_of_stories,
    "post_comment": lambda: [("both-numbers-stay",)],
    "event_comment": lambda: [(EVENT,)],
    "my_comment": codes_of_comments,
    "report": lambda: [("note", a_note().identifier)],
    **dict.fromkeys(("film", "film_edit"), lambda: [(Film.objects.get().identifier,)]),
    **dict.fromkeys(("attachment", "attachment_edit"), lambda: [(Attachment.objects.get().identifier,)]),
    "illustration_edit": lambda: [(Illustration.objects.get().identifier,)],
    "illustration_file": lambda: [(Illustration.objects.get().identifier, "small.jpg")],
}

# Versions that readers saw, and one that only those who write see.
TEXT_EXAMPLES: dict[str, Callable[[], Examples]] = {
    "event_versions": lambda: [(EVENT,)],
    "event_version": lambda: [(EVENT, 1), (EVENT, 2), (EVENT, 3)],
    "event_compare": lambda: [(EVENT, 1, 2), (EVENT, 2, 3)],
    "post_versions": lambda: [("both-numbers-stay",)],
    "post_version": lambda: [("both-numbers-stay", 1)],
    "post_compare": lambda: [("both-numbers-stay", 1, 2)],
    **dict.fromkeys(("event_write", "event_preview"), lambda: [(EVENT,)]),
    **dict.fromkeys(("post_write", "post_preview"), lambda: [("both-numbers-stay",)]),
    "event_enclose": lambda: [(EVENT, kind) for kind in ("photo", "film", "file", "note", "story")],
    "post_enclose": lambda: [("both-numbers-stay", "illustration")],
}
