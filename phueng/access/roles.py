"""Which roles are there, and what are they called?"""

ROLE_NAMES: dict[str, tuple[str, str]] = {
    "citizen": ("ประชาชน", "Citizen"),
    "helper": ("ผู้ช่วยยื่นคำขอ", "Helper"),
    "front_desk": ("เจ้าหน้าที่รับเรื่อง", "Front desk"),
    "social_worker": ("นักสังคมสงเคราะห์", "Social worker"),
    "approver": ("ผู้อนุมัติ", "Approver"),
    "finance_maker": ("ผู้จัดทำรายการจ่าย", "Finance maker"),
    "finance_checker": ("ผู้ตรวจรายการจ่าย", "Finance checker"),
    "releaser": ("ผู้สั่งจ่าย", "Releaser"),
    "municipal_officer": ("เจ้าหน้าที่เทศบาล", "Municipal officer"),
    "auditor": ("ผู้ตรวจสอบ", "Auditor"),
    "administrator": ("ผู้ดูแลระบบ", "Administrator"),
}
ROLES = tuple(ROLE_NAMES)
CITIZEN_ROLES = frozenset({"citizen", "helper"})
STAFF_ROLES = tuple(role for role in ROLES if role not in CITIZEN_ROLES)
# These roles move or decide money, change who may, or see everything: a password alone is not enough for them.
SECOND_FACTOR_ROLES = frozenset(
    {"approver", "finance_maker", "finance_checker", "releaser", "administrator", "auditor"}
)

HAND_NAMES: dict[str, tuple[str, str]] = {
    "recorder": ("ผู้บันทึกคำขอ", "Recorder"),
    "verifier": ("ผู้ตรวจสอบข้อเท็จจริง", "Verifier"),
    "approver": ("ผู้อนุมัติ", "Approver"),
    "payer": ("ผู้จัดทำการจ่าย", "Payer"),
    "checker": ("ผู้ตรวจการจ่าย", "Checker"),
    "releaser": ("ผู้สั่งจ่าย", "Releaser"),
}
HANDS = tuple(HAND_NAMES)
# Hands that an office may borrow for a case, and who in the lending office can lay them. The other parts of a case are
# played by offices as a whole (recording, paying), and have ways of their own.
LENDING_ROLES: dict[str, tuple[str, ...]] = {
    "verifier": ("social_worker", "municipal_officer"),
    "approver": ("approver",),
}
