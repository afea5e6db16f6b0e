from django.urls import path

from responses.import_views import import_page
from responses.views import (
    answering,
    boards,
    cards,
    changes,
    drawings,
    joining,
    live_pages,
    notes,
    options,
    own,
    own_pictures,
    pictures,
    polls,
)
from responses.views.counting import counting
from responses.views.facilitating import facilitate
from responses.views.layouts import new_board
from responses.views.merging import merging
from responses.views.projecting import projector

BOARD = "events/<slug:event>/boards/<slug:slug>/"
POLL = "events/<slug:event>/polls/<slug:slug>/"
CARDS = "events/<slug:event>/cards/<slug:slug>/"
DRAWING = "events/<slug:event>/drawings/<slug:slug>/"

urlpatterns = [
    path("events/<slug:slug>/import/", import_page, name="import_transcript"),
    path("events/<slug:slug>/boards/new/", new_board, name="board_new"),
    path(BOARD, boards.board, name="board"),
    path(f"{BOARD}facilitate/", facilitate, {"kind": "board"}, name="board_facilitate"),
    path(f"{POLL}facilitate/", facilitate, {"kind": "poll"}, name="poll_facilitate"),
    path(f"{CARDS}facilitate/", facilitate, {"kind": "cards"}, name="cards_facilitate"),
    path(f"{DRAWING}facilitate/", facilitate, {"kind": "drawing"}, name="drawing_facilitate"),
    path(f"{BOARD}projector/", projector, {"kind": "board"}, name="board_projector"),
    path(f"{POLL}projector/", projector, {"kind": "poll"}, name="poll_projector"),
    path(f"{CARDS}projector/", projector, {"kind": "cards"}, name="cards_projector"),
    path(f"{DRAWING}projector/", projector, {"kind": "drawing"}, name="drawing_projector"),
    path(f"{BOARD}count/", counting, name="board_count"),
    path(f"{BOARD}merges/", merging, name="board_merges"),
    path(f"{BOARD}live/", live_pages.live, name="board_live"),
    path(f"{BOARD}answer/", answering.answer, name="answer"),
    path(f"{BOARD}answer/<str:code>/", answering.answer_station, name="answer_station"),
    path("changes/<str:identifier>/", changes.changes, name="changes"),
    path("events/<slug:slug>/polls/new/", polls.poll_new, name="poll_new"),
    path(POLL, polls.poll, name="poll"),
    path(f"{POLL}add/", polls.poll_add, name="poll_add"),
    path("o/<str:identifier>/", options.option, name="option"),
    path("o/<str:identifier>/withdraw/", options.option_withdraw, name="option_withdraw"),
    path("o/<str:identifier>/desk/", options.option_desk, name="option_desk"),
    path("events/<slug:slug>/cards/new/", cards.cards_new, name="cards_new"),
    path(CARDS, cards.cards, name="cards"),
    path(f"{CARDS}count/<int:number>/<str:when>/", cards.cards_count, name="cards_count"),
    path("events/<slug:slug>/drawings/new/", drawings.drawing_new, name="drawing_new"),
    path(DRAWING, drawings.drawing, name="drawing"),
    path("d/receipt/<str:code>/", own_pictures.picture_receipt, name="picture_receipt"),
    path(
        "d/receipt/<str:code>/withdraw/",
        own_pictures.picture_receipt_withdraw,
        name="picture_receipt_withdraw",
    ),
    path(
        "d/receipt/<str:code>/files/<str:name>",
        own_pictures.picture_receipt_file,
        name="picture_receipt_file",
    ),
    path("d/<str:identifier>/", pictures.picture, name="picture"),
    path("d/<str:identifier>/desk/", pictures.picture_desk, name="picture_desk"),
    path("d/<str:identifier>/files/<str:name>", pictures.picture_file, name="picture_file"),
    path("d/<str:identifier>/yours/", own_pictures.my_picture, name="my_picture"),
    path("d/<str:identifier>/yours/withdraw/", own_pictures.my_picture_withdraw, name="my_picture_withdraw"),
    path("j/", joining.join_form, name="join"),
    path("j/<str:code>/", joining.join_code, name="join_code"),
    path("events/<slug:event>/<slug:kinds>/<slug:slug>/join-sheet/", joining.join_sheet, name="join_sheet"),
    path("r/<str:identifier>/", notes.note, name="note"),
    path("r/<str:identifier>/v/<int:number>/", notes.note_version, name="note_version"),
    path("r/<str:identifier>/take-down/", notes.note_take_down, name="note_take_down"),
    path("receipt/", own.receipt_lookup, name="receipt_lookup"),
    path("receipt/<str:code>/", own.receipt, name="receipt"),
    path("receipt/<str:code>/withdraw/", own.receipt_withdraw, name="receipt_withdraw"),
    path("my-notes/", own.my_notes, name="my_notes"),
    path("my-notes/<str:identifier>/", own.my_note, name="my_note"),
    path("my-notes/<str:identifier>/withdraw/", own.my_note_withdraw, name="my_note_withdraw"),
]
