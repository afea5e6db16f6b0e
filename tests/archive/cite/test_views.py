"""The page with the styles, and the files: of what anybody may open, and of nothing else."""

import json
from collections.abc import Callable

import bibtexparser
import pytest
import rispy
from django.db.models import Model
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from events.models import Event
from journal.models import Post
from journal.posts import date_post
from outcomes.models import Decision, Statement
from people.guests import Viewer
from people.models import Consent
from people.trace import leave_trace
from responses.board import withdraw_note
from responses.models import Board, Note, Reading
from responses.moderation import hide_note

FILES = ("latest.ris", "latest.bib", "latest.json", "linkset.json")
VERSIONED = {"note", "event", "post", "statement", "decision", "principle", "wording"}


def cited(kind: str, thing: Model) -> str:
    return f"/cite/{kind}/{thing.identifier}/"


def item_at(client: Client, address: str, number: int) -> dict:
    (item,) = json.loads(client.get(f"{address}{number}.json").content)
    return item


def test_every_kind_has_a_page_and_files(client: Client, everything: dict[str, Model]) -> None:
    for kind, thing in everything.items():
        page = client.get(cited(kind, thing))
        assert page.status_code == 200, kind
        assert page.content.count(b"data-copies=") == 4
        assert page["Cache-Control"] == "no-cache"
        ris, bib, csl, links = (client.get(cited(kind, thing) + name) for name in FILES)
        (record,) = rispy.loads(ris.content.decode())
        (item,) = json.loads(csl.content)
        (entry,) = bibtexparser.parse_string(bib.content.decode()).entries
        # What shows the latest words of a wording is the page of its principle.
        latest = everything["principle"] if kind == "wording" else thing
        assert record["urls"] == [f"http://testserver{latest.get_absolute_url()}"]
        assert item["URL"] == entry.fields_dict["url"].value
        assert links.json()["linkset"][0]["cite-as"]
        assert ris["X-Data-Version"]


def test_what_can_change_is_cited_at_a_version_that_opens(
    client: Client, everything: dict[str, Model]
) -> None:
    for kind, thing in everything.items():
        page = client.get(cited(kind, thing) + "1/")
        assert page.status_code == (200 if kind in VERSIONED else 404), kind
        if kind in VERSIONED:
            (item,) = json.loads(client.get(cited(kind, thing) + "1.json").content)
            assert client.get(item["URL"].removeprefix("http://testserver")).status_code == 200
            assert item["version"] == "1"
        assert client.get(cited(kind, thing) + "99/").status_code == 404


def test_this_version_and_the_latest_are_both_offered(client: Client, note: Note) -> None:
    this, latest = cited("note", note), f"{cited('note', note)}?address=latest"
    assert f"/r/{note.identifier}/v/1/" in client.get(this).content.decode()
    page = client.get(latest).content.decode()
    assert f"Available at: http://testserver/r/{note.identifier}/ (Accessed" in page


def test_an_earlier_version_says_that_it_is_not_the_newest(client: Client, note: Note) -> None:
    facts = {"witness": "author", "text_state": "read", "mark": note.mark}
    Reading.objects.create(note=note, number=2, text="Say who decides, please.", **facts)
    page = client.get(cited("note", note) + "1/").content.decode()
    assert "Version 1 is not the newest." in page
    assert f'href="/cite/note/{note.identifier}/2/"' in page
    assert "is not the newest" not in client.get(cited("note", note) + "2/").content.decode()
    head = client.get(f"/r/{note.identifier}/v/1/").content.decode()
    assert f'<link rel="canonical" href="http://testserver/r/{note.identifier}/">' in head
    assert f'<link rel="cite-as" href="http://testserver/r/{note.identifier}/v/1/">' in head


def test_a_note_is_cited_by_its_event_and_never_by_a_name_shown_in_the_room(
    client: Client, note: Note
) -> None:
    Note.objects.filter(pk=note.pk).update(signed="Benjamin")
    everything = b"".join(client.get(cited("note", note) + name).content for name in ("", *FILES))
    assert b"The Loaf" in everything
    assert b"Benjamin" not in everything
    assert b"Benjamin" not in client.get(note.get_absolute_url()).content


@pytest.mark.parametrize("mark", ["tick", "square"])
def test_a_note_without_words_is_called_by_its_mark(
    client: Client, wall: Board, post_note: Callable, mark: str
) -> None:
    note = post_note(wall.stations.get(), "", mark=mark)
    (item,) = json.loads(client.get(cited("note", note) + "latest.json").content)
    assert item["title"] == {"tick": "Agree, no words", "square": "Challenge, no words"}[mark]


def test_a_challenge_is_said_to_be_one_in_every_file(client: Client, note: Note) -> None:
    for name in FILES[:3]:
        assert b"Challenge" in client.get(cited("note", note) + name).content


def test_a_withdrawn_note_is_gone_from_every_form(client: Client, note: Note, ben: Viewer) -> None:
    before = [client.get(cited("note", note) + name) for name in ("", "1/", "1.ris", *FILES)]
    assert {answer.status_code for answer in before} == {200}
    withdraw_note(note, by=ben)
    for name in ("", "1/", "1.ris", *FILES):
        answer = client.get(cited("note", note) + name)
        assert answer.status_code == 410
        assert b"Say who decides" not in answer.content
        assert b"Power" in answer.content  # the heading it stood under
    assert "z:itemType" not in client.get(note.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("public", "research"), [(False, True), (False, False)])
