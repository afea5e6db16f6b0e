"""Nothing of a study is anywhere but on its own pages, and those are for its people."""

import pytest
from django.test import Client
from django.urls import reverse

from archive.models import Study
from archive.studies.acts import rename_study
from archive.studies.coding import add_code, code_notes
from archive.studies.memos import write_memo
from archive.take.forms import FORMS
from people.guests import Viewer
from responses.models import Note

pytestmark = pytest.mark.django_db
SECRET = "shyphalarope"
PUBLIC_PAGES = (
    "/archive/", "/search/", "/export/", "/api/v1/", "/sitemap.xml", "/compare/",
    *(f"/export/{form.name}/" for form in FORMS),
)  # fmt: skip


@pytest.fixture
def full(study: Study, ros: Viewer, notes: list[Note]) -> Study:
    rename_study(study, SECRET, SECRET, by=ros)
    code_notes([add_code(study, SECRET, by=ros, about=SECRET)], notes, by=ros)
    write_memo(study, SECRET, by=ros, note=notes[0])
    write_memo(study, SECRET, by=ros)
    return study


def addresses(study: Study, note: Note) -> list[str]:
    one, code, memo = study.identifier, study.codes.get().identifier, study.memos.first().identifier
    routes = {
        "study": [one], "study_edit": [one], "study_end": [one], "study_people": [one], "study_search": [one],
        "study_project": [one], "study_codebook": [one], "study_code_new": [one], "study_code": [one, code],
        "study_code_edit": [one, code], "study_memo_new": [one], "study_memo": [one, memo],
    }  # fmt: skip
    return [reverse(name, args=args) for name, args in routes.items()]


def test_who_does_not_work_in_it_finds_no_such_page(
    full: Study, notes: list[Note], cai: Viewer, steward: Viewer, ada: Viewer
) -> None:
    for other in (cai, steward, ada):
        browser = Client()
        browser.force_login(other.person)
        for address in addresses(full, notes[0]):
            assert browser.get(address).status_code == 404, address
            assert browser.post(address, {"act": "remove"}).status_code in (404, 405), address
        assert (
            browser.post(reverse("study_note", args=[full.identifier, notes[0].identifier])).status_code
            == 404
        )
        assert browser.post(reverse("study_leave", args=[full.identifier])).status_code == 404
    assert Study.objects.get().codes.get().codings.count() == 3


def test_whoever_is_not_signed_in_is_asked_to(client: Client, full: Study, notes: list[Note]) -> None:
    for address in ["/studies/", "/studies/new/", *addresses(full, notes[0])]:
        assert client.get(address).url.startswith(reverse("account_login")), address


def test_its_words_are_nowhere_else(full: Study, notes: list[Note], steward: Viewer) -> None:
    for browser in (Client(), Client()):
        for address in (*PUBLIC_PAGES, *(note.get_absolute_url() for note in notes)):
            answer = browser.get(address)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert SECRET.encode() not in content, address
        browser.force_login(steward.person)


def test_its_people_find_it_on_the_page_of_a_note(full: Study, notes: list[Note], as_ros: Client) -> None:
    assert SECRET in as_ros.get(notes[0].get_absolute_url()).text


def test_a_steward_finds_nothing_of_it_in_the_log(full: Study, steward: Viewer) -> None:
    browser = Client()
    browser.force_login(steward.person)
    assert SECRET not in browser.get(reverse("log")).text
