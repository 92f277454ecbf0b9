"""Addresses below /sign-in/."""

from django.urls import path

from phueng.access.views import parked, passwords, second_factor, sign_in, step_up

app_name = "access"

urlpatterns = [
    path("", sign_in.sign_in, name="sign_in"),
    path("out/", sign_in.sign_out, name="sign_out"),
    path("demo/", sign_in.demo_sign_in, name="demo_sign_in"),
    path("second-factor/", second_factor.second_factor, name="second_factor"),
    path("step-up/", step_up.step_up, name="step_up"),
    path("enrol/", second_factor.enrol, name="enrol"),
    path("password/", passwords.change_password, name="change_password"),
    path("kept/<uuid:parked_id>/", parked.parked, name="parked"),
]
