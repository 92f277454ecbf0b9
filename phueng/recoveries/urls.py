"""Addresses of the pages about money paid by mistake, below /recoveries/."""

from django.urls import path

from phueng.recoveries.views import acts, board, case

app_name = "recoveries"

urlpatterns = [
    path("", board.board, name="board"),
    path("note/", board.note, name="note"),
    path("<str:reference>/", case.show, name="case"),
    path("<str:reference>/letters/<uuid:letter_id>/", case.letter, name="letter"),
    path("<str:reference>/tell/", acts.tell, name="tell"),
    path("<str:reference>/withdraw/", acts.withdraw, name="withdraw"),
    path("<str:reference>/answer/", acts.answer, name="answer"),
    path("<str:reference>/ask/", acts.ask, name="ask"),
    path("<str:reference>/found/", acts.found, name="found"),
    path("<str:reference>/assess/", acts.assess_it, name="assess"),
    path("<str:reference>/decide/", acts.decide_it, name="decide"),
    path("<str:reference>/appeal/", acts.appeal, name="appeal"),
    path("<str:reference>/settle/", acts.settle, name="settle"),
    path("<str:reference>/plan/", acts.plan, name="plan"),
    path("<str:reference>/consent/", acts.consent, name="consent"),
    path("<str:reference>/revoke/", acts.revoke, name="revoke"),
    path("<str:reference>/repay/", acts.repay, name="repay"),
]
