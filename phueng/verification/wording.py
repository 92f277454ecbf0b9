"""In which words is the outcome of a check told? Each sentence in both languages, kept with the check as it was said."""

from phueng.schemes.words import Words

SENTENCES: dict[str, Words] = {
    # identifier
    "number_is_right": Words("เลขประจำตัวถูกต้องตามสูตรตรวจ", "The ID number passes the check digit."),
    "number_is_wrong": Words("เลขประจำตัวไม่ผ่านสูตรตรวจ", "The ID number fails the check digit."),
    "no_number": Words("ไม่มีเลขประจำตัว: {reason}", "No ID number: {reason}"),
    # civil_register
    "register_agrees": Words("ชื่อและวันเกิดตรงกับทะเบียนราษฎร", "Name and birth date agree with the civil register."),
    "spelling_differs": Words(
        "ตรงกับทะเบียนราษฎร แต่สะกดชื่อต่างกันเล็กน้อย", "Agrees with the civil register; the name is spelt a little differently."
    ),
    "register_differs": Words(
        "มีข้อมูลไม่ตรงกับทะเบียนราษฎร เทียบสองค่าด้านล่าง", "Something differs from the civil register; compare the two values below."
    ),
    "another_person": Words(
        "เลขนี้เป็นของคนอื่นในทะเบียนราษฎร ทั้งชื่อและวันเกิดไม่ตรง โทรถามผู้ขอก่อน",
        "In the civil register this number belongs to someone with another name and birth date. Call the applicant first.",
    ),
    "number_not_found": Words(
        "ทะเบียนราษฎรไม่พบเลขนี้ โทรถามผู้ขอก่อน", "The civil register does not know this number. Call the applicant first."
    ),
    "person_died": Words("ทะเบียนราษฎรแจ้งว่าเสียชีวิตแล้ว", "The civil register says that this person has died."),
    "not_asked_without_number": Words(
        "ถามทะเบียนราษฎรไม่ได้เพราะไม่มีเลขประจำตัว ดูตัวบุคคลหรือเอกสารอื่นแทน",
        "The civil register cannot be asked without a number; look at the person or other papers instead.",
    ),
    # same_person
    "new_person": Words("ไม่เคยอยู่ในระบบ ลงทะเบียนให้แล้ว", "Not known here before; now registered."),
    "known_person": Words("เคยอยู่ในระบบ เชื่อมกับประวัติเดิมแล้ว", "Known here before; joined to the earlier record."),
    "looks_like_someone_known": Words(
        "คล้ายคนที่อยู่ในระบบ ดูว่าเป็นคนเดียวกันหรือไม่", "Looks like someone known here; say whether it is the same person."
    ),
    "already_open": Words(
        "คนนี้มีคำขอสวัสดิการเดียวกันที่ยังพิจารณาไม่เสร็จ: {reference}",
        "This person already has an open request for the same welfare: {reference}",
    ),
    "account_differs": Words(
        "บัญชีที่แจ้งไม่ใช่บัญชีที่เคยจ่ายให้คนนี้ โทรถามก่อนใช้บัญชีใหม่",
        "The account is not the one this person was paid into. Call before the new account is used.",
    ),
    # household
    "household_of_register": Words("ใช้ครัวเรือนตามทะเบียนบ้าน", "Household as in the house register."),
    "household_known": Words("ใช้ครัวเรือนที่รู้จักอยู่แล้ว", "Household known here already."),
    "household_as_stated": Words("ใช้ที่อยู่ตามที่ผู้ขอแจ้ง", "Household as the applicant stated."),
    "household_unknown": Words("ไม่มีที่อยู่ให้ระบุครัวเรือน", "There is no address to name a household."),
    "moved_today": Words(
        "มีการย้ายครัวเรือนซ้อนกัน ตรวจก่อนว่าอยู่ที่ใด", "Two moves of household overlap; find out where the person lives."
    ),
    # other_benefits
    "nothing_stands_against": Words("ไม่มีสวัสดิการอื่นที่ขัดกัน", "No other benefit stands against this one."),
    "benefit_excludes": Words("ได้รับสวัสดิการที่รับพร้อมกันไม่ได้", "A benefit is received that excludes this one."),
    "benefit_needs_a_look": Words("มีสวัสดิการอื่นที่ต้องดู", "There is another benefit to look at."),
    "times_used_up": Words(
        "ครัวเรือนได้รับครบ {times} ครั้งในปีงบประมาณนี้แล้ว", "The household has received it {times} times this fiscal year."
    ),
    # eligibility
    "eligible": Words("มีคุณสมบัติครบทุกข้อ", "Every condition is met."),
    "not_eligible": Words("มีคุณสมบัติไม่ครบ", "A condition is not met."),
    "cannot_tell": Words("ยังมีข้อที่บอกไม่ได้เพราะขาดข้อมูล", "A condition cannot be told yet: a fact is missing."),
    # home_visit
    "visited": Words("เยี่ยมบ้านแล้ว", "The home was visited."),
}  # fmt: skip

