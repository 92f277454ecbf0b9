"""Which addresses does the desk answer? All below /desk/."""

from django.urls import path

from phueng.desk.views import (
    administration,
    appeals,
    audit,
    borrowing,
    case,
    casework,
    claims,
    entitlements,
    meetings,
    people,
    queue,
    stuck,
    visits,
)

app_name = "desk"
CASE = "applications/<str:reference>/"
ACCOUNT = "administration/accounts/<uuid:account_id>/"
VISIT = "visits/<uuid:visit_id>/"
MEETING = "meetings/<uuid:meeting_id>/"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("unreached/", queue.unreached, name="unreached"),
    path("unreached/<uuid:task_id>/", queue.settle_unreached, name="settle_unreached"),
    # one case
    path(CASE, case.case, name="case"),
    path(f"{CASE}files/<uuid:number>", case.file, name="file"),
    path(f"{CASE}letters/<uuid:number>.pdf", case.letter, name="letter"),
    path(f"{CASE}checks/", case.checks, name="checks"),
    path(f"{CASE}claim/", claims.claim, name="claim"),
    path(f"{CASE}claim/release/", claims.release, name="release"),
    path(f"{CASE}claim/take-over/", claims.take_over, name="take_over"),
    path(f"{CASE}triage/", casework.triage, name="triage"),
    path(f"{CASE}transfer/", casework.transfer, name="transfer"),
    path(f"{CASE}missing/", casework.ask_missing, name="missing"),
    path(f"{CASE}answered/", casework.answer_missing, name="answered"),
    path(f"{CASE}forward/", casework.forward, name="forward"),
    path(f"{CASE}duplicate/", casework.close_duplicate, name="duplicate"),
    path(f"{CASE}withdraw/", casework.withdraw, name="withdraw"),
    path(f"{CASE}checks/<uuid:check_id>/settle/", casework.settle_check, name="settle"),
    path(f"{CASE}checks/<slug:kind>/again/", casework.ask_again, name="ask_again"),
    path(f"{CASE}visit/", visits.begin, name="visit_begin"),
    path(f"{CASE}recommend/", casework.recommend, name="recommend"),
    path(f"{CASE}decide/", casework.decide, name="decide"),
    path(f"{CASE}borrow/<slug:hand>/", borrowing.borrow, name="borrow"),
    path(f"{CASE}borrow/<slug:hand>/end/", borrowing.give_back, name="give_back"),
    path(f"{CASE}appeal/", casework.lodge_appeal, name="lodge_appeal"),
    path(f"{CASE}entitlement/suspend/", entitlements.suspend, name="suspend"),
    path(f"{CASE}entitlement/resume/", entitlements.resume_entitlement, name="resume"),
    path(f"{CASE}entitlement/end/", entitlements.end_entitlement, name="end"),
    # home visits
    path(VISIT, visits.overview, name="visit"),
    path(f"{VISIT}place/", visits.place, name="visit_place"),
    path(f"{VISIT}finish/", visits.finish, name="visit_finish"),
    path(f"{VISIT}<slug:page_code>/", visits.page, name="visit_page"),
    # committee and appeals
    path("meetings/", meetings.meetings, name="meetings"),
    path(MEETING, meetings.meeting, name="meeting"),
    path(f"{MEETING}agenda/", meetings.agenda, name="meeting_agenda"),
    path(f"{MEETING}attendance/", meetings.attendance, name="meeting_attendance"),
    path(f"{MEETING}close/", meetings.close, name="meeting_close"),
    path(f"{MEETING}minutes/", meetings.minutes, name="meeting_minutes"),
    path("meetings/items/<uuid:item_id>/recuse/", meetings.recuse, name="recuse"),
    path("meetings/items/<uuid:item_id>/resolve/", meetings.resolve, name="resolve"),
    path("appeals/", appeals.appeals, name="appeals"),
    path("appeals/<str:reference>/", appeals.appeal, name="appeal"),
    # people
    path("people/", people.people, name="people"),
    path("people/<uuid:person_id>/", people.person, name="person"),
    path("people/<uuid:person_id>/number/", people.open_number, name="open_number"),
    # evidence and administration
    path("audit/", audit.audit, name="audit"),
    path("administration/", administration.administration, name="administration"),
    path(ACCOUNT, administration.account, name="account"),
    path(f"{ACCOUNT}duties/<uuid:duty_id>/end/", administration.end_duty, name="end_duty"),
    path(f"{ACCOUNT}password/", administration.one_time_password, name="one_time_password"),
    path(f"{ACCOUNT}switch/", administration.switch_account, name="switch_account"),
    path("administration/delegations/", administration.delegations, name="delegations"),
    path("administration/calendar/", administration.calendar, name="calendar"),
    path("administration/stuck/", stuck.stuck_work, name="stuck"),
    path("administration/offices/", administration.offices, name="offices"),
]
