"""How does the case page show borrowed hands with one line, whatever else it holds?"""

from typing import Any

from django import template

from phueng.desk.borrowing import borrowing_of
from phueng.desk.casefiles import CaseFile
from phueng.desk.forms.borrowing import GiveBackForm

register = template.Library()


@register.inclusion_tag("desk/case/_borrow.html", takes_context=True)
def borrow_panel(context: dict[str, Any], case: CaseFile) -> dict[str, Any]:
    """What is asked for in this case, and the button that asks."""
    borrowing = borrowing_of(case)
    return {
        "application": case.application,
        "borrowing": borrowing,
        "endings": [(one, GiveBackForm(auto_id=f"id-back-{one.row.hand}-%s")) for one in borrowing.asked],
        "request": context.get("request"),
        "csrf_token": context.get("csrf_token"),
    }
