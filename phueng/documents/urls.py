"""Addresses of files, letters and the public check of a letter."""

from django.urls import path

from phueng.documents import views

app_name = "documents"
urlpatterns = [
    path("documents/<uuid:evidence_id>/", views.evidence, name="evidence"),
    path("letters/", views.ask_code, name="ask_code"),
    path("letters/<uuid:letter_id>/pdf/", views.letter_pdf, name="letter_pdf"),
    path("letters/<str:code>/", views.check_letter, name="check_letter"),
]
