"""What is next on this case, whose turn is it, and what is only done now and then?

The page opens with this answer, so that nobody reads a form to find out that there is nothing to do.
"""

from dataclasses import dataclass

from phueng.design.wording import say
from phueng.desk.acts import WORK, Act
from phueng.desk.casefiles import CaseFile

# What has to happen in each stage, when it is somebody else's turn. Finished stages say that they are finished.
WAITING: dict[str, tuple[str, str]] = {
    "to_triage": ("รอเจ้าหน้าที่โทรกลับและคัดกรอง", "Waiting for an officer to call back and triage"),
    "asked": ("รอผู้ขอตอบ ระหว่างนี้หยุดนับเวลา", "Waiting for the applicant; the clock rests meanwhile"),
    "attention": ("รอผู้ทำสำนวนดูผลตรวจ", "Waiting for a caseworker to look at a check"),
    "checking": ("ระบบกำลังตรวจกับทะเบียน", "The checks are running"),
    "to_visit": ("รอผู้ทำสำนวนเยี่ยมบ้าน", "Waiting for a home visit"),
    "to_recommend": ("รอผู้ทำสำนวนเสนอความเห็น", "Waiting for a caseworker's recommendation"),
    "waiting_budget": ("รองบประมาณ", "Waiting for budget"),
    "to_decide": ("รอผู้อนุมัติพิจารณา", "Waiting for the approver to decide"),
    "appealed": ("รอคำวินิจฉัยอุทธรณ์", "Waiting for the appeal to be settled"),
}
# A thing is asked for as part of the work; everything else beside it is a way out or comes long after.
AT_HAND = WORK | {"missing"}


@dataclass(frozen=True, slots=True)
class NextStep:
    """`act` is the step to take now, or None when it is not this viewer's turn; then `words` say what is waited for."""

    act: Act | None
    words: str
    holder: str
    is_over: bool

    @property
    def sign(self) -> str:
        """The sign beside it."""
        return "action" if self.act else "done" if self.is_over else "waiting"


def next_step(case: CaseFile, acts: list[Act]) -> NextStep:
    """The first piece of work among what this viewer can do, else what the case waits for."""
    mine = next((act for act in acts if act.code in WORK and _is_open_to(case, act)), None)
    if mine is not None:
        return NextStep(mine, mine.words, "", is_over=False)
    if case.stage.code in WAITING:
        return NextStep(None, say(*WAITING[case.stage.code]), case.stage.holder_words, is_over=False)
    return NextStep(None, case.stage.words, "", is_over=True)


def _is_open_to(case: CaseFile, act: Act) -> bool:
    # Whoever prepared the case sees the decision form with the reason why it is not theirs: that is not their turn.
    return act.code != "decide" or case.my_hand in ("", "approver")


def at_hand(acts: list[Act]) -> list[Act]:
    """The work itself: these stand as tabs."""
    return [act for act in acts if act.code in AT_HAND]


def now_and_then(acts: list[Act]) -> list[Act]:
    """Rarer steps: folded away until somebody looks for them."""
    return [act for act in acts if act.code not in AT_HAND]


# After these the next step is somebody else's, so one's claim on the case ends with them.
HANDS_ON = frozenset({"recommend", "decide", "transfer", "forward", "withdraw", "duplicate"})
