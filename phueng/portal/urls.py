"""Which addresses does the front door have?"""

from django.urls import path

from phueng.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("schemes/<slug:code>/", views.scheme_page, name="scheme"),
]
