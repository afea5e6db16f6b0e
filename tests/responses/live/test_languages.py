"""Each reader of a stream is sent the change in the language of their page."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from responses.live.admission import Knock
from responses.live.audiences import Audience, Place
from responses.live.messages import batch_for, batch_since
from responses.models import Note, Station

from .conftest import do, open_stream, while_live

pytestmark = pytest.mark.django_db(transaction=True)
COOKIE = f"{settings.LANGUAGE_COOKIE_NAME}=cy"
NO_WORDS = "No words. The mark is the answer."


def in_welsh(text: str) -> str:
    with translation.override("cy"):
        return gettext(text)


def test_an_english_and_a_welsh_reader_each_get_their_own_words_of_one_change(
    station: Station, post_note: Callable[..., Note]
) -> None:
    welsh = in_welsh(NO_WORDS)
    assert welsh != NO_WORDS

    async def scenario() -> None:
        chose = open_stream(station.board, after=0, cookie=COOKIE)
        asked = open_stream(station.board, after=0, accept_language="cy-GB,cy;q=0.9,en;q=0.5")
        english = open_stream(station.board, after=0)
        for reader in (chose, asked, english):
            await reader.until(lambda it: it.status)
        await do(post_note, station, "")
        for reader in (chose, asked, english):
            await reader.until(lambda it: it.ids)
        assert NO_WORDS in english.text
        assert welsh not in english.text
        for reader in (chose, asked):
            assert welsh in reader.text
            assert NO_WORDS not in reader.text

    while_live(scenario)


def test_whoever_comes_back_is_sent_what_they_missed_in_their_language(
    station: Station, post_note: Callable[..., Note]
) -> None:
    async def scenario() -> None:
        await do(post_note, station, "")
        reader = await open_stream(station.board, after=0, cookie=COOKIE).until(lambda it: it.ids)
        assert in_welsh(NO_WORDS) in reader.text

    while_live(scenario)


def test_the_words_of_people_are_marked_as_the_language_they_are_in(
    station: Station, post_note: Callable[..., Note]
) -> None:
    post_note(station, "Say who decides.")
    for language, mark in (("cy", ' lang="en-GB" dir="auto">Say who'), ("en-gb", ">Say who")):
        batch = batch_for(Place(station.board_id, Audience.PUBLIC, language), 0)
        assert f'<div class="note__text"{mark}' in batch.body.decode()


def test_a_page_without_a_stream_is_told_in_the_language_that_is_active(
    station: Station, post_note: Callable[..., Note]
) -> None:
    post_note(station, "")
    with translation.override("cy"):
        assert in_welsh(NO_WORDS) in batch_since(station.board_id, 0, Audience.PUBLIC).body.decode()


def test_a_knock_is_heard_in_the_language_of_its_headers() -> None:
    assert Knock("x", COOKIE).language == "cy"
    assert Knock("x", "", accept_language="cy").language == "cy"
    assert Knock("x", "").language == settings.LANGUAGE_CODE
