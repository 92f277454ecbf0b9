"""What does an officer say who asks another office for a hand?"""

from typing import Any

from django import forms

from phueng.desk.forms.fields import Choices, choice, words


class BorrowForm(forms.Form):
    """From whom, and why."""

    from_office = choice("ขอจาก", "Ask")
    why = words("เพราะอะไรสำนักงานเราทำเองไม่ได้", "Why can our office not do it?")

    def __init__(self, *args: Any, offices: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_office"].choices = list(offices)  # type: ignore[attr-defined]


class GiveBackForm(forms.Form):
    """Why the request ends."""

    why = words("เพราะอะไร", "Why?", rows=2)
