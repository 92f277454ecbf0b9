"""How much was allotted, and where is it now?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from phueng.access.gates import gate
from phueng.audit.clock import now
from phueng.design.pieces import Column, Table, TableRow
from phueng.design.wording import current_language, say
from phueng.kernel.thai_dates import fiscal_year_be, in_bangkok
from phueng.ledger.queries import trial_balance
from phueng.payments.queries import FINANCE_ROLES, budgets_for
from phueng.payments.views.showing import books
from phueng.schemes.catalogue import scheme

STEPS = (
    ("ได้รับ", "Allotted"),
    ("เหลือใช้", "Available"),
    ("กันไว้", "Reserved"),
    ("ผูกพัน", "Committed"),
    ("จ่ายแล้ว", "Disbursed"),
)


@gate(*FINANCE_ROLES, "auditor")
def budget_register(request: HttpRequest) -> HttpResponse:
    """Allotted, available, reserved, committed, disbursed of each fund; for the auditor every account's balance."""
    viewer = request.viewer  # type: ignore[attr-defined]
    at, lang = now(), current_language()
    year = fiscal_year_be(in_bangkok(at).date())
    table = Table(
        caption=say("ปีงบประมาณ {year} (บาท)", "Fiscal year {year} (baht)", year=year if lang == "th" else year - 543),
        columns=[
            Column(say("สำนักงาน", "Office")),
            Column(say("โครงการ", "Scheme")),
            *(Column(say(*words), is_number=True) for words in STEPS),
        ],
        rows=[
            TableRow(
                cells=[
                    fund.office_code,
                    scheme(fund.scheme_code).short_name.in_language(lang),
                    *(books(satang) for satang in (b.allotted, b.available, b.reserved, b.committed, b.disbursed)),
                ]
            )
            for fund, b in budgets_for(viewer, year)
        ],
        empty=say("ยังไม่มีการจัดสรร", "Nothing allotted yet"),
        as_of=at,
    )
    accounts = trial_balance() if viewer.has_role("auditor") else []
    return render(
        request,
        "payments/budget.html",
        {
            "table": table,
            "accounts": [(code, books(satang)) for code, satang in accounts[:1000]],
            "difference": books(sum(satang for _, satang in accounts)),
        },
    )
