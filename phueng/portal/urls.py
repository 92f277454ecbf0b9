"""Addresses of the front door."""

from django.urls import path

from phueng.portal import views

app_name = "portal"

urlpatterns = [
    path("", views.front, name="front"),
    path("help/", views.help_page, name="help"),
    path("privacy/", views.privacy_notice, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("schemes/<slug:code>/", views.scheme_page, name="scheme"),
]
