from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from people.guests import Viewer
from principles.models import Principle, PrincipleSet
from principles.sets import NewPrinciple, publish_set
from principles.wording import add_wording


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def power(make_set: Callable[..., PrincipleSet]) -> Principle:
    return make_set().principles.get(slug="power")


def test_without_sets_the_list_says_so(db: None, client: Client) -> None:
    assert "No principles yet" in page(client, "/principles/")


def test_the_list_names_every_set_and_principle(
    make_set: Callable[..., PrincipleSet], client: Client
) -> None:
    make_set("Power", "Time")
    make_set("Care", slug="others", name="Others")
    shown = page(client, "/principles/")
    for words in ("Lanterns", "Others", "Power", "Time", "Care", "A reading group, 2018"):
        assert words in shown


@pytest.mark.parametrize("sets", [1, 3])
def test_the_list_asks_the_same_number_of_questions_for_one_set_and_for_three(
    make_set: Callable[..., PrincipleSet], client: Client, django_assert_num_queries: Callable, sets: int
) -> None:
    for number in range(sets):
        make_set(*("Power", "Time", "Care")[: number + 1], slug=f"set-{number}", name=f"Set {number}")
    with django_assert_num_queries(3):
        client.get("/principles/")


@pytest.mark.parametrize("members", [1, 3])
def test_a_set_asks_the_same_number_of_questions_for_one_principle_and_for_three(
    make_set: Callable[..., PrincipleSet], client: Client, django_assert_num_queries: Callable, members: int
) -> None:
    make_set(*("Power", "Time", "Care")[:members])
    with django_assert_num_queries(3):
        client.get("/principles/lanterns/")


def test_a_set_shows_who_made_it_and_spells_its_name(ada: Viewer, client: Client) -> None:
    members = [NewPrinciple("Fairness", letter="F"), NewPrinciple("In the open", letter="I")]
    publish_set(
        by=ada, slug="fi", name="FI", authors="Two people", year="2016–17", source="A leaflet",
        spells_its_name=True, principles=members,
    )  # fmt: skip
    shown = page(client, "/principles/fi/")
    assert "in order, spell <b>FI</b>" in shown
    assert all(words in shown for words in ("Two people", "2016–17", "A leaflet"))
    assert shown.count("No wording was recorded.") == 2


def test_equal_wordings_raise_a_visible_warning_that_names_them(ada: Viewer, client: Client) -> None:
    found = {"text": "One sentence.", "status": "doubtful", "doubt": "It stands twice."}
    members = [
        NewPrinciple("Time", **found),
        NewPrinciple("Power", **found),
        NewPrinciple("Care", text="Care."),
    ]
    publish_set(by=ada, slug="lanterns", name="Lanterns", principles=members)
    shown = page(client, "/principles/lanterns/")
    warning = shown.split("flash--warn")[1].split("</div></div>")[0]
    assert "share one wording" in warning
    assert ">Time</a>" in warning
    assert ">Power</a>" in warning
    assert "Care" not in warning


def test_different_wordings_raise_no_warning(power: Principle, client: Client) -> None:
    assert "share one wording" not in page(client, "/principles/lanterns/")


def test_a_principle_shows_its_words_and_where_they_come_from(
    power: Principle, ada: Viewer, client: Client
) -> None:
    add_wording(power, "Power is lent.", by=ada, source="The spring meeting")
    shown = page(client, power.get_absolute_url())
    assert 'standfirst standfirst--wording">Power is lent.' in shown
    assert all(
        words in shown for words in ("The spring meeting", "<dd>Ada</dd>", "Transcribed, not yet checked")
    )


def test_doubt_is_shown_with_its_reason(power: Principle, ada: Viewer, client: Client) -> None:
    add_wording(power, "Power is lent.", by=ada, status="doubtful", doubt="Two sheets disagree.")
    for url in (power.get_absolute_url(), power.current_wording.get_absolute_url()):
        assert "<b>This wording is doubtful.</b> Two sheets disagree." in page(client, url)


def test_a_principle_without_words_says_so(ada: Viewer, client: Client) -> None:
    made = publish_set(by=ada, slug="lanterns", name="Lanterns", principles=[NewPrinciple("Time")])
    assert "No wording was recorded." in page(client, made.principles.get().get_absolute_url())


def test_the_history_shows_each_wording_with_what_changed(
    power: Principle, ada: Viewer, client: Client
) -> None:
    add_wording(power, "Power is lent.", by=ada)
    shown = page(client, power.get_absolute_url())
    assert "<del>shared</del><ins>lent</ins>" in shown
    assert "In words: “shared” became “lent”." in shown
    assert all(wording.get_absolute_url() in shown for wording in power.wordings.all())


def test_a_version_keeps_its_address_and_points_to_the_latest(
    power: Principle, ada: Viewer, client: Client
) -> None:
    add_wording(power, "Power is lent.", by=ada)
    first, latest = power.wordings.order_by("version")
    shown = page(client, first.get_absolute_url())
    assert "Power is shared." in shown
    assert f'href="{latest.get_absolute_url()}">Read the latest' in shown
    assert f"{settings.SITE_URL}{first.get_absolute_url()}" in shown
    assert "Read the latest" not in page(client, latest.get_absolute_url())


@pytest.mark.parametrize("path", ["nothing/", "lanterns/nothing/", "lanterns/power/v/2/", "other/power/"])
def test_what_is_not_on_record_is_not_found(power: Principle, client: Client, path: str) -> None:
    assert client.get(f"/principles/{path}").status_code == 404


def test_words_are_never_read_as_html(ada: Viewer, client: Client) -> None:
    wild = "<script>alert(1)</script>"
    members = [NewPrinciple(wild, slug="wild", letter="<", text=wild)]
    made = publish_set(by=ada, slug="wild", name=wild, spells_its_name=True, principles=members)
    principle = made.principles.get()
    add_wording(principle, f"{wild} again", by=ada)
    wording = principle.current_wording
    for url in ("/principles/", *(thing.get_absolute_url() for thing in (made, principle, wording))):
        assert "<script>alert" not in page(client, url)
