"""Pages of people, accounts and letters."""

from playwright.sync_api import Page

from tests.journeys.places.place import Place, refused


def ask_for_a_code(page: Page) -> None:
    page.get_by_label("Email").fill("nobody@example.org")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Type the code we sent").wait_for()


PEOPLE = {
    "the log": Place("log", viewer="steward"),
    "sign-in": Place("account_login"),
    "code": Place("account_login", step=ask_for_a_code),
    "people": Place("people"),
    "people, to an organiser": Place("people", viewer="organiser"),
    "person": Place("person"),
    "person who is not listed": Place("person", 1, viewer="organiser"),
    "putting somebody on record": Place("person_new", viewer="organiser"),
    "changing what is said of somebody": Place("person_edit", viewer="organiser", step=refused("List them")),
    "organisations": Place("organisations"),
    "organisation": Place("organisation", viewer="organiser"),
    "new organisation": Place("organisation_new", viewer="organiser"),
    "changing an organisation": Place("organisation_edit", viewer="organiser"),
    "what the site says of oneself": Place("profile", viewer="organiser"),
    "terms for researchers": Place("research_terms"),
    "terms, to somebody signed in": Place(
        "research_terms", viewer="organiser", step=refused("Accept the terms")
    ),
    "news by mail": Place("news"),
    "news by mail with errors": Place("news", step=refused("Ask for the letters")),
    "what letters go to an address": Place("news_own"),
    "confirming an address": Place("news_own", 1),
    "ending letters": Place("news_stop"),
    "letters that were ended": Place("/news/nothing/", status=410),
    "letters of an account": Place("news_account", viewer="organiser"),
}
