"""Beginning posts, what is known of them, and from when readers see them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from events.models import Event
from journal.models import Post, PostSeries
from journal.posts import begin_post, date_post, edit_post, found_post_series
from journal.publishing import NotPublished
from journal.slugs import RESERVED
from journal.writing import save_version, writing_of
from people.guests import ANYBODY, Viewer
from people.models import Act, Person
from people.refusals import Refused
from tests.conftest import make_person

FACTS = {
    "title": "Afterwards", "summary": "", "byline": "", "authors": [], "series": None, "part": None,
    "tags": [], "events": [], "takes_comments": True,
}  # fmt: skip


def write(post: Post, by: Viewer, html: str = "<p>We went home.</p>", based_on: int = 0) -> None:
    block = {"id": "aaaa", "kind": "text", "html": html}
    save_version(writing_of(post, by=by), [block], by=by, based_on=based_on)


@pytest.fixture
def post(ada: Viewer) -> Post:
    return begin_post("Afterwards", by=ada)


def test_only_organisers_begin_posts(ada: Viewer, researcher: Viewer, cleo: Viewer) -> None:
    for viewer in (researcher, cleo, Viewer(person=make_person("Ben"))):
        with pytest.raises(Refused, match="organisers"):
            begin_post("Mine", by=viewer)
    assert begin_post("Mine", by=ada).is_run_by(ada)


def test_a_post_is_nobodys_but_its_authors_until_it_is_published(
    post: Post, ada: Viewer, steward: Viewer, researcher: Viewer
) -> None:
    sees = [viewer for viewer in (ada, steward, researcher, ANYBODY) if Post.objects.visible_to(viewer)]
    assert sees == [ada, steward]


def test_two_posts_of_one_title_have_two_addresses_and_none_has_that_of_a_page(ada: Viewer) -> None:
    slugs = [begin_post(title, by=ada).slug for title in ("Twice", "Twice", "New", "Feed", "!?")]
    assert slugs[:2] == ["twice", "twice-2"]
    assert slugs[4] == "post"
    assert not set(slugs) & set(RESERVED)


@pytest.mark.django_db(transaction=True)
def test_posts_of_one_title_begun_at_once_all_come_to_be(ada: Viewer) -> None:
    def begin(_: int) -> str:
        try:
            return begin_post("At once", by=ada).slug
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(begin, range(6)))) == 6


def test_a_changed_title_changes_no_address(post: Post, ada: Viewer) -> None:
    edit_post(post, by=ada, **FACTS | {"title": "What came later"})
    assert (post.title, post.get_absolute_url()) == ("What came later", "/journal/afterwards/")


def test_authors_are_named_in_order_and_may_write_in_it(post: Post, ada: Viewer) -> None:
    ben = Viewer(person=make_person("Ben"))
    assert not post.is_run_by(ben)
    edit_post(post, by=ada, **FACTS | {"authors": ["A reading group", ben.person]})
    assert [str(author) for author in post.credited] == ["A reading group", "Ben"]
    assert post.is_run_by(ben)
    assert post.written_by == "A reading group and Ben"
    edit_post(post, by=ben, **FACTS | {"title": "Ours"})
    assert not post.is_run_by(ben)


def test_an_author_who_left_is_not_named_as_somebody_without_a_name(post: Post, ada: Viewer) -> None:
    gone = Person.objects.create(name="Gone")
    edit_post(post, by=ada, **FACTS | {"authors": [gone, "Ada"]})
    gone.delete()
    assert Post.objects.get(pk=post.pk).written_by == "Ada"


def test_strangers_and_other_organisers_change_nothing(post: Post, researcher: Viewer) -> None:
    other = Viewer(person=make_person("Ola", "organiser"))
    for viewer in (other, researcher, ANYBODY):
        with pytest.raises(Refused, match="Only those who write"):
            edit_post(post, by=viewer, **FACTS)
        with pytest.raises(Refused, match="Only those who write"):
            date_post(post, timezone.now(), by=viewer)


def test_no_two_posts_have_one_place_in_a_series(post: Post, ada: Viewer) -> None:
    edit_post(post, by=ada, **FACTS | {"series": "Slow questions", "part": 1, "parts": 4})
    series = PostSeries.objects.get()
    assert (series.name, series.parts, post.part) == ("Slow questions", 4, 1)
    second = begin_post("Second", by=ada)
    with pytest.raises(Refused, match="a part 1 already"):
        edit_post(second, by=ada, **FACTS | {"title": "Second", "series": series, "part": 1})
    edit_post(second, by=ada, **FACTS | {"title": "Second", "series": "slow QUESTIONS", "part": 2})
    assert PostSeries.objects.get().posts.count() == 2


def test_the_length_of_a_series_stays_where_a_later_part_does_not_say_it(post: Post, ada: Viewer) -> None:
    series = found_post_series("Slow questions", by=ada)
    edit_post(post, by=ada, **FACTS | {"series": series, "part": 1, "parts": 4})
    edit_post(post, by=ada, **FACTS | {"series": series, "part": 1})
    assert PostSeries.objects.get().parts == 4


def test_an_event_that_an_author_does_not_see_stays_linked(
    post: Post, ada: Viewer, make_event: Callable[..., Event]
) -> None:
    hidden = make_event("hidden", status=Event.Status.DRAFT)
    ben = Viewer(person=make_person("Ben"))
    edit_post(post, by=ada, **FACTS | {"events": [hidden], "authors": [ada.person, ben.person]})
    edit_post(post, by=ben, **FACTS | {"authors": [ada.person, ben.person]})
    assert list(post.events.all()) == [hidden]
    edit_post(post, by=ada, **FACTS)
    assert not post.events.exists()


def test_a_post_without_words_is_not_published(post: Post, ada: Viewer) -> None:
    with pytest.raises(Refused, match="Write the text first"):
        date_post(post, timezone.now(), by=ada)
    write(post, ada, html="<p> </p>")
    with pytest.raises(Refused):
        date_post(post, timezone.now(), by=ada)
    post.refresh_from_db()
    assert post.published_at is None


def test_publishing_shows_the_text_as_it_was_saved_last(post: Post, ada: Viewer) -> None:
    write(post, ada)
    write(post, ada, "<p>We went home late.</p>", based_on=1)
    date_post(post, timezone.now(), by=ada)
    assert Post.objects.visible_to(ANYBODY).get().writing.shown == 2


def test_what_has_to_be_put_right_keeps_a_post_from_its_readers(post: Post, ada: Viewer) -> None:
    write(post, ada, "<h3>A small heading first</h3><p>Words.</p>")
    with pytest.raises(NotPublished):
        date_post(post, timezone.now(), by=ada)
    assert not Post.objects.visible_to(ANYBODY).exists()


def test_a_post_of_tomorrow_is_not_there_today(post: Post, ada: Viewer) -> None:
    write(post, ada)
    date_post(post, timezone.now() + timedelta(days=1), by=ada)
    assert not Post.objects.visible_to(ANYBODY).exists()
    Post.objects.update(published_at=timezone.now() - timedelta(seconds=1))
    assert Post.objects.visible_to(ANYBODY).exists()


def test_a_post_can_be_taken_back_and_published_again(post: Post, ada: Viewer) -> None:
    write(post, ada)
    for at in (timezone.now(), None, timezone.now() - timedelta(days=400)):
        date_post(post, at, by=ada)
        assert Post.objects.visible_to(ANYBODY).exists() == (at is not None)
    verbs = Act.objects.filter(subject=post.identifier).order_by("pk").values_list("verb", flat=True)
    assert [verb for verb in verbs if "publish" in verb][-3:] == ["published", "unpublished", "published"]
