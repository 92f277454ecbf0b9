"""Addresses of the demonstration: who to be, what was sent, how the outside systems behave, what time it is."""

from django.urls import path

from phueng.demo import views

app_name = "demo"

urlpatterns = [
    path("", views.start, name="start"),
    path("messages/", views.sent_messages, name="messages"),
    path("messages/list/", views.message_list, name="message_list"),
    path("stand-ins/", views.stand_ins, name="stand_ins"),
    path("clock/", views.clock, name="clock"),
]
