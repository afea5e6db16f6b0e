"""What people write afterwards: posts, write-ups, comments, stories, and how they are moderated."""

from journal.models.citing import Citation
from journal.models.comments import Comment, CommentQuerySet
from journal.models.enclosures import Attachment, Film, Illustration
from journal.models.moderating import REPORTED, Judgement, LearnedWord, Report
from journal.models.posts import Post, PostAuthor, PostQuerySet, PostSeries
from journal.models.promising import Sentence
from journal.models.sent import Sent, State
from journal.models.stories import Story, StoryCall, StoryCallQuerySet, StoryQuerySet
from journal.models.writings import Draft, Version, Writing, WritingQuerySet

__all__ = [
    "REPORTED",
    "Attachment",
    "Citation",
    "Comment",
    "CommentQuerySet",
    "Draft",
    "Film",
    "Illustration",
    "Judgement",
    "LearnedWord",
    "Post",
    "PostAuthor",
    "PostQuerySet",
    "PostSeries",
    "Report",
    "Sent",
    "Sentence",
    "State",
    "Story",
    "StoryCall",
    "StoryCallQuerySet",
    "StoryQuerySet",
    "Version",
    "Writing",
    "WritingQuerySet",
]
