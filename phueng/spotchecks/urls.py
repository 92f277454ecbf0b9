"""Addresses of the pages that ask whether money arrived, below /spotchecks/."""

from django.urls import path

from phueng.spotchecks.views import asking, following

app_name = "spotchecks"

urlpatterns = [
    path("", asking.board, name="board"),
    path("<uuid:interview_id>/", asking.interview, name="interview"),
    path("<uuid:interview_id>/try/", asking.not_reached, name="not_reached"),
    path("discrepancies/", following.discrepancies, name="discrepancies"),
    path("discrepancies/<uuid:discrepancy_id>/", following.discrepancy, name="discrepancy"),
    path("offices/", following.offices, name="offices"),
]
