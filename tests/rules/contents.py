"""What stands on the event of a scene: of each kind what is shown, what is kept, and what is gone."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from archive.models import Code, Coding, Memo, Study
from coproduce.images.keeping import original_in
from events.agenda import add_item
from events.models import Event
from journal.comments import withdraw_comment
from journal.judging import judge
from journal.models import Post, State, Writing
from journal.stories import withdraw_story
from outcomes.models import (
    Amendment,
    AmendmentNote,
    Decision,
    Statement,
    StatementNote,
    Theme,
    ThemeNote,
)
from people.guests import Viewer
from people.models import Person
from people.records import affiliate, found_organisation, list_person, put_on_record
from principles.models import Principle
from responses.drawing import withdraw_picture
from responses.models import Asking, Board, Note, Photo, Station
from responses.poll import withdraw_option
from responses.receipts import receipt_for
from responses.stubs import print_stubs, tie_stub, withdraw_stub
from tests.drawings import folder_of, hang_one, hold_drawing, made_files
from tests.paper import paper_note
from tests.polls import hold_poll, suggest
from tests.reading import says
from tests.rules.canaries import (
    DRAFT,
    GONE,
    KEPT,
    SHOWN,
    UNLISTED,
    UNPRINTED,
    UNREAD,
    UNRULED,
    UNSAID,
    UNTOLD,
)
from tests.sent import say
from tests.sheets import on_paper
from tests.stories import call_for, told
from tests.stories import shown as story_shown
from tests.texts import names, quoted, saved, words
from tests.texts import published as saved_and_shown


def put_people_on_record() -> None:
    """One who agreed to be listed and one who was not asked, both of one organisation."""
    body = found_organisation("A club", by=None)
    for name in (SHOWN, UNLISTED):
        affiliate(put_on_record(name, by=None, about=name), body, by=None, position=name)
    list_person(Person.objects.get(name=SHOWN), by=None)


def about(words: str) -> dict:
    """What is known of a post, with `words` in all of it."""
    return {
        "title": words, "summary": words, "byline": words, "authors": [words], "series": words, "part": 1,
        "tags": [words], "takes_comments": True,
    }  # fmt: skip


def tell_everything(event: Event, ada: Viewer, dee: Viewer) -> None:
    """One story for everybody, one that waits, one kept from readers, and one taken back."""
    call = call_for(ada, events=[event])
    story_shown(call, ada, SHOWN, by=dee, title=SHOWN, name=SHOWN)
    told(call, UNTOLD, by=dee, title=UNTOLD, name=UNTOLD)
    story_shown(call, ada, UNTOLD, by=dee, title=UNTOLD, public=False)
    gone = story_shown(call, ada, GONE, by=dee, title=GONE, name=GONE)
    withdraw_story(gone.story, by=dee, receipt=gone.receipt)


def say_everything(event: Event, ada: Viewer, ben: Viewer, dee: Viewer) -> None:
    """One comment for everybody, one that waits, one taken away by those who moderate, and one taken back."""
    judge(say(event, SHOWN, by=dee, name=SHOWN), State.SHOWN, by=ada)
    say(event, UNSAID, by=ben, name=UNSAID)
    judge(say(event, UNSAID, by=ben), State.REMOVED, by=ada, why="It names somebody.")
    withdraw_comment(say(event, GONE, by=dee, name=GONE), by=dee)


def write_texts(event: Event, posts: list[Post], ada: Viewer) -> None:
    """One version that names everything there is, past the act that would refuse that, and one to come."""
    text = saved_and_shown(event, words(f"<p>{SHOWN}</p>"), quoted(SHOWN, SHOWN), by=ada)
    kinds = {"note": Note.objects.filter(board__event=event), "photo": event.photos.all()}
    rows = [(kind, row) for kind, query in kinds.items() for row in query]
    named = [names(kind, row.identifier, f"n{n}") for n, (kind, row) in enumerate(rows)]
    text.writing.versions.update(blocks=[*text.blocks, *named])
    saved(event, words(f"<p>{UNREAD}</p>"), by=ada, why=UNREAD)
    enclose_everything(text.writing, SHOWN)
    enclose_everything(text.writing, UNREAD, is_shown=False)
    for post, said in zip(posts, (SHOWN, UNPRINTED), strict=True):
        saved_and_shown(post, words(f"<p>{said}</p>"), by=None)
        version = saved_and_shown(post, words(f"<p>{said}, once more</p>"), by=None)
        enclose_everything(version.writing, said)


def enclose_everything(writing: Writing, said: str, *, is_shown: bool = True) -> None:
    """A film, a file and a picture beside a text, past the acts that would look at them."""
    files = made_files()
    original_in(folder_of(files.folder), said.encode())
    writing.films.create(host="vimeo", key="1", title=said, alternative=said, is_shown=is_shown)
    writing.attachments.create(
        title=said, file_name=f"{said}.pdf", kind="pdf", folder=files.folder, size=1, is_shown=is_shown
    )
    facts = {"alt": said, "caption": said, "basis": "nobody", "is_shown": is_shown}
    writing.illustrations.create(files=files.folder, width=96, height=64, **facts)


def group_everything(event: Event, words: str, **fields: object) -> None:
    """A theme of every note there is, past the act that would refuse some of them."""
    theme = Theme.objects.create(event=event, name=words, about=words, **fields)
    theme.held.bulk_create(
        ThemeNote(theme=theme, note=note) for note in Note.objects.filter(board__event=event)
    )


def study_everything(event: Event, viewer: Viewer, words: str) -> None:
    """A study that codes every note there is, with a memo on each, past the acts that would refuse some."""
    study = Study.objects.create(name=words, about=words, by=viewer.person)
    code = Code.objects.create(study=study, name=words, about=words)
    Memo.objects.create(study=study, text=words, by=viewer.person)
    for note in Note.objects.filter(board__event=event):
        Coding.objects.create(code=code, note=note, by=viewer.person)
        Memo.objects.create(study=study, note=note, text=words, by=viewer.person)


def propose_everything(principle: Principle, event: Event, viewer: Viewer, words: str, unread: str) -> None:
    """An amendment that takes marks and answers every note there is, and a draft that does too."""
    current = principle.current_wording
    for said in (words, unread):
        facts = {"text": f"Other words, {said}.", "why": said, "event": event, "author": viewer.person}
        amendment = Amendment.objects.create(principle=principle, wording=current, **facts)
        notes = Note.objects.filter(board__event=event)
        amendment.answers.bulk_create(AmendmentNote(amendment=amendment, note=note) for note in notes)
    month = timezone.now() + timedelta(days=30)
    public = Amendment.objects.filter(why=words)
    public.update(state="open", opened_at=timezone.now(), open_until=month)


def hear_everything(event: Event, viewer: Viewer, words: str, unread: str) -> None:
    """What was heard in every note there is and what was decided, published; and the same as drafts."""
    now = timezone.now()
    for said, at in ((words, now), (unread, None)):
        facts = {"event": event, "text": said, "author": viewer.person, "published_at": at}
        statement = Statement.objects.create(**facts)
        notes = Note.objects.filter(board__event=event)
        statement.cites.bulk_create(StatementNote(statement=statement, note=note) for note in notes)
        statement.changes.create(number=1, before=said, why=said)
        decision = Decision.objects.create(**facts, kind=Decision.Kind.WILL_DO, because=said, due="2019")
        decision.statements.add(statement)
        decision.updates.create(number=1, kind_before="will_do", kind="under_way", text=said, before=said)


def suggest_everything(event: Event, ben: Viewer, dee: Viewer) -> None:
    poll = hold_poll(event, phase="propose")
    withdraw_option(suggest(poll, GONE, by=dee), by=dee)
    suggest(poll, KEPT, by=ben, public=False)
    suggest(poll, SHOWN, by=dee)
    add_item(event, by=None, title="Tea")


def hang_everything(event: Event, ben: Viewer, dee: Viewer) -> None:
    drawing = hold_drawing(event)
    withdraw_picture(hang_one(drawing, GONE, by=dee, group=GONE, expression=GONE), by=dee)
    hang_one(drawing, KEPT, by=ben, group=KEPT, expression=KEPT, public=False)
    hang_one(drawing, SHOWN, by=dee, group=SHOWN, expression=SHOWN)


def ask_about_one(station: Station, dee: Viewer) -> Note:
    """A note on a photograph on show that Dee read through a link, and nobody else so far."""
    event, note = station.board.event, paper_note(station)
    box = {"number": 1, "x": 1, "y": 1, "width": 9, "height": 9, "station": station}
    photograph(event, SHOWN, board=station.board).regions.create(**box, note=note)
    until = timezone.now() + timedelta(days=1)
    Asking.objects.create(event=event, message=f"Who can read {SHOWN}?", until=until)
    says(note, UNRULED, by=replace(dee, reads_for=event.pk), comment=UNRULED)
    return note


def take_a_sheet_back(station: Station, dee: Viewer) -> None:
    """Before it was digitised: its words are on record for nobody. A second sheet still waits."""
    first, _ = print_stubs(station.board, by=None, each=2)
    withdraw_stub(first, by=dee, receipt=receipt_for(first.key))
    tie_stub(on_paper(station, GONE), first.number, by=None)


def photograph_everything(event: Event, board: Board, shown: Note, kept: Note) -> None:
    """One on show, one that is not published, and one that shows what is kept to the room."""
    box = {"number": 1, "x": 1, "y": 1, "width": 9, "height": 9, "station": shown.station}
    photograph(event, SHOWN, board=board).regions.create(**box, note=shown)
    photograph(event, DRAFT, published_at=None)
    photograph(event, DRAFT, board=board).regions.create(**box, note=kept)
    gone = {
        "files": "",
        "digest": "",
        "alt": "",
        "caption": "",
        "published_at": None,
        "taken_down_at": timezone.now(),
    }
    photograph(event, "", **gone, why=UNPRINTED)


def photograph(event: Event, words: str, **fields: object) -> Photo:
    files = made_files()
    facts = {
        "key": uuid4(), "digest": files.folder, "files": files.folder, "width": files.width,
        "height": files.height, "making": Photo.Making.MADE, "alt": words, "caption": words,
        "basis": Photo.Basis.NOBODY, "published_at": timezone.now(), "zoom": 100,
    }  # fmt: skip
    return event.photos.create(**(facts | fields))
