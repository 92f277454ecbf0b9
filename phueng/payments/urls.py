"""Addresses of the finance pages, below /money/."""

from django.urls import path

from phueng.payments.views import board, budget, files, results, runs

app_name = "payments"

urlpatterns = [
    path("", board.board, name="board"),
    path("due/<slug:scheme_code>/<slug:office_code>/", board.due, name="due"),
    path("budget/", budget.budget_register, name="budget"),
    path("runs/<slug:number>/", runs.show, name="run"),
    path("runs/<slug:number>/check/", runs.check, name="check"),
    path("runs/<slug:number>/release/", runs.release, name="release"),
    path("runs/<slug:number>/abandon/", runs.abandon, name="abandon"),
    path("runs/<slug:number>/troubles/<uuid:trouble_id>/", runs.give_back, name="give_back"),
    path("runs/<slug:number>/files/<str:name>", files.download, name="file"),
    path("results/", results.results, name="results"),
    path("suspense/<uuid:item_id>/", results.settle, name="settle_suspense"),
]
