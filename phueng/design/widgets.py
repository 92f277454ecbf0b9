"""How does a person type a day, a telephone number or a photo on a phone?

The widgets only choose the keypad and keep what was typed, right or wrong; reading it (Thai digits,
Buddhist era) is done by the form field that uses them.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from phueng.design.wording import current_language, say_lazily
from phueng.kernel.thai_dates import BE_AHEAD_OF_CE, MONTHS_EN, MONTHS_TH, PartialDate


class DayWidget(forms.MultiWidget):
    """Day, month and year side by side. The value is text "27/11/2569" as typed, so a wrong day is kept too;
    `kernel.thai_dates.parse_date` reads it. An unknown day or month is left empty ("11/2569", "2569").

    Three boxes, not the browser's calendar: birth dates lie decades back, `input type=date` shows CE only.
    """

    template_name = "design/components/day.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        names = enumerate(zip(MONTHS_TH, MONTHS_EN, strict=True), start=1)
        months = [("", "–"), *((str(number), say_lazily(*pair)) for number, pair in names)]
        super().__init__(
            [
                forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "input day-number"}),
                forms.Select({"class": "input"}, choices=months),
                forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "input day-year"}),
            ],
            attrs,
        )

    def decompress(self, value: date | PartialDate | str | None) -> list[str]:
        if isinstance(value, date):
            value = PartialDate.of(value)
        if isinstance(value, PartialDate):
            year = value.year_ce + (BE_AHEAD_OF_CE if current_language() == "th" else 0)
            return [str(value.day or ""), str(value.month or ""), str(year)]
        # Many older people know only the year, or month and year: what is missing is missing in front.
        parts = (value or "").split("/", 2)
        return [*[""] * (3 - len(parts)), *parts]

    # One text instead of Django's list, so that a plain CharField can hold and save it.
    def value_from_datadict(  # type: ignore[override]
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> str:
        parts = [str(part or "").strip() for part in super().value_from_datadict(data, files, name)]
        return "/".join(parts).lstrip("/") if any(parts) else str(data.get(name) or "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        labels = (("วัน", "Day"), ("เดือน", "Month"), ("ปี (พ.ศ.)", "Year"))
        for part, label in zip(context["widget"]["subwidgets"], labels, strict=True):
            part["label"] = say_lazily(*label)
        return context


class NumberText(forms.TextInput):
    """Digits on the keypad, free text underneath: spaces, dashes and Thai digits are accepted."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})})


class PhoneInput(forms.TextInput):
    input_type = "tel"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "tel", "inputmode": "tel", **(attrs or {})})


class PhotoInput(forms.FileInput):
    """The camera first; the photo is made small in the phone where that works. HEIC is taken as it is."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": "image/*,.heic,.heif", "data-shrink": True, **(attrs or {})})
