"""Putting a text before its readers, and taking it away."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from events.models import Event, Quotation, RecordChange
from events.record import add_quotation, remove_quotation
from journal.checks import findings
from journal.models import Film, Version
from journal.posts import begin_post
from journal.publishing import FIRST, NotPublished, publish_text, unpublish_text
from journal.writing import Overtaken, restore_version, writing_of
from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from responses.models import Photo
from responses.photos.publishing import Said, describe_photo
from tests.photos import make_photo
from tests.texts import names, published, quoted, saved, words

MakeEvent = Callable[..., Event]


@pytest.fixture
def event(make_event: MakeEvent) -> Event:
    return make_event()


def lines(event: Event) -> list[tuple[str, str, int | None]]:
    return [(change.kind, change.what, change.version) for change in event.changes.all()]


def described(event: Event, ada: Viewer) -> Photo:
    photo = make_photo(event, ada)
    said = Said(alt="A wall with twelve sheets.", caption="The wall", basis=Photo.Basis.NOBODY)
    return describe_photo(photo, said, by=ada)


def test_readers_see_a_text_once_it_is_published(client: object, event: Event, ada: Viewer) -> None:
    version = saved(event, words("<p>We read it.</p>"), by=ada)
    assert "We read it." not in client.get(event.get_absolute_url()).text
    publish_text(version.writing, by=ada)
    assert "We read it." in client.get(event.get_absolute_url()).text
    assert lines(event)[0] == (RecordChange.Kind.PUBLISHED, FIRST, 1)
    assert Act.objects.filter(verb="published_text", subject=event.identifier).count() == 1


def test_publishing_twice_is_publishing_once(event: Event, ada: Viewer) -> None:
    version = published(event, words(), by=ada)
    at = Version.objects.get().published_at
    assert publish_text(version.writing, by=ada) == version
    assert Version.objects.get().published_at == at
    assert event.changes.count() == 2


def test_only_those_who_run_it_publish_and_take_away(event: Event, ada: Viewer, researcher: Viewer) -> None:
    writing = saved(event, words(), by=ada).writing
    for act in (publish_text, lambda w, by: unpublish_text(w, by=by, why="x")):
        with pytest.raises(Refused, match="Only those who run"):
            act(writing, by=researcher)
    writing.refresh_from_db()
    assert writing.shown is None


def test_what_was_public_is_changed_with_a_reason_only(event: Event, ada: Viewer) -> None:
    published(event, words(), by=ada)
    writing = saved(event, words("<p>Mended.</p>"), by=ada).writing
    with pytest.raises(Refused, match="what changed"):
        publish_text(writing, by=ada)
    publish_text(writing, by=ada, why="A date was wrong.", is_correction=True)
    assert lines(event)[0] == (RecordChange.Kind.CORRECTED, "A date was wrong.", 2)
    version = Version.objects.get(number=2)
    assert (version.why, version.is_correction) == ("A date was wrong.", True)


def test_what_nobody_could_read_yet_is_changed_without_one(make_event: MakeEvent, ada: Viewer) -> None:
    event = make_event(status=Event.Status.DRAFT)
    published(event, words(), by=ada)
    published(event, words("<p>Mended.</p>"), by=ada, why="")
    assert lines(event)[0][0] == RecordChange.Kind.CHANGED


def test_nothing_is_published_without_words(event: Event, ada: Viewer) -> None:
    with pytest.raises(Refused, match="no text to publish"):
        publish_text(writing_of(event, by=ada), by=ada)
    with pytest.raises(NotPublished) as refused:
        published(event, quoted("Make it longer.", "One table"), by=ada)
    assert [finding.must for finding in refused.value.findings] == [True]


def test_a_photograph_goes_on_record_with_its_text(
    event: Event, ada: Viewer, client: object, do_work: Callable
) -> None:
    bare = make_photo(event, ada)
    with pytest.raises(NotPublished, match="Say what it shows"):
        published(event, words(), names("photo", bare.identifier), by=ada)
    photo = described(event, ada)
    published(event, words(), names("photo", photo.identifier), by=ada)
    assert Photo.objects.on_show().filter(pk=photo.pk).exists()
    assert not Photo.objects.on_show().filter(pk=bare.pk).exists()
    assert "A wall with twelve sheets." in client.get(event.get_absolute_url()).text


def test_a_photograph_of_another_event_cannot_stand_here(
    event: Event, ada: Viewer, make_event: MakeEvent
) -> None:
    other = described(make_event("other"), ada)
    with pytest.raises(NotPublished, match="not on record"):
        published(event, words(), names("photo", other.identifier), by=ada)
    other.refresh_from_db()
    assert other.published_at is None


def test_a_post_shows_photographs_of_its_events_that_its_writer_may_publish(
    event: Event, ada: Viewer, researcher: Viewer
) -> None:
    photo = described(event, ada)
    post = begin_post("Afterwards", by=ada)
    post.authors.create(person=researcher.person)
    post.events.add(event)
    with pytest.raises(NotPublished):
        published(post, words(), names("photo", photo.identifier), by=researcher)
    publish_text(writing_of(post, by=ada), by=ada)
    assert Photo.objects.on_show().filter(pk=photo.pk).exists()


def test_a_quotation_is_an_item_of_its_own_once_published(event: Event, ada: Viewer, client: object) -> None:
    version = saved(event, words(), quoted("Make it longer.", "One table"), by=ada)
    assert not Quotation.objects.exists()
    publish_text(version.writing, by=ada)
    quotation = Quotation.objects.get()
    assert (quotation.text, quotation.said_by, quotation.event) == ("Make it longer.", "One table", event)
    page = client.get(event.get_absolute_url()).text
    assert page.count("Make it longer.") == 1
    assert f'id="{quotation.identifier}"' in page


def test_a_quotation_keeps_its_address_when_its_words_are_mended_and_goes_when_left_out(
    event: Event, ada: Viewer
) -> None:
    published(event, words(), quoted("Make it longer."), by=ada)
    before = Quotation.objects.get().identifier
    published(event, words(), quoted("Make it longer, please."), by=ada)
    assert (Quotation.objects.get().identifier, Quotation.objects.get().text) == (
        before, "Make it longer, please.",
    )  # fmt: skip
    published(event, words(), by=ada)
    assert not Quotation.objects.exists()
    assert Act.objects.filter(verb="left_out", subject=before).exists()


def test_quotations_that_were_never_in_the_text_stay_beside_it(
    event: Event, ada: Viewer, client: object
) -> None:
    add_quotation(event, "Put the gap on the wall.", said_by="", by=None)
    published(event, words(), quoted("Make it longer."), by=ada)
    page = client.get(event.get_absolute_url()).text
    assert ("Put the gap on the wall." in page, Quotation.objects.count()) == (True, 2)


def test_a_quotation_taken_off_the_record_does_not_come_back_with_an_old_version(
    event: Event, ada: Viewer, client: object
) -> None:
    version = published(event, words(), quoted("Make it longer.", "One table"), by=ada)
    remove_quotation(Quotation.objects.get(), by=ada)
    for address in ("", "versions/1/"):
        page = client.get(event.get_absolute_url() + address).text
        assert "Make it longer." not in page
        assert "A quotation stood here." in page
    published(event, words("<p>Without.</p>"), by=ada)
    restored = restore_version(version, by=ada, why="")
    with pytest.raises(NotPublished, match="taken off the record"):
        publish_text(restored.writing, by=ada, why="Back.")
    assert not Quotation.objects.exists()


def test_films_show_while_a_published_text_has_them(event: Event, ada: Viewer) -> None:
    writing = writing_of(event, by=ada)
    film = Film.objects.create(writing=writing, host="youtube", key="k", title="A film", alternative="Talk.")
    saved(event, words(), names("film", film.identifier), by=ada)
    assert not Film.objects.visible_to(ANYBODY).exists()
    publish_text(writing, by=ada)
    assert Film.objects.visible_to(ANYBODY).get() == film
    published(event, words(), by=ada)
    assert not Film.objects.visible_to(ANYBODY).exists()


def test_a_text_is_taken_away_with_all_its_versions(event: Event, ada: Viewer, client: object) -> None:
    published(event, words("<p>We read it.</p>"), quoted("Make it longer."), by=ada)
    writing = published(event, words("<p>We read it all.</p>"), quoted("Make it longer."), by=ada).writing
    with pytest.raises(Refused, match="why"):
        unpublish_text(writing, by=ada, why=" ")
    unpublish_text(writing, by=ada, why="Somebody asked for it.")
    for address in ("", "versions/", "versions/1/", "versions/2/", "versions/1-2/"):
        page = client.get(event.get_absolute_url() + address).text
        assert "We read it" not in page
        assert "Make it longer." not in page
    assert "The write-up was taken away: Somebody asked for it." in client.get(event.get_absolute_url()).text
    assert not Quotation.objects.exists()
    assert not findings(writing, Version.objects.get(number=2).blocks[:1], ada)[1:]


def test_nobody_publishes_what_somebody_else_saved_just_now(
    event: Event, ada: Viewer, steward: Viewer
) -> None:
    mine = saved(event, words("<p>I read this.</p>"), by=ada)
    saved(event, words("<p>Nobody read this.</p>"), by=steward)
    with pytest.raises(Overtaken, match="after you"):
        publish_text(mine.writing, by=ada, seen=mine.number)
    assert not Version.objects.exclude(published_at=None).exists()


def test_no_line_of_the_change_log_leads_to_a_text_that_was_taken_away(
    event: Event, ada: Viewer, client: Client
) -> None:
    published(event, words("<p>Once.</p>"), by=ada)
    writing = published(event, words("<p>Twice.</p>"), by=ada).writing
    unpublish_text(writing, by=ada, why="Somebody asked for it.")
    published(event, words("<p>Anew.</p>"), by=ada)
    page = client.get(event.get_absolute_url()).text
    leading = set(re.findall(r'href="(/events/wall-day/versions/[\d-]+/)"', page))
    assert leading == {"/events/wall-day/versions/3/"}
    assert client.get(leading.pop()).status_code == 200
