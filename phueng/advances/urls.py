"""Addresses of the pages about money paid in the hand, below /advances/."""

from django.urls import path

from phueng.advances.views import acts, board, payday

app_name = "advances"

urlpatterns = [
    path("", board.board, name="board"),
    path("choose/", board.choose, name="choose"),
    path("choices/<uuid:choice_id>/confirm/", acts.confirm_choice, name="confirm_choice"),
    path("choices/<uuid:choice_id>/end/", acts.end_choice, name="end_choice"),
    path("prepare/<str:scheme_code>/<uuid:office_id>/", acts.prepare, name="prepare"),
    path("draw/<uuid:run_id>/", board.draw, name="draw"),
    path("<uuid:advance_id>/", payday.show, name="advance"),
    path("<uuid:advance_id>/clear/", payday.clear, name="clear"),
    path("<uuid:advance_id>/<uuid:line_id>/", payday.payee, name="payee"),
    path("<uuid:advance_id>/<uuid:line_id>/confirm/", acts.confirm, name="confirm"),
    path("<uuid:advance_id>/<uuid:line_id>/withdraw/", payday.withdraw, name="withdraw"),
    path("<uuid:advance_id>/<uuid:line_id>/receipt/", payday.receipt, name="receipt"),
    path("<uuid:advance_id>/<uuid:line_id>/photo/", payday.photo, name="photo"),
]