def test_what_is_not_public_cannot_be_cited_by_anybody(
    client: Client, wall: Board, post_note: Callable, ada: Viewer, public: bool, research: bool
) -> None:
    note = post_note(wall.stations.get(), "For us alone.", public=public, research=research)
    client.force_login(ada.person)
    assert client.get(note.get_absolute_url()).status_code == 200
    assert "z:itemType" not in client.get(note.get_absolute_url()).content.decode()
    for name in ("", "1/", "1.ris", *FILES):
        assert client.get(cited("note", note) + name).status_code == 404


def test_words_that_researchers_may_not_use_are_in_no_file(
    client: Client, wall: Board, post_note: Callable
) -> None:
    note = post_note(wall.stations.get(), "Not for papers.", research=False)
    for name in ("", *FILES):
        answer = client.get(cited("note", note) + name)
        assert answer.status_code == 200
        assert b"Not for papers" not in answer.content
    head = client.get(note.get_absolute_url()).content.decode().split("</head>")[0]
    assert "Not for papers" not in head


def test_a_hidden_note_and_a_draft_cannot_be_cited(
    client: Client, note: Note, make_event: Callable, ada: Viewer
) -> None:
    hide_note(note, "It names somebody.", by=ada)
    draft = make_event("draft-day", status=Event.Status.DRAFT)
    client.force_login(ada.person)
    assert client.get(cited("note", note)).status_code == 404
    assert client.get(cited("event", draft)).status_code == 404
    assert "z:itemType" not in client.get(draft.get_absolute_url()).content.decode()


def test_a_post_that_was_taken_back_answers_that_it_was(client: Client, post: Post, ada: Viewer) -> None:
    date_post(post, None, by=None)
    for address in (post.get_absolute_url(), cited("post", post), cited("post", post) + "1.ris"):
        answer = client.get(address)
        assert answer.status_code == 410
        assert b"What we learned" not in answer.content


def test_a_post_nobody_ever_saw_was_never_there(client: Client, ada: Viewer) -> None:
    never = Post.objects.create(title="Not yet", slug="not-yet")
    assert client.get(never.get_absolute_url()).status_code == 404
    assert client.get(cited("post", never)).status_code == 404


def test_an_imported_note_says_on_what_basis_it_is_there(client: Client, note: Note) -> None:
    basis = Consent.objects.create(public=True, research=True, basis="Published on the group’s own blog")
    Note.objects.filter(pk=note.pk).update(consent=basis)
    for name in FILES[:3]:
        assert "Published on the group’s own blog" in client.get(cited("note", note) + name).content.decode()


@pytest.mark.parametrize(
    "address",
    ["/cite/person/76mj3zr5q7/", "/cite/note/nobody/", "/cite/note/76mj3zr5q7/latest.exe",
     "/cite/release/x/", "/cite/note/76mj3zr5q7/9999999999.ris", "/cite/result/76mj3zr5q7/"],
)  # fmt: skip
def test_what_never_was_is_not_found(db: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_file_that_did_not_change_is_not_sent_again(client: Client, note: Note) -> None:
    address = cited("note", note) + "latest.ris"
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_statements_and_decisions_keep_what_they_said(client: Client, everything: dict[str, Model]) -> None:
    statement: Statement = everything["statement"]
    decision: Decision = everything["decision"]
    statement.changes.create(number=1, before="You want something.", why="It was too weak.")
    decision.updates.create(number=1, kind_before="will_do", kind="under_way", text="Begun.")
    before = "You will.\nBecause: it is right."
    decision.updates.create(number=2, kind_before="under_way", kind="done", text="Done.", before=before)
    Decision.objects.filter(pk=decision.pk).update(text="You did.", kind="done")
    said = [item_at(client, cited("statement", statement), number) for number in (1, 2)]
    assert [item["title"] for item in said] == ["You want something.", "You want to decide."]
    decided = [item_at(client, cited("decision", decision), number) for number in (1, 2, 3)]
    assert [item["title"] for item in decided] == [*["You will. Because: it is right."] * 2, "You did."]
    assert [item["abstract"] for item in decided] == ["We will do it.", "Under way.", "Done."]
    for number, words in ((1, "We will do it"), (2, "Under way"), (3, "how it stands now")):
        page = client.get(f"/decisions/{decision.identifier}/v/{number}/")
        assert words in page.content.decode()
    assert client.get(f"/decisions/{decision.identifier}/v/4/").status_code == 404


def test_a_citation_takes_the_same_queries_however_much_there_is(
    client: Client, note: Note, wall: Board, post_note: Callable,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    client.get(cited("note", note))
    with django_assert_num_queries(4):
        client.get(cited("note", note))
    for words in ("One more.", "And one."):
        post_note(wall.stations.get(), words)
    with django_assert_num_queries(4):
        client.get(cited("note", note))


def test_a_merged_note_is_cited_through_the_one_it_counts_in(
    client: Client, note: Note, wall: Board, post_note: Callable
) -> None:
    other = post_note(wall.stations.get(), "Say who decides!")
    Note.objects.filter(pk=other.pk).update(merged_into=note)
    for name in ("", "1/", "latest.ris"):
        assert client.get(cited("note", other) + name)["Location"] == cited("note", note)
    Note.objects.filter(pk=note.pk).update(moderation="hidden")
    assert client.get(cited("note", other)).status_code == 404


def test_a_quotation_that_was_left_out_answers_that_it_was(
    client: Client, everything: dict[str, Model], ada: Viewer
) -> None:
    quotation = everything["quotation"]
    leave_trace("left_out", quotation, by=ada)
    address = cited("quotation", quotation)
    quotation.delete()
    answer = client.get(address)
    assert answer.status_code == 410
    assert b"We bring" not in answer.content
