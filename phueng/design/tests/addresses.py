"""Under which addresses do these tests find the catalogue? (Elsewhere it is wired in demo settings only.)"""

from django.urls import include, path

urlpatterns = [path("design/", include("phueng.design.urls"))]
