"""Which addresses does the demo have, in the demo setting only?"""

from django.urls import path

from phueng.demo.pages import clock, messages, stand_ins, start

app_name = "demo"
urlpatterns = [
    path("", start.start, name="start"),
    path("messages/", messages.messages, name="messages"),
    path("stand-ins/", stand_ins.stand_ins, name="stand_ins"),
    path("clock/", clock.clock, name="clock"),
]
