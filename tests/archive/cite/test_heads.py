"""What the heads of pages say, as Zotero, harvesters and search engines read it."""

import html
import json
import re

import extruct
import pytest
from django.db.models import Model
from django.template import Context, Template
from django.test import Client
from django.utils import timezone
from signposting import find_signposting_html, htmllinks

from archive.cite.jsonld import in_script, jsonld_of
from archive.cite.works import works_of_notes
from archive.search.hits import Hit
from events.models import Event
from responses.models import Board, Note
from tests.archive.cite.works import a_work

ITEM_TYPES = {
    "note": "manuscript", "event": "webpage", "set": "webpage", "principle": "webpage", "wording": "webpage",
    "post": "blogPost", "story": "manuscript", "picture": "artwork", "theme": "webpage",
    "statement": "webpage", "decision": "webpage", "amendment": "webpage", "promise": "webpage",
    "call": "webpage",
}  # fmt: skip


def head_of(client: Client, thing: Model) -> str:
    page = client.get(thing.get_absolute_url())
    assert page.status_code == 200
    return page.content.decode().split("</head>")[0]


def metas(head: str) -> dict[str, str]:
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', head)
    return {name: html.unescape(content) for name, content in found}


def test_the_head_of_a_note_is_what_zotero_reads(client: Client, note: Note) -> None:
    said = metas(head_of(client, note))
    kept = {name: value for name, value in said.items() if name.startswith(("DC", "z:", "og:"))}
    address = f"http://testserver/r/{note.identifier}"
    assert kept == {
        "DC.title": "Say who decides.",
        "DC.creator": "The Loaf",
        "DCTERMS.issued": note.added_at.date().isoformat(),
        "DC.publisher": "Coproduce",
        "DC.identifier": f"{address}/v/1/",
        "DC.rights": "Whoever wrote it lets everybody read and quote it without a name, and lets "
        "researchers use it. Beyond that no licence is given.",
        "DC.subject": "Power",
        "DC.language": "en-GB",
        "DC.type": "sticky note, from a device",
        "z:itemType": "manuscript",
        "og:site_name": "Coproduce",
        "og:title": "Say who decides.",
        "og:url": f"{address}/v/1/",
        "og:description": "Challenge. Left under “Power” on “The wall”, Wall day.",
    }


def test_every_page_of_an_item_says_its_type_and_no_page_is_taken_for_an_article(
    client: Client, everything: dict[str, Model]
) -> None:
    for kind, expected in ITEM_TYPES.items():
        page = client.get(everything[kind].get_absolute_url()).content.decode()
        assert metas(page)["z:itemType"] == expected, kind
        assert page.count('rel="canonical"') == 1, kind
        assert "citation_" not in page, kind
        assert "Z3988" not in page, kind
        assert f"/cite/{kind}/" in page or kind == "principle", kind


def test_version_pages_say_so_too(client: Client, everything: dict[str, Model]) -> None:
    addresses = [
        f"/r/{everything['note'].identifier}/v/1/",
        "/events/wall-day/versions/1/",
        "/journal/learned/versions/1/",
        f"/statements/{everything['statement'].identifier}/v/1/",
        f"/decisions/{everything['decision'].identifier}/v/1/",
    ]
    for address in addresses:
        page = client.get(address).content.decode()
        assert metas(page)["DC.identifier"] == f"http://testserver{address}"
        assert page.count('rel="canonical"') == 1
        assert f'rel="canonical" href="http://testserver{address}"' not in page


def test_json_ld_is_read_back_and_names_its_type(client: Client, everything: dict[str, Model]) -> None:
    types = {
        "note": "Quotation", "event": "Event", "set": "DefinedTermSet", "principle": "DefinedTerm",
        "post": "BlogPosting", "statement": "Article", "picture": "VisualArtwork",
    }  # fmt: skip
    for kind, expected in types.items():
        thing = everything[kind]
        found = extruct.extract(
            client.get(thing.get_absolute_url()).content.decode(), syntaxes=["json-ld", "dublincore"]
        )
        (data,) = found["json-ld"]
        assert data["@type"] == expected
        assert data["@context"] == "https://schema.org"
        assert data["name"]
        assert found["dublincore"], kind


