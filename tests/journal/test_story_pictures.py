"""Pictures of stories: looked at before anybody sees them, and gone with the story."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from coproduce.desk.waiting import waiting_for
from coproduce.images import keeping
from coproduce.images.making import NotAPicture
from journal.forgetting import forget_sent
from journal.illustrations import add_illustration
from journal.judging import judge
from journal.models import Illustration, Report, State, Story, StoryCall
from journal.reports import Words, decide_report, report
from journal.stories import MOST_PICTURES, Told, add_picture, take_picture_off, withdraw_story
from people.guests import ANYBODY, Viewer
from people.refusals import Refused
from tests.photos import a_jpeg
from tests.stories import BEN, call_for, shown, standing, told

FACTS = {"alt": "A bench under a tree.", "caption": "", "basis": "nobody"}


@pytest.fixture
def call(ada: Viewer) -> StoryCall:
    return call_for(ada)


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("bench.jpg", a_jpeg(96, 64, gps=True), "image/jpeg")


def pictured(made: Told) -> Illustration:
    return add_picture(made.story, upload(), by=BEN, receipt=made.receipt, **FACTS)


def folder_of(picture: Illustration) -> Path:
    return keeping.root() / picture.files


def test_a_picture_takes_a_shown_story_out_of_sight_until_somebody_looked(
    call: StoryCall, ada: Viewer
) -> None:
    made = shown(call, ada)
    picture = pictured(made)
    assert standing(made).state == State.HELD
    assert not Illustration.objects.visible_to(ANYBODY).exists()
    judge(standing(made), State.SHOWN, by=ada)
    assert list(Illustration.objects.visible_to(ANYBODY)) == [picture]


def test_a_story_is_out_of_sight_before_and_after_a_picture_comes_to_it(
    call: StoryCall, ada: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = shown(call, ada)

    def add_while_somebody_decides(story: Story, *sent: object, **facts: object) -> Illustration:
        assert not Story.objects.visible_to(ANYBODY).exists()
        judge(standing(made), State.SHOWN, by=ada)
        return add_illustration(story, *sent, **facts)

    monkeypatch.setattr("journal.stories.add_illustration", add_while_somebody_decides)
    pictured(made)
    assert standing(made).state == State.HELD


def test_what_the_file_says_of_where_it_was_taken_is_not_kept(call: StoryCall) -> None:
    picture = pictured(told(call))
    assert keeping.original_of(picture.files) is None
    assert all(b"GPS" not in file.read_bytes() for file in folder_of(picture).iterdir())


def test_a_story_has_so_many_pictures_and_no_more(call: StoryCall) -> None:
    made = told(call)
    first, *_ = [pictured(made) for _ in range(MOST_PICTURES)]
    with pytest.raises(Refused, match="Take one off first"):
        pictured(made)
    take_picture_off(first, by=BEN, receipt=made.receipt)
    pictured(made)


def test_a_picture_needs_words_and_a_basis_and_the_code_of_its_story(call: StoryCall, ada: Viewer) -> None:
    made, other = told(call), told(call, "Another one.")
    for facts in ({"alt": " "}, {"basis": ""}, {"basis": "perhaps"}):
        with pytest.raises(Refused):
            add_picture(made.story, upload(), by=BEN, receipt=made.receipt, **FACTS | facts)
    with pytest.raises(Refused, match="code"):
        add_picture(made.story, upload(), by=ada, receipt=other.receipt, **FACTS)
    text = SimpleUploadedFile("x.jpg", b"<script>alert(1)</script>", "image/jpeg")
    with pytest.raises(NotAPicture):
        add_picture(made.story, text, by=BEN, receipt=made.receipt, **FACTS)
    assert not Illustration.objects.exists()


def test_nothing_is_added_to_a_story_that_is_not_shown(call: StoryCall, ada: Viewer) -> None:
    made = told(call)
    judge(made.story, State.REMOVED, by=ada, why="It names somebody.")
    with pytest.raises(Refused, match="not shown"):
        pictured(made)


@pytest.mark.django_db(transaction=True)
def test_the_files_go_with_the_picture_and_with_the_story(call: StoryCall) -> None:
    made = told(call)
    first, second = pictured(made), pictured(made)
    folders = folder_of(first), folder_of(second)
    take_picture_off(first, by=BEN, receipt=made.receipt)
    assert [folder.exists() for folder in folders] == [False, True]
    withdraw_story(made.story, by=BEN, receipt=made.receipt)
    assert [folder.exists() for folder in folders] == [False, False]
    assert not Illustration.objects.exclude(alt="").exists()


def test_a_picture_is_sent_from_ones_own_page(client: Client, call: StoryCall, ada: Viewer) -> None:
    made = told(call)
    own = f"/story/mine/{made.receipt}/"
    answer = client.post(own, {"act": "picture", **FACTS, "alt": ""})
    assert answer.status_code == 422
    for said in ("Choose a picture", "Say what it shows"):
        assert said in answer.text
    assert client.post(own, {"act": "picture", "picture": upload(), **FACTS}).status_code == 302
    picture = Illustration.objects.get()
    address = f"{picture.files_address}small.jpg"
    assert f"{own}pictures/{picture.identifier}/small.jpg" in client.get(own).text
    assert client.get(f"{own}pictures/{picture.identifier}/small.jpg").status_code == 200
    assert client.get(f"{own}x/pictures/{picture.identifier}/small.jpg").status_code == 404
    assert client.get(address).status_code == 404
    judge(standing(made), State.SHOWN, by=ada)
    assert client.get(address).status_code == 200
    assert picture.files_address in client.get(made.story.get_absolute_url()).text
    client.post(own, {"act": "picture_off", "which": picture.identifier})
    assert client.get(address).status_code in (404, 410)


def test_the_picture_of_another_story_is_not_taken_off(client: Client, call: StoryCall) -> None:
    made, other = told(call), told(call, "Another one.")
    picture = pictured(other)
    answer = client.post(f"/story/mine/{made.receipt}/", {"act": "picture_off", "which": picture.identifier})
    assert answer.status_code == 404
    assert Illustration.objects.get(withdrawn_at=None) == picture
    assert Story.objects.count() == 2


def test_the_pictures_of_a_removed_story_go_with_its_words(call: StoryCall, ada: Viewer) -> None:
    made = told(call)
    pictured(made)
    judge(standing(made), State.REMOVED, by=ada, why="It names somebody.")
    now = timezone.now()
    for days, left in ((364, 1), (366, 0)):
        forget_sent(now + timedelta(days=days))
        assert Illustration.objects.filter(withdrawn_at=None).count() == left
    assert forget_sent(now + timedelta(days=366)) == 0


def test_a_picture_added_meanwhile_is_not_shown_with_words_looked_at_before(
    client: Client, call: StoryCall, ada: Viewer
) -> None:
    made = told(call)
    client.force_login(ada.person)
    ticked = next(one for one in waiting_for(ada) if one.kind == "story").ticked
    pictured(made)
    client.post("/desk/queue/", {"item": ticked, "act": "show"})
    assert standing(made).state == State.HELD


def test_dismissing_a_report_shows_no_picture_that_came_after_it(call: StoryCall, steward: Viewer) -> None:
    made = shown(call, steward)
    words = Words("Look at this.")
    sent = report(made.story, "threat", by=ANYBODY, key=uuid4(), network="one", words=words)
    assert sent.hid_it
    pictured(made)
    decide_report(sent, Report.Outcome.DISMISSED, "", by=steward)
    assert standing(made).state == State.HELD
    assert not Illustration.objects.visible_to(ANYBODY).exists()


def test_a_picture_that_is_still_read_goes_with_its_story(
    call: StoryCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = told(call)

    def add_while_it_is_taken_back(story: Story, *sent: object, **facts: object) -> Illustration:
        added = add_illustration(story, *sent, **facts)
        Illustration.objects.filter(pk=added.pk).update(story=told(call).story)
        withdraw_story(made.story, by=BEN, receipt=made.receipt)
        Illustration.objects.filter(pk=added.pk).update(story=made.story)
        return added

    monkeypatch.setattr("journal.stories.add_illustration", add_while_it_is_taken_back)
    picture = pictured(made)
    picture.refresh_from_db()
    assert picture.withdrawn_at
    assert not picture.files
