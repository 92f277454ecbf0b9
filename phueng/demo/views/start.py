"""Where does somebody who tries the service begin?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from phueng.access.gates import gate_public
from phueng.demo.people import CITIZENS, PEOPLE


@gate_public
def start(request: HttpRequest) -> HttpResponse:
    """The cast, with one press to be each of them, and a walk through the story."""
    staff = [person for person in PEOPLE if person.duties]
    return render(request, "demo/start.html", {"staff": staff, "citizens": [c for c in CITIZENS if c.story_th]})
