"""`python -m bench.spam`: what robots get past the comment form, and how much there is to decide.

The robots are those of `bench.bots`, each from a network of its own, and a room of 36 people writes
beside them. Then 25 people write four comments each on four days, and somebody decides about each that waits.
"""
# ruff: noqa: E402  the apps must be ready before anything that names their models is imported

import logging
import os
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.settings")

import django

django.setup()

from django.utils import timezone

from bench.bots import ROBOTS, Drill, room, sentence, standing_clock
from bench.place import guest, own_database
from journal.comments import add_comment
from journal.judging import judge
from journal.models import Comment, Post, State
from journal.spam.screening import look_at
from journal.spam.trust import trust_of
from people.guests import Viewer
from people.models import Person, Role

SECONDS = 10  # assumed for reading a comment of thirty words and ticking it
SECONDS_AT_ONCE = 2  # assumed for one of many that are plainly advertising, decided in one go
PLAIN = 0.9  # likeness from which that is so, as on the page of what waits
WRITERS, DAYS = 25, 4


def drills() -> Iterator[tuple[str, Drill]]:
    """What each robot came to, and then the room."""
    post = Post.objects.create(slug="bench", title="Bench", published_at=timezone.now())
    for number, (name, robot) in enumerate([*ROBOTS.items(), ("36 people in one room", room)]):
        with standing_clock() as clock:
            drill = Drill(f"/journal/{post.slug}/comment/", clock, f"10.0.{number}.1")
            robot(drill)
        yield name, drill


def decisions_of_a_community() -> tuple[int, int]:
    """How many comments people sent who come again, and how many of them somebody had to decide about."""
    steward = Person.objects.create_user("bench@example.org", name="Bench")
    Role.objects.create(person=steward, kind=Role.Kind.STEWARD)
    post = Post.objects.create(slug="people", title="People", published_at=timezone.now())
    sent = held = 0
    for day in range(DAYS):
        for writer in range(WRITERS):
            sent += 1
            comment = said(post, guest(writer), sentence(1000 + sent), days_ago=DAYS - day)
            if comment.state == State.HELD:
                held += 1
                judge(comment, State.SHOWN, by=Viewer(person=steward))
    return sent, held


def said(post: Post, by: Viewer, text: str, *, days_ago: int) -> Comment:
    verdict = look_at(text, fields={}, trust=trust_of(by))
    comment = add_comment(post, by=by, key=uuid4(), text=text, verdict=verdict)
    Comment.objects.filter(pk=comment.pk).update(sent_at=timezone.now() - timedelta(days=days_ago))
    comment.refresh_from_db()
    return comment


def main() -> None:
    # What was refused is counted below; a line for each would bury that.
    logging.disable(logging.WARNING)
    with own_database():
        print(f"{'who':32}{'sent':>6}{'refused':>9}{'dropped':>9}{'held':>6}{'public':>8}")
        for name, drill in drills():
            came_to = drill.came_to
            told = "".join(
                f"{came_to[what]:>{width}}"
                for what, width in (("refused", 9), ("dropped", 9), ("held", 6), ("public", 8))
            )
            print(f"{name:32}{came_to.total():>6}{told}")
        plain = Comment.objects.filter(state=State.HELD, likeness__gt=PLAIN).count()
        waits = Comment.objects.filter(state=State.HELD).count()
        print(f"\nOf {waits} that wait, {plain} are plainly advertising (likeness above {PLAIN}).")
        sent, held = decisions_of_a_community()
        minutes = held * SECONDS / 60 / sent * 100
        print(
            f"{WRITERS} people wrote {DAYS} comments each on {DAYS} days: {held} decisions for {sent},\n"
            f"{minutes:.1f} minutes for a hundred at {SECONDS} seconds each (assumed, not measured).\n"
            f"A hundred that are plainly advertising take {100 * SECONDS_AT_ONCE / 60:.1f} minutes at "
            f"{SECONDS_AT_ONCE} seconds each in one go (assumed)."
        )


if __name__ == "__main__":
    main()