FACT_LABELS: dict[str, Words] = {
    "national_id": Words("เลขประจำตัว", "ID number"),
    "name": Words("ชื่อ", "Name"),
    "birth_date": Words("วันเกิด", "Date of birth"),
    "vital_status": Words("สถานะตามทะเบียน", "Status in the register"),
    "nationality": Words("สัญชาติ", "Nationality"),
    "subdistrict": Words("ตำบลที่อยู่", "Subdistrict"),
    "bank_account": Words("บัญชีธนาคาร", "Bank account"),
    "household": Words("ครัวเรือน", "Household"),
    "household_members": Words("จำนวนคนในทะเบียนบ้าน", "People in the house register"),
    "grants_this_fiscal_year": Words("จำนวนครั้งที่ได้รับในปีงบประมาณนี้", "Grants in this fiscal year"),
    "visited_by": Words("ผู้เยี่ยม", "Visited by"),
}

SOURCES: dict[str, Words] = {
    "applicant": Words("ผู้ขอแจ้ง", "The applicant"),
    "check_digit": Words("สูตรตรวจเลข", "Check digit"),
    "civil_register": Words("ทะเบียนราษฎร กรมการปกครอง", "Civil register, Department of Provincial Administration"),
    "phueng": Words("ทะเบียนของที่พึ่ง", "Phueng's own records"),
    "rules": Words("เงื่อนไขของสวัสดิการ", "The rules of the scheme"),
    "home_visit": Words("การเยี่ยมบ้าน", "Home visit"),
    "oss": Words("ระบบตรวจสวัสดิการซ้ำซ้อน (OSS)", "Duplicate-welfare check (OSS)"),
}  # fmt: skip

FAILURES: dict[str, Words] = {
    "timeout": Words("ทะเบียนราษฎรไม่ตอบในเวลา ระบบจะถามใหม่เอง", "The civil register did not answer in time; we ask again."),
    "slow": Words("ทะเบียนราษฎรตอบช้าเกินไป ระบบจะถามใหม่เอง", "The civil register was too slow; we ask again."),
    "refused": Words("ติดต่อทะเบียนราษฎรไม่ได้ ระบบจะถามใหม่เอง", "The civil register cannot be reached; we ask again."),
    "http": Words("ทะเบียนราษฎรไม่รับคำถาม ระบบจะถามใหม่เอง", "The civil register turned the question away; we ask again."),
    "malformed": Words(
        "คำตอบจากทะเบียนราษฎรอ่านไม่ได้ ระบบจะถามใหม่เอง", "The civil register's answer cannot be read; we ask again."
    ),
    "unexpected": Words("ตรวจไม่สำเร็จ ระบบจะลองใหม่เอง", "The check did not succeed; we try again."),
}  # fmt: skip

WAITING = Words("กำลังตรวจ", "Being checked")
WAITING_FOR_OTHERS = Words("รอผลของข้อก่อนหน้า", "Waiting for the check before it")
WAITING_FOR_VISIT = Words("รอเยี่ยมบ้าน", "Waiting for the home visit")
NOT_STARTED = Words("ยังไม่เริ่มตรวจ", "The checks have not started yet.")


def sentence(code: str, th: dict[str, str] | None = None, en: dict[str, str] | None = None) -> Words:
    """The sentence of an outcome with its gaps filled; raises KeyError for a code without words."""
    return SENTENCES[code].filled(th or {}, en or th or {})


def source_words(code: str) -> Words:
    """Who says so. A source that came from another agency is named as that agency wrote it."""
    return SOURCES.get(code) or Words(code or "-", code or "-")
