"""Which address shows which page of tracking?"""

from django.urls import path

from phueng.tracking.views import answering, citizen, leaving, looking_up, questions, receipts

app_name = "tracking"
urlpatterns = [
    path("", looking_up.look_up, name="look_up"),
    path("code/", looking_up.send, name="send_code"),
    path("leave/", leaving.leave, name="leave"),
    path("<str:reference>/", citizen.timeline, name="timeline"),
    path("<str:reference>/now/", citizen.now, name="now"),
    path("<str:reference>/letter.pdf", citizen.letter, name="letter"),
    path("<str:reference>/appeal/", answering.appeal, name="appeal"),
    path("<str:reference>/account/", answering.account, name="account"),
    path("<str:reference>/receipts/", receipts.receipts, name="receipts"),
    path("<str:reference>/questions/<str:number>/", questions.question, name="question"),
]
