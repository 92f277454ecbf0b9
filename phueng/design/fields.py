"""What stands around one input: its label, hint, error and the ids that tie them together?"""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from phueng.design.widgets import DayWidget

# What the template draws; decided by the widget, so that a form says it once.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (DayWidget, "day"),
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.Select, "select"),
)


@dataclass(frozen=True, slots=True)
class PresentedField:
    """One bound form field with everything its template needs."""

    bound: BoundField
    kind: str
    first_id: str
    input_html: str = ""
    described_by: str = ""
    errors: list[str] = field(default_factory=list)
    is_group: bool = False


def kind_of(bound: BoundField) -> str:
    for widget_class, kind in KINDS:
        if isinstance(bound.field.widget, widget_class):
            return kind
    return "input"


def first_input_id(bound: BoundField) -> str:
    """The id that an error summary links to: the first box of a group, else the input itself."""
    return f"{bound.auto_id}_0" if kind_of(bound) in ("choices", "day") else bound.auto_id


def present(bound: BoundField, *, width: str = "") -> PresentedField:
    """Everything about `bound` for the template; `width` is short, medium or full."""
    # Left to the server: the browser's own bubble cannot speak our two languages nor be read again.
    bound.form.use_required_attribute = False
    kind = kind_of(bound)
    errors = [str(error) for error in bound.errors]
    described_by = " ".join(
        f"{bound.auto_id}-{part}" for part, there in (("hint", bound.help_text), ("error", errors)) if there
    )
    is_group = kind in ("choices", "day")
    rows = bound.field.widget.attrs.get("rows")
    html = "" if kind == "choices" else bound.as_widget(attrs=_input_attrs(kind, described_by, errors, width, rows))
    return PresentedField(bound, kind, first_input_id(bound), html, described_by, errors, is_group)


def _input_attrs(kind: str, described_by: str, errors: list[str], width: str, rows: object) -> dict[str, Any]:
    attrs: dict[str, Any] = {}
    # MultiWidget hands attributes to its parts; each part has its own class, the group has the description.
    if kind == "day":
        return attrs
    attrs["class"] = {"checkbox": "tick", "file": "file"}.get(kind, "input") + (f" is-{width}" if width else "")
    if kind == "textarea" and rows == "10":
        # Django's default fills a phone screen; the box can still be drawn larger.
        attrs["rows"] = 4
    if described_by:
        attrs["aria-describedby"] = described_by
    if errors:
        attrs["aria-invalid"] = "true"
    return attrs
