"""Pages of the archive, of threads through it and of one's own data."""

from tests.journeys.places.place import Place, refused

ARCHIVE = {
    "my thread": Place("my_thread", viewer="guest"),
    "the thread of a receipt": Place("receipt_thread"),
    "archive": Place("archive"),
    "for programs": Place("api"),
    "citing a note": Place("cite"),
    "citing a record": Place("cite", 1),
    "searches one keeps": Place("saved_searches", viewer="organiser"),
    "what is held on oneself": Place("own_data", viewer="organiser"),
    "ending an account": Place("account_end", viewer="organiser", step=refused("End my account")),
}
