"""Which addresses show the catalogue of components? Wired in demo settings only."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import path

from phueng.design import views

app_name = "design"

# Everybody may look: the catalogue shows invented examples. Gates belong to access, a storey above, so it is said here.
for example in (
    views.catalogue,
    views.citizen_example,
    views.officer_example,
    views.live_example,
    views.photo_example,
    views.error_example,
):
    shown: Callable[..., HttpResponse] = example
    shown.gate_roles = frozenset({"everyone"})  # type: ignore[attr-defined]

urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("citizen/", views.citizen_example, name="citizen"),
    path("officer/", views.officer_example, name="officer"),
    path("live/", views.live_example, name="live"),
    path("photo.svg", views.photo_example, name="photo"),
    path("errors/<slug:name>/", views.error_example, name="error"),
]
