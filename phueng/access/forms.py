"""What does a person type to sign in?"""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from phueng.access.models import Account
from phueng.design.wording import say_lazily
from phueng.kernel.problems import Problem

_NEEDED = {"required": say_lazily("ยังไม่ได้กรอกช่องนี้", "This is still empty.")}


class SignInForm(forms.Form):
    """Username and password; pasting and password stores are welcome (ASVS 6.2.7)."""

    username = forms.CharField(
        label=say_lazily("ชื่อผู้ใช้", "Username"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages=_NEEDED,
    )
    password = forms.CharField(
        label=say_lazily("รหัสผ่าน", "Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages=_NEEDED,
    )


class FactorForm(forms.Form):
    """Six digits from the app."""

    code = forms.CharField(
        label=say_lazily("รหัส 6 หลักจากแอป", "6-digit code from your app"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages=_NEEDED,
    )


class OwnPasswordForm(forms.Form):
    """The password of whoever is signed in, once more."""

    password = forms.CharField(
        label=say_lazily("รหัสผ่าน", "Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages=_NEEDED,
    )


class PasswordForm(forms.Form):
    """The old password and a new one."""

    old_password = forms.CharField(
        label=say_lazily("รหัสผ่านเดิม", "Old password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages=_NEEDED,
    )
    new_password = forms.CharField(
        label=say_lazily("รหัสผ่านใหม่", "New password"),
        help_text=say_lazily(
            "อย่างน้อย 12 ตัวอักษร เช่น คำสามสี่คำที่จำง่าย ใช้ภาษาไทยและเว้นวรรคได้",
            "At least 12 characters, for example three or four words. Spaces and Thai are fine.",
        ),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages=_NEEDED,
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_new_password(self) -> str:
        """Check the new password by the rules in passwords.py."""
        new: str = self.cleaned_data["new_password"]
        try:
            validate_password(new, self.account)
        except ValidationError as refused:
            raise ValidationError(refused.messages) from refused
        return new


def add_problem(form: forms.Form, name: str, problem: Problem) -> None:
    """Show a problem beside its field, in the language of the page."""
    form.add_error(name, str(say_lazily(problem.in_full("th"), problem.in_full("en"))))
