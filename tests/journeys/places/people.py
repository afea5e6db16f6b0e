"""Pages of people, accounts and letters."""

from playwright.sync_api import Page

from tests.journeys.places.place import Place, refused


def ask_for_a_code(page: Page) -> None:
    page.get_by_label("Email").fill("nobody@example.org")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Type the code we sent").wait_for()


def find_somebody(page: Page) -> None:
    page.get_by_label("A name, an email address or words").fill("example.org")
    page.get_by_role("button", name="Search", exact=True).last.click()
    page.get_by_role("heading", name="Found").wait_for()


PEOPLE = {
    "the log": Place("log", viewer="steward"),
    "asking or complaining": Place("case_new"),
    "asking with errors": Place("case_new", step=refused("Send it")),
    "one's own request": Place("case_own", 1),
    "requests and complaints": Place("cases", viewer="steward"),
    "request that waits": Place("case", viewer="steward", step=refused("Send the answer")),
    "request that was closed": Place("case", 1, viewer="steward"),
    "searching all that is stored": Place("case_search", viewer="steward", step=find_somebody),
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
