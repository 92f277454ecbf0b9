"""Which address shows which page of applying?"""

from django.urls import path, register_converter

from phueng.applications.converters import ReferenceConverter
from phueng.applications.views import asking, beginning, finishing, officer, returning

register_converter(ReferenceConverter, "reference")

app_name = "applications"
urlpatterns = [
    path("", beginning.choose, name="choose"),
    path("resume/", returning.resume, name="resume"),
    path("counter/", officer.counter, name="counter"),
    path("helper/", officer.helper, name="helper"),
    path("next-client/", officer.next_client, name="next_client"),
    path("<slug:scheme_code>/start", beginning.start, name="start"),
    path("<reference:reference>/check/", finishing.check, name="check"),
    path("<reference:reference>/submit/", finishing.submit, name="submit"),
    path("<reference:reference>/done/", finishing.done, name="done"),
    path("<reference:reference>/done/slip/", finishing.slip_state, name="slip_state"),
    path("<reference:reference>/slip.pdf", finishing.slip, name="slip"),
    path("<reference:reference>/missing/", returning.missing, name="missing"),
    path("<reference:reference>/withdraw/", returning.withdraw, name="withdraw"),
    path("<reference:reference>/photos/<uuid:evidence_id>/", asking.photo, name="photo"),
    path("<reference:reference>/", asking.go_on, name="go_on"),
    path("<reference:reference>/<slug:page_code>/", asking.page, name="page"),
    path("<reference:reference>/<slug:page_code>/save/", asking.save, name="save"),
]
