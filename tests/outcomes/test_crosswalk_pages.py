"""The pages of the crosswalk: read by everybody, added to by those who organise."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from outcomes.models import NoTie, Tie
from people.guests import Viewer
from principles.models import Principle, PrincipleSet
from responses.models import Mark, Note, Station
from tests.conftest import make_person

HERE = "/crosswalk/lanterns/kites/"


@pytest.fixture
def power(make_set: Callable[..., PrincipleSet], station: Station) -> Station:
    """A station that asks about Power of Lanterns; Kites has Iterative."""
    make_set("Power", "Time")
    make_set("Iterative", slug="kites", name="Kites")
    station.pairings.create(principle=principle("power"))
    return station


def principle(slug: str) -> Principle:
    return Principle.objects.get(slug=slug)


@pytest.fixture
def organiser(client: Client, ada: Viewer) -> Client:
    client.force_login(ada.person)
    return client


def sent(**more: str) -> dict[str, str]:
    one, other = principle("power").identifier, principle("iterative").identifier
    return {"one": one, "other": other, "why": "Both are never done."} | more


def test_an_empty_crosswalk_says_what_would_begin_it(client: Client, db: None) -> None:
    assert "No principles belong together yet" in client.get("/crosswalk/").text


def test_every_number_of_the_table_leads_to_its_evidence(
    client: Client, power: Station, post_note: Callable[..., Note]
) -> None:
    note = post_note(power, "Links to iterative.")
    page = client.get(HERE).text
    anchor = f"{principle('power').identifier}-{principle('iterative').identifier}"
    assert f'href="#{anchor}"' in page
    assert f'id="{anchor}"' in page
    assert note.get_absolute_url() in page
    for other in ("/crosswalk/kites/lanterns/", "/crosswalk/"):
        assert f'id="{anchor}"' in client.get(other).text


def test_two_sets_are_chosen_at_an_address_of_their_own(client: Client, power: Station) -> None:
    assert client.get("/crosswalk/?one=lanterns&other=kites").url == HERE
    assert client.get("/crosswalk/?one=lanterns&other=nothing").status_code == 404
    assert client.get("/crosswalk/lanterns/nothing/").status_code == 404
    assert "Nothing ties these two sets yet" in client.get(HERE).text


def test_no_mark_stands_in_the_crosswalk(
    client: Client, power: Station, post_note: Callable[..., Note]
) -> None:
    """A mark there would be agreement, or challenge, without the other side of it."""
    post_note(power, "Links to iterative.", mark=Mark.TICK)
    page = client.get(HERE).text
    assert 'data-mark="tick"' not in page.partition("<main")[2]


def test_a_principle_says_what_it_goes_with(
    client: Client, power: Station, post_note: Callable[..., Note]
) -> None:
    post_note(power, "Links to iterative.")
    for path in ("/principles/lanterns/power/", "/principles/kites/iterative/"):
        page = client.get(path).text
        assert "Goes with" in page
        assert "One note links them." in page
    assert "Goes with" not in client.get("/principles/lanterns/time/").text


def test_an_organiser_signs_a_tie_and_takes_it_back(organiser: Client, power: Station, ada: Viewer) -> None:
    assert "Your name, Ada, will stand beside it in public." in organiser.get("/crosswalk/tie/").text
    answer = organiser.post("/crosswalk/tie/", sent())
    made = Tie.objects.get()
    assert answer.url == f"{HERE}#{made.identifier}"
    page = organiser.get(HERE).text
    assert "Ada ties them: Both are never done." in page.replace("\n", " ")
    organiser.post(f"/crosswalk/ties/{made.identifier}/undo/")
    assert "Both are never done." not in organiser.get(HERE).text


def test_a_tie_that_does_not_hold_comes_back_as_it_was_typed(organiser: Client, power: Station) -> None:
    same = principle("power").identifier
    for fields, said in (
        (sent(why=""), "Say why they belong together."),
        (sent(other=same), "one principle"),
    ):
        answer = organiser.post("/crosswalk/tie/", fields)
        assert answer.status_code == 422
        assert said in answer.text
    assert f'value="{same}" selected' in answer.text
    assert not Tie.objects.exists()


def test_the_form_begins_with_what_the_address_names(organiser: Client, power: Station) -> None:
    one = principle("power").identifier
    assert f'value="{one}" selected' in organiser.get(f"/crosswalk/tie/?one={one}").text


def test_somebody_else_s_tie_stays(client: Client, power: Station, ada: Viewer, organiser: Client) -> None:
    organiser.post("/crosswalk/tie/", sent())
    made = Tie.objects.get()
    client.force_login(make_person("Ola", "organiser"))
    assert "Take this tie back" not in client.get(HERE).text
    client.post(f"/crosswalk/ties/{made.identifier}/undo/")
    assert Tie.objects.standing().exists()


def test_a_note_that_means_something_else_is_said_to_and_counts_again(
    organiser: Client, power: Station, post_note: Callable[..., Note]
) -> None:
    note = post_note(power, "Links to iterative.")
    path = f"/crosswalk/notes/{note.identifier}/{principle('iterative').identifier}"
    assert organiser.post(f"{path}/not-meant/", {"why": ""}).status_code == 422
    organiser.post(f"{path}/not-meant/", {"why": "It means a drill."})
    page = organiser.get(HERE).text
    assert "It means a drill." in page
    assert "Nothing ties these two sets yet" in page
    organiser.post(f"{path}/meant/")
    assert not NoTie.objects.exists()
    assert "Nothing ties" not in organiser.get(HERE).text


@pytest.mark.parametrize("path", ["tie/", "ties/x/undo/", "notes/x/y/not-meant/", "notes/x/y/meant/"])
def test_whoever_runs_nothing_finds_no_way_to_tie(client: Client, power: Station, path: str) -> None:
    client.force_login(make_person("Ben"))
    assert client.post(f"/crosswalk/{path}").status_code == 404
    assert "Tie two principles" not in client.get(HERE).text


def test_the_files_hold_every_piece_and_no_words_of_notes(
    client: Client, power: Station, post_note: Callable[..., Note], ada: Viewer, organiser: Client
) -> None:
    note = post_note(power, "Links to iterative, secretly.")
    organiser.post("/crosswalk/tie/", sent(why="=HYPERLINK()"))
    rows = json.loads(client.get(f"{HERE}evidence.json").text)["evidence"]
    assert [row["evidence"] for row in rows] == ["note", "tie"]
    assert rows[0]["permalink"].endswith(note.get_absolute_url())
    assert rows[1]["permalink"].endswith(f"{HERE}#{Tie.objects.get().identifier}")
    table = client.get(f"{HERE}evidence.csv").content.decode()
    assert '"\'=HYPERLINK()"' in table
    assert "secretly" not in table


@pytest.mark.parametrize("several", [1, 3])
def test_the_page_asks_the_same_number_of_questions_for_one_piece_and_for_three(
    client: Client, power: Station, post_note: Callable[..., Note], django_assert_num_queries: Callable,
    several: int,
) -> None:  # fmt: skip
    for number in range(several):
        post_note(power, f"Links to iterative, number {number}.")
    with django_assert_num_queries(10):
        client.get(HERE)