def test_an_event_says_when_where_and_by_whom_and_where_its_data_is(client: Client, day: Event) -> None:
    (data,) = extruct.extract(head_of(client, day) + "</head></html>", syntaxes=["json-ld"])["json-ld"]
    assert (data["startDate"], data["endDate"]) == ("2019-03-06", "2019-03-06")
    assert data["location"]["name"] == "Leeds"
    assert data["organizer"] == [{"@type": "Organization", "name": "The Loaf"}]
    assert data["subjectOf"]["@type"] == "Dataset"
    kinds = [one["encodingFormat"] for one in data["subjectOf"]["distribution"]]
    assert kinds == ["text/csv", "application/jsonl", "application/tei+xml"]


@pytest.mark.parametrize("words", ["</script><script>alert(1)</script>", "<!--<script>", "a & b \u2028 c"])
def test_no_words_end_the_script_they_stand_in(words: str) -> None:
    written = in_script(jsonld_of(a_work(words, words=words)))
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written)["text"] == words


def test_programs_find_their_way(
    client: Client, everything: dict[str, Model], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch(address: str) -> htmllinks.HTML:
        page = client.get(str(address).removeprefix("http://testserver")).content.decode()
        return htmllinks.HTML(page, "text/html", address, address)

    monkeypatch.setattr(htmllinks, "_get_html", fetch)
    for kind in ITEM_TYPES:
        found = find_signposting_html(f"http://testserver{everything[kind].get_absolute_url()}")
        assert found.citeAs.target.startswith("http://testserver/")
        assert len(found.describedBy) == 3
        assert {str(link.type) for link in found.describedBy} == {
            "application/x-research-info-systems", "application/x-bibtex",
            "application/vnd.citationstyles.csl+json",
        }  # fmt: skip
        assert found.license.target == "http://testserver/archive/#h-terms"
        assert "https://schema.org/AboutPage" in {str(link.target) for link in found.types}
        assert found.linksets
        for link in found.describedBy:
            answer = client.get(str(link.target).removeprefix("http://testserver"))
            assert answer.status_code == 200
            assert answer["Content-Type"].startswith(str(link.type))


def test_the_linkset_says_what_the_page_says(client: Client, day: Event) -> None:
    answer = client.get(f"/cite/event/{day.identifier}/linkset.json")
    assert answer["Content-Type"] == "application/linkset+json"
    (context,) = answer.json()["linkset"]
    assert context["anchor"] == "http://testserver/events/wall-day/"
    assert context["item"][0]["href"] == "http://testserver/events/wall-day/notes.csv"
    assert set(context) == {"anchor", "cite-as", "describedby", "type", "license", "item"}


def test_a_list_offers_each_of_its_notes(note: Note, wall: Board, django_assert_num_queries: object) -> None:
    notes = list(Note.objects.select_related("board__event", "station", "consent"))
    hits = [Hit("note", note, note.added_at, None, "") for note in notes * 3]
    page = Template("{% load citing %}{% coins hits %}")
    with django_assert_num_queries(1):
        written = page.render(Context({"hits": hits}))
    assert written.count('class="Z3988"') == 3
    title = html.unescape(re.search(r'title="([^"]+)"', written)[1])
    assert "rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Adc" in title
    assert "rft.title=Say+who+decides." in title
    assert "rft.type=manuscript" in title
    assert "rft.creator=The+Loaf" in title


def test_a_thousand_notes_take_the_queries_of_one(
    note: Note, wall: Board, post_note: object, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(4):
        assert len(list(works_of_notes(Note.objects.all()))) == 1
    for number in range(3):
        post_note(wall.stations.get(), f"Note {number}.")
    with django_assert_num_queries(4):
        works = list(works_of_notes(Note.objects.order_by("pk")))
    assert [work.version for work in works] == [1] * 4
    assert works[0].creators[0].name == "The Loaf"


def test_a_cancelled_event_says_so_to_programs(client: Client, make_event: object) -> None:
    event = make_event("off-day", status=Event.Status.ANNOUNCED, cancelled_at=timezone.now())
    head = head_of(client, event)
    (data,) = extruct.extract(head + "</head></html>", syntaxes=["json-ld"])["json-ld"]
    assert data["eventStatus"] == "https://schema.org/EventCancelled"
    assert metas(head)["DC.type"] == "event, cancelled"


def test_a_list_of_results_offers_its_notes_and_says_nothing_of_one_item(client: Client, note: Note) -> None:
    page = client.get("/search/?q=decides").getvalue().decode()
    assert page.count('class="Z3988"') == 1
    assert "z:itemType" not in page
    assert "citation_" not in page
