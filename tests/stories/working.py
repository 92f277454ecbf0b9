"""How do officers bring a request from the queue to the bank, over plain HTTP, each through their own pages?"""

import re
from collections.abc import Callable
from datetime import date

from phueng.demo.people import (
    APPROVER,
    FINANCE_CHECKER,
    FINANCE_MAKER,
    MUNICIPAL_APPROVER,
    MUNICIPAL_CHECKER,
    MUNICIPAL_MAKER,
    MUNICIPAL_OFFICER,
    MUNICIPAL_RELEASER,
    RELEASER,
    SOCIAL_WORKER,
    Staff,
)
from tests.stories.answering import Typed, visit_answers
from tests.stories.outside import eventually
from tests.stories.walking import Walker

Coming = Callable[..., Walker]
_RUN = re.compile(r"^/money/runs/([\w-]+)/$")


class Office:
    """The people of one office, each with a browser of their own."""

    def __init__(
        self,
        come: Coming,
        *,
        caseworker: Staff = SOCIAL_WORKER,
        approver: Staff = APPROVER,
        maker: Staff = FINANCE_MAKER,
        checker: Staff = FINANCE_CHECKER,
        releaser: Staff = RELEASER,
    ) -> None:
        self._come = come
        self._here: dict[str, Walker] = {}
        self.caseworker, self.approver = caseworker, approver
        self.maker, self.checker, self.releaser = maker, checker, releaser

    def sit(self, staff: Staff) -> Walker:
        """This officer's browser, signed in."""
        if staff.username not in self._here:
            self._here[staff.username] = self._come(staff.username)
        return self._here[staff.username]

    def case(self, staff: Staff, reference: str, act: str = "") -> Walker:
        """The page of a case as this officer sees it, with the form of an act open."""
        walker = self.sit(staff)
        walker.open(f"/desk/applications/{reference}/" + (f"?do={act}" if act else ""))
        return walker

    def do(
        self, staff: Staff, reference: str, act: str, typed: Typed, *, button: tuple[str, str] | None = None
    ) -> Walker:
        """Open the form of an act, fill it, send it; it must be taken."""
        walker = self.case(staff, reference, act)
        walker.submit(walker.form(action=f"/{act}/"), typed, button=button)
        if walker.here.status_code != 200:
            raise AssertionError(f"{act} was not taken ({walker.here.status_code}): {walker.text[:1500]}")
        return walker

    def wait_for(self, staff: Staff, reference: str, act: str, *, patience: float = 30) -> None:
        """Until this act is offered: the worker has done its part."""

        def offered() -> bool:
            walker = self.case(staff, reference, act)
            return any(f"/{act}/" in form.action for form in walker.read().forms)

        eventually(offered, patience=patience, what=f"{act} of {reference} for {staff.username}", every=0.4)

    def triage(self, reference: str, *, category: str = "new", note: str = "โทรแล้ว อยู่บ้าน") -> None:
        """The call back."""
        self.wait_for(self.caseworker, reference, "triage")
        self.do(self.caseworker, reference, "triage", {"category": category, "call_note": note})

    def visit(self, reference: str) -> None:
        """The whole home visit."""
        self.wait_for(self.caseworker, reference, "visit")
        walker = self.do(self.caseworker, reference, "visit", {})
        overview = walker.path
        answers = visit_answers(date.today())  # noqa: DTZ011  # what the officer's calendar says
        for code, typed in answers.items():
            walker.open(f"{overview}{code}/")
            walker.submit(walker.own_form(), typed)
            if walker.path == f"{overview}{code}/":
                raise AssertionError(f"the visit's page {code} was not taken: {walker.text[:1500]}")
        walker.open(overview)
        walker.submit(walker.form(having="latitude"), {"latitude": "16.44120", "longitude": "102.82970"})
        walker.submit(walker.form(action="/finish/"))
        if "/visits/" in walker.path:
            raise AssertionError(f"the visit does not end: {walker.path} {walker.text[:1000]}")

    def settle(self, reference: str, outcome: str = "accepted", why: str = "ดูบัตรแล้ว เป็นคนเดียวกัน") -> None:
        """Settle every check that wants an officer's eye."""
        for _ in range(6):
            walker = self.case(self.caseworker, reference, "settle")
            form = next((one for one in walker.read().forms if "/settle/" in one.action), None)
            if form is None:
                return
            walker.submit(form, {"outcome": outcome, "why": why})
        raise AssertionError(f"checks of {reference} are not settled: {walker.text[:1500]}")

    def recommend(
        self, reference: str, *, outcome: str = "approve", baht: str = "3,000", why: str = "เดือดร้อนจริง"
    ) -> None:
        """Recommend, once the checks let it be."""
        typed: Typed = {"outcome": outcome, "why": why}
        if baht:
            typed["amount"] = baht

        def taken() -> bool:
            walker = self.case(self.caseworker, reference, "recommend")
            walker.submit(walker.form(action="/recommend/"), typed)
            if walker.here.status_code == 200:
                return True
            raise AssertionError(walker.text[:3000])

        eventually(taken, patience=25, what=f"recommending {reference}", every=0.6)

    def decide(self, reference: str, outcome: str = "approve", *, why: str = "", by: Staff | None = None) -> None:
        """Another person decides."""
        self.do(by or self.approver, reference, "decide", {"why": why}, button=("outcome", outcome))

    def prepare(self, scheme_code: str, office_code: str = "") -> str:
        """Freeze what is due into a run; its number."""
        walker = self.sit(self.maker)
        address = f"/money/due/{scheme_code}/{office_code or self.maker.office_code}/"

        def something_is_due() -> bool:
            walker.open("/money/")
            return any(address in link for link in walker.read().links)

        eventually(something_is_due, patience=30, what=f"dues of {scheme_code}", every=0.5)
        walker.open(address)
        walker.submit(walker.own_form())
        found = _RUN.match(walker.path)
        if found is None:
            raise AssertionError(f"no run was made: {walker.path} {walker.text[:1500]}")
        return found[1]

    def approve(self, number: str, by: Staff | None = None) -> None:
        """A second pair of eyes, which also writes down the document that draws the money."""
        walker = self.sit(by or self.checker)

        def waits() -> bool:  # the civil register is asked about the payees before the list is frozen
            walker.open(f"/money/runs/{number}/")
            return walker.offers("/approve/") or walker.offers("/draw/")

        eventually(waits, patience=30, what=f"approving {number}", every=0.5)
        if walker.offers("/approve/"):
            walker.submit(walker.form(action="/approve/"))
            if walker.here.status_code != 200:
                raise AssertionError(f"not approved: {walker.text[:1000]}")
        if walker.offers("/draw/"):
            drawn = "36" + re.sub(r"\D", "", number)[-6:].rjust(8, "0")
            walker.submit(walker.form(action="/draw/"), {"gfmis_number": drawn})
            if walker.here.status_code != 200:
                raise AssertionError(f"no document recorded: {walker.text[:1000]}")

    def release(self, number: str) -> None:
        """The releaser, with the end of the fingerprint typed from the page."""
        walker = self.sit(self.releaser)

        def released() -> bool:
            walker.open(f"/money/runs/{number}/")
            if not walker.offers("/release/"):
                return "/files/" in " ".join(walker.read().links)
            walker.submit(walker.form(action="/release/"), {"last_of_digest": end_of_fingerprint(walker.here.text)})
            walker.prove_who_you_are()
            return walker.here.status_code == 200

        eventually(released, patience=20, what=f"releasing {number}", every=0.5)

    def pay(self, scheme_code: str) -> str:
        """Prepare, approve, release: three people."""
        number = self.prepare(scheme_code)
        self.approve(number)
        self.release(number)
        return number


def end_of_fingerprint(html: str) -> str:
    """The marked end of a run's fingerprint, as the releaser reads it from the page."""
    found = re.search(r"<mark>([0-9A-Za-z]{4})</mark>", html)
    if found is None:
        raise AssertionError("no fingerprint on the page")
    return found[1]


def city(come: Coming) -> Office:
    """The municipality, which looks after the two monthly allowances."""
    return Office(
        come,
        caseworker=MUNICIPAL_OFFICER,
        approver=MUNICIPAL_APPROVER,
        maker=MUNICIPAL_MAKER,
        checker=MUNICIPAL_CHECKER,
        releaser=MUNICIPAL_RELEASER,
    )
