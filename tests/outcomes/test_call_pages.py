"""The pages of calls for action: reading, making, signing, deciding."""

import re
import time
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from outcomes import signing_views
from outcomes.calls import close_call, make_call, report_progress
from outcomes.form_age import FOREIGN, TOO_FAST, TOO_OLD, form_token, why_not
from outcomes.models import Call, CallUpdate, Signature
from outcomes.signature_tokens import token_of
from outcomes.signatures import fingerprint
from people.guests import ANYBODY, Viewer
from people.limits import Limit
from people.models import Letter
from responses.board import withdraw_note
from responses.models import Mark, Note, Station
from tests.calls import ask, called, form_of, reported, shown, signed
from tests.conftest import make_person
from tests.outcomes.makers import heard

pytestmark = pytest.mark.django_db
State = Signature.State


@pytest.fixture
def note(station: Station, post_note: Callable[..., Note]) -> Note:
    return post_note(station)


@pytest.fixture
def call(note: Note, ada: Viewer) -> Call:
    return called(note, ada)


@pytest.fixture
def as_ada(ada: Viewer) -> Client:
    client = Client()
    client.force_login(ada.person)
    return client


def said(answer: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def own_page(signature: Signature) -> str:
    return f"/calls/signatures/{token_of(signature)}/"


def test_a_call_goes_from_a_draft_to_a_signature_that_everybody_reads(
    note: Note, ada: Viewer, as_ada: Client, client: Client
) -> None:
    statement = heard(note, ada)
    page = as_ada.get("/calls/new/", {"event": "wall-day", "statement": statement.identifier})
    assert re.search(rf'value="{statement.identifier}"[^>]* checked', page.text)
    assert "Your name, Ada, will stand beside it in public." in page.text
    typed = {"title": "Share a table", "text": "One each.", "event": "wall-day"}
    typed |= {"statements": [statement.identifier], "act": "save", "open_until": ""}
    answer = as_ada.post("/calls/new/", typed)
    call = Call.objects.get()
    assert answer.url == f"/calls/{call.identifier}/edit/"
    assert client.get(f"/calls/{call.identifier}/").status_code == 404
    as_ada.post(answer.url, {"act": "open"})
    assert client.post(f"/calls/{call.identifier}/sign/", form_of(call)).status_code == 200
    address = re.search(r"/calls/signatures/\S+", Letter.objects.get().text)[0]
    client.post(address, {"act": "confirm"})
    page = client.get(f"/calls/{call.identifier}/").text
    assert "1 waits to be read by those who run the call" in page
    assert "I will bring soup." not in page
    signature = Signature.objects.get()
    decided = {"which": signature.identifier, "seen": fingerprint(signature), "act": "show"}
    as_ada.post(f"/calls/{call.identifier}/signatures/", decided)
    assert "I will bring soup." in client.get(f"/calls/{call.identifier}/").text


def test_looking_at_a_secret_address_confirms_nothing(call: Call, client: Client) -> None:
    signature = ask(call)
    for address in (own_page(signature), own_page(signature) + "?act=confirm"):
        answer = client.get(address)
        assert "Do you want to sign this?" in answer.text
        assert "no-store" in answer["Cache-Control"]
        assert 'name="robots" content="noindex"' in answer.text
    assert Signature.objects.get().state == State.ASKED
    assert client.get("/calls/signatures/nothing/").status_code == 404


def test_nobody_learns_who_signed(call: Call, client: Client) -> None:
    signed(call, email="eve@example.org")
    pages = [
        client.post(f"/calls/{call.identifier}/sign/", form_of(call, email=email))
        for email in ("eve@example.org", "new@example.org")
    ]
    texts = [page.text.replace("eve@", "new@") for page in pages]
    assert [page.status_code for page in pages] == [200, 200]
    assert re.sub(r'value="[^"]*"', "", texts[0]) == re.sub(r'value="[^"]*"', "", texts[1])


def test_nobody_but_the_holder_sees_an_address(call: Call, as_ada: Client, client: Client) -> None:
    shown(call, email="wearylinnet@example.org")
    signed(call, email="wearylinnet2@example.org")
    for browser in (client, as_ada):
        for path in ("", "signatures/", "edit/", "sign/"):
            assert "wearylinnet" not in browser.get(f"/calls/{call.identifier}/{path}").text


def test_a_robot_is_answered_as_a_person_and_leaves_nothing(call: Call, client: Client) -> None:
    answer = client.post(f"/calls/{call.identifier}/sign/", form_of(call, website="https://evil.example"))
    assert "Look into your mail" in answer.text
    assert not Signature.objects.exists()
    assert not Letter.objects.exists()


def test_a_form_that_came_too_fast_keeps_what_was_typed(call: Call, client: Client) -> None:
    page = f"call {call.identifier}"
    for token in (form_token(page, made_at=time.time()), "", form_token("call other", made_at=1)):
        answer = client.post(f"/calls/{call.identifier}/sign/", form_of(call, token=token))
        assert answer.status_code == 422
        assert 'value="eve@example.org"' in answer.text
    assert not Signature.objects.exists()


def test_what_a_token_says_of_its_form() -> None:
    token = form_token("call a", made_at=1000)
    found = [why_not(token, "call a", now=now) for now in (999, 1002, 1003, 1000 + 13 * 3600)]
    assert found == [FOREIGN, TOO_FAST, "", TOO_OLD]
    assert why_not(token, "call b", now=1010) == FOREIGN
    assert why_not(token + "x", "call a", now=1010) == FOREIGN


def test_one_network_signs_so_often_and_no_more(
    call: Call, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_views, "OF_A_NETWORK", Limit("test", 1, 3600))
    statuses = [
        client.post(f"/calls/{call.identifier}/sign/", form_of(call, email=f"e{n}@example.org")).status_code
        for n in range(2)
    ]
    assert statuses == [200, 422]


def test_a_form_without_what_it_needs_says_so(call: Call, client: Client) -> None:
    answer = client.post(f"/calls/{call.identifier}/sign/", form_of(call, kind="organisation", will_do=""))
    assert answer.status_code == 422
    for sentence in ("Say which organisation signs.", "Say in a sentence what you will do."):
        assert sentence in answer.text


def test_a_call_that_is_over_says_so_instead_of_a_form(call: Call, ada: Viewer, client: Client) -> None:
    close_call(call, "Every street has one.", by=ada)
    answer = client.get(f"/calls/{call.identifier}/sign/")
    assert "Every street has one." in answer.text
    assert 'name="will_do"' not in answer.text
    assert client.post(f"/calls/{call.identifier}/sign/", form_of(call)).status_code == 422
    assert "Every street has one." in client.get(f"/calls/{call.identifier}/").text


def test_somebody_signed_in_comes_to_their_own_signature(call: Call) -> None:
    eve, browser = make_person("Eve"), Client()
    browser.force_login(eve)
    answer = browser.post(f"/calls/{call.identifier}/sign/", form_of(call, email="EVE@example.org"))
    own = own_page(Signature.objects.get())
    assert answer.url == own
    assert browser.get(f"/calls/{call.identifier}/sign/").url == own
    assert own in browser.get(f"/calls/{call.identifier}/").text
    assert own not in Client().get(f"/calls/{call.identifier}/").text


def test_ones_own_page_changes_reports_and_takes_back(call: Call, client: Client) -> None:
    signature = shown(call)
    page = own_page(signature)
    words = {"kind": "organisation", "organisation": "The Kettle", "name": "Eve", "will_do": "We bring tea."}
    assert client.post(page, {"act": "change", **words}).status_code == 302
    assert client.post(page, {"act": "change", **words | {"will_do": ""}}).status_code == 422
    assert client.post(page, {"act": "progress", "text": "Tea is on."}).status_code == 302
    assert client.post(page, {"act": "progress", "text": "", "evidence": "x"}).status_code == 422
    assert "Waits to be read" in client.get(page).text
    client.post(page, {"act": "withdraw"})
    after = client.get(page).text
    assert "You took your signature back" in after
    assert "The Kettle" not in after
    assert "1 taken back" in client.get(f"/calls/{call.identifier}/").text


def test_changes_of_a_signature_have_a_limit(call: Call, client: Client) -> None:
    page = own_page(signed(call))
    for number in range(signing_views.CHANGES.most):
        client.post(page, {"act": "progress", "text": f"Pot {number}."})
    answer = client.post(page, {"act": "progress", "text": "One more."})
    assert answer.status_code == 422
    assert "One more." in answer.text


def test_those_who_run_a_call_decide_with_a_reason(call: Call, as_ada: Client) -> None:
    signature, page = signed(call), f"/calls/{call.identifier}/signatures/"
    decided = {"which": signature.identifier, "seen": fingerprint(signature), "act": "remove"}
    answer = as_ada.post(page, decided)
    assert (answer.status_code, "Say why" in answer.text) == (422, True)
    assert as_ada.post(page, decided | {"why": "It sells something."}).status_code == 302
    assert as_ada.post(page, decided | {"seen": "", "act": "show"}).status_code == 422
    assert as_ada.post(page, decided | {"which": "nothing"}).status_code == 422
    assert as_ada.post(page, decided | {"act": "show"}).status_code == 302
    update = reported(signature, "Soup is on.", is_shown=False)
    assert "Soup is on." in as_ada.get(page).text
    assert as_ada.post(page, {"which": f"update.{update.number}", "act": "show"}).status_code == 302
    assert CallUpdate.objects.visible_to(ANYBODY).get() == update
    assert as_ada.post(page, {"which": "update.٣", "act": "show"}).status_code == 422


def test_a_signature_of_another_call_is_not_decided_here(call: Call, note: Note, ada: Viewer) -> None:
    """The page of a call one runs is no way to the signatures of one that somebody else runs."""
    olu, browser = make_person("Olu", "organiser"), Client()
    own = called(note, Viewer(person=make_person("Sam", "steward")), "Plant", event=None)
    Call.objects.filter(pk=own.pk).update(author=olu)
    browser.force_login(olu)
    signature = signed(call)
    decided = {"which": signature.identifier, "seen": fingerprint(signature), "act": "show"}
    assert browser.post(f"/calls/{own.identifier}/signatures/", decided).status_code == 422
    assert browser.post(f"/calls/{call.identifier}/signatures/", decided).status_code == 404
    assert Signature.objects.get().state == State.HELD


def test_how_it_goes_is_said_on_the_page_of_the_call(call: Call, as_ada: Client, client: Client) -> None:
    page = f"/calls/{call.identifier}/signatures/"
    typed = {"act": "progress", "text": "Two stand.", "evidence": "https://example.org/tables"}
    assert as_ada.post(page, typed).status_code == 302
    assert as_ada.post(page, typed | {"evidence": "javascript:alert(1)"}).status_code == 422
    text = client.get(f"/calls/{call.identifier}/").text
    assert "Two stand." in text
    assert 'href="https://example.org/tables" rel="nofollow noopener"' in text


def test_a_call_shows_challenges_beside_agreement(
    station: Station, post_note: Callable[..., Note], ada: Viewer, ben: Viewer, client: Client
) -> None:
    agrees, doubts = post_note(station, mark=Mark.TICK), post_note(station, "No.", mark=Mark.SQUARE)
    statement = heard(agrees, ada)
    statement.cites.create(note=doubts)
    call = called(agrees, ada, statements=[statement])
    text = client.get(f"/calls/{call.identifier}/").text
    assert "2 notes said it: 1 agree, 1 challenge." in text
    withdraw_note(doubts, by=ben)
    assert (
        "1 note said it: 1 agree, 1 withdrawn, no challenge." in client.get(f"/calls/{call.identifier}/").text
    )


def test_the_list_says_what_can_be_signed(call: Call, note: Note, ada: Viewer, client: Client) -> None:
    close_call(called(note, ada, "Plant a hedge"), "Planted.", by=ada)
    signed(call)
    text = client.get("/calls/").text
    assert text.index("To sign now") < text.index("Share a table") < text.index("Signed before")
    assert text.index("Signed before") < text.index("Plant a hedge")
    assert "<b>1</b> signed" in text


def test_an_empty_list_says_what_will_stand_there(client: Client) -> None:
    assert "No calls yet" in client.get("/calls/").text


def test_whoever_organises_nothing_makes_no_call(note: Note) -> None:
    browser = Client()
    browser.force_login(make_person("Eve"))
    assert browser.get("/calls/new/").status_code == 403
    assert "/calls/new/" not in browser.get("/calls/").text


def test_words_that_were_signed_are_no_field_any_more(call: Call, as_ada: Client) -> None:
    signed(call)
    page = f"/calls/{call.identifier}/edit/"
    assert "People signed these words" in as_ada.get(page).text
    statements = [one.identifier for one in call.statements.all()]
    typed = {"act": "save", "title": "Other", "text": "Other", "statements": statements}
    day = timezone.localdate().isoformat()
    assert as_ada.post(page, typed | {"open_until": day}).status_code == 302
    assert Call.objects.get().title == "Share a table"
    assert as_ada.post(page, {"act": "save", "statements": []}).status_code == 422
    assert as_ada.post(page, {"act": "close", "why": ""}).status_code == 422
    assert as_ada.post(page, {"act": "close", "why": "Enough."}).status_code == 302


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_no_page_asks_more_for_more(call: Call, note: Note, ada: Viewer, as_ada: Client) -> None:
    paths = ("/calls/", f"/calls/{call.identifier}/", f"/calls/{call.identifier}/signatures/")
    paths = (*paths, f"/calls/{call.identifier}/edit/")
    counts = []
    for number in range(3):
        call.statements.add(heard(note, ada, f"Heard {number}."))
        reported(shown(call, f"Eve {number}"), "Soup is on.")
        reported(signed(call), "It goes.", is_shown=False)
        report_progress(call, f"Table {number}.", by=ada)
        called(note, ada, f"Call {number}")
        counts.append([queries(as_ada, path) for path in paths])
    assert counts[0] == counts[2]
    assert counts[0] == [5, 13, 9, 8]


def test_a_key_made_by_a_page_is_asked_for_again_after_a_refusal(call: Call, client: Client) -> None:
    key = str(uuid4())
    Signature.objects.filter(pk=ask(call).pk).update(key=key)
    other = Call.objects.create(title="Else", text="Do.", opened_at=timezone.now())
    answer = client.post(f"/calls/{other.identifier}/sign/", form_of(other, key=key))
    assert answer.status_code == 422
    assert answer.context["form"]["key"].value() != key


def test_an_event_leads_to_its_calls(call: Call, ada: Viewer, as_ada: Client, client: Client) -> None:
    make_call("Not open yet", "Do.", by=ada, event=call.event)
    address = f'href="/calls/{call.identifier}/"'
    for browser, sees_the_draft in ((client, False), (as_ada, True)):
        text = browser.get("/events/wall-day/outcomes/").text
        assert address in text
        assert ("Not open yet" in text) is sees_the_draft
        assert ('href="/calls/new/?event=wall-day"' in text) is sees_the_draft
