"""Which addresses show the catalogue of components? Wired in demo settings only."""

from django.urls import path

from phueng.design import views

app_name = "design"
urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("citizen/", views.citizen_example, name="citizen"),
    path("officer/", views.officer_example, name="officer"),
    path("live/", views.live_example, name="live"),
    path("photo.svg", views.photo_example, name="photo"),
    path("errors/<slug:name>/", views.error_example, name="error"),
]
