"""Which checks are there, in which order do they run, and which of them does the worker answer?"""

from phueng.schemes.definition import Scheme
from phueng.schemes.words import Words

# A check runs when those before it are settled: the household of a person is only looked for once the person is known.
ORDER = ("identifier", "civil_register", "same_person", "household", "other_benefits", "eligibility", "home_visit")
BY_WORKER = ORDER[:-1]

LABELS: dict[str, Words] = {
    "identifier": Words("เลขประจำตัวประชาชน", "ID number"),
    "civil_register": Words("ทะเบียนราษฎร", "Civil register"),
    "same_person": Words("เคยอยู่ในระบบหรือไม่", "Already known here?"),
    "household": Words("ครัวเรือน", "Household"),
    "other_benefits": Words("สวัสดิการอื่นที่ได้รับ", "Other benefits"),
    "eligibility": Words("คุณสมบัติตามกฎหมาย", "Conditions of the law"),
    "home_visit": Words("เยี่ยมบ้าน", "Home visit"),
}


def kinds_for(scheme: Scheme) -> tuple[str, ...]:
    """The scheme's own checks; the household comes with the person, since every entitlement names both."""
    wanted = set(scheme.checks_required)
    if "same_person" in wanted:
        wanted.add("household")
    return tuple(kind for kind in ORDER if kind in wanted)


def later_than(kind: str) -> tuple[str, ...]:
    """The checks of the worker that build on this one."""
    return tuple(one for one in BY_WORKER if ORDER.index(one) > ORDER.index(kind))
