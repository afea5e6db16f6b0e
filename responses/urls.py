from django.urls import path

from responses.import_views import import_page
from responses.views import answering, boards, notes, own

BOARD = "events/<slug:event>/boards/<slug:slug>/"

urlpatterns = [
    path("events/<slug:slug>/import/", import_page, name="import_transcript"),
    path(BOARD, boards.board, name="board"),
    path(f"{BOARD}state/", boards.board_state, name="board_state"),
    path(f"{BOARD}answer/", answering.answer, name="answer"),
    path(f"{BOARD}answer/<str:code>/", answering.answer_station, name="answer_station"),
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
