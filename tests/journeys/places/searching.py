"""Pages of the search: with results, without, narrowed down, and where a search cannot be."""

from playwright.sync_api import Page

from tests.journeys.places.place import Place, refused


def keep_without_a_name(page: Page) -> None:
    page.get_by_label("A name for it").fill(" ")
    refused("Keep it")(page)


SEARCHING = {
    "search": Place("search"),
    "a search with results": Place("/search/?q=power"),
    "a search, narrowed down": Place("/search/?kind=note&mark=square&mark=tick&sort=event&more=event"),
    "a search, to somebody signed in": Place("/search/?q=power", viewer="organiser"),
    "a search that finds nothing": Place("/search/?q=zelkovagrave"),
    "a search that cannot be": Place("/search/?q=power&mark=nonsense", status=400),
    "a search to keep without a name": Place(
        "/search/?q=power", viewer="organiser", step=keep_without_a_name
    ),
    "searches, none kept": Place("saved_searches", viewer="steward"),
    "the version of a note, cited": Place("cite_version"),
    "files one asked for, none kept": Place("exports", viewer="steward"),
    "studies, none begun": Place("studies", viewer="steward"),
    "terms for researchers, signed in": Place("research_terms", viewer="steward"),
}
