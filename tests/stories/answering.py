"""What does each of the cast type into the pages? By page, then by the name of the input."""

import io
import random
from datetime import date

from PIL import Image, ImageDraw

from phueng.demo.people import Citizen
from phueng.kernel.thai_text import thai_digits

Typed = dict[str, str | list[str]]
Answers = dict[str, Typed]


def answers_of(person: Citizen, **changed: Typed) -> Answers:
    """Plain answers of this person to every page of every scheme; `changed` replaces pages or adds some."""
    return {
        "applying_for": {"applying_for": "self"},
        "name": _name(person),
        "has_national_id": {"has_national_id": "yes" if person.national_id else "no"},
        "national_id": {"national_id": person.national_id or ""},
        "no_national_id": {"no_national_id_reason": "not_registered"},
        "birth_date": _birth_date(person),
        "has_phone": {"has_phone": "yes" if person.phone else "no"},
        "phone": {"phone": person.phone.replace("+66", "0")},
        "contact_person": {"contact_name": "", "contact_phone": ""},
        "stays_at": _address(person),
        "household_size": {"household_size": "2"},
        "hardship": {"hardship": "lost_income"},
        "urgency": {"urgency": "can_wait"},
        "story": {"story": "ขาดรายได้มาสองเดือน ไม่มีเงินซื้อข้าว"},
        "household_income": {"household_income": "30,000"},
        "help_received": {"help_received": ["none"]},
        "disability_card": {"has_disability_card": "yes" if person.has_disability_card else "no"},
        "welfare_card": {"has_state_welfare_card": "yes" if person.has_state_welfare_card else "no"},
        "shelter": {"lives_in_state_shelter": "no"},
        "state_income": {"state_income": ["state_pension"] if person.has_state_pension else ["none"]},
        "pay_to": {"pay_to": "bank" if person.account else "cash"},
        "bank_account": {
            "bank_account.bank": person.bank_code,
            "bank_account.number": person.account,
            "bank_account.holder": f"{person.first_name} {person.last_name}",
        },
        **changed,
    }


def messy_answers_of(person: Citizen) -> Answers:
    """The same person on an old phone: Thai digits, dashes and spaces, a year of the Buddhist era."""
    tidy = answers_of(person)
    number = str(tidy["national_id"]["national_id"])
    dashed = f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12]}"
    return {
        **tidy,
        "national_id": {"national_id": thai_digits(dashed)},
        "name": {**tidy["name"], "name": "", "full_name.first_name": f" {person.first_name}\u200b "},
        "birth_date": {**tidy["birth_date"], "birth_date_2": thai_digits(str(person.born_on.year + 543))},
        "phone": {"phone": thai_digits(str(tidy["phone"]["phone"])[:3] + " " + str(tidy["phone"]["phone"])[3:])},
        "household_income": {"household_income": thai_digits("24,000") + " บาท"},
        "bank_account": {**tidy["bank_account"], "bank_account.number": f"{person.account[:3]}-{person.account[3:]}"},
    }


def _name(person: Citizen) -> Typed:
    return {
        "full_name.title": person.title,
        "full_name.first_name": person.first_name,
        "full_name.last_name": person.last_name or "-",
    }


def _birth_date(person: Citizen) -> Typed:
    whole = person.born_precision == "day"
    return {
        "birth_date_0": str(person.born_on.day) if whole else "",
        "birth_date_1": str(person.born_on.month) if whole else "",
        "birth_date_2": str(person.born_on.year + 543),
    }


def _address(person: Citizen) -> Typed:
    place = person.house.subdistrict_code if person.household_key else "400101"
    return {
        "stays_at.province": place[:2],
        "stays_at.district": place[:4],
        "stays_at.subdistrict": place,
        "stays_at.house_no": person.house.house_no if person.household_key else "",
        "stays_at.moo": person.house.moo if person.household_key else "",
        "stays_at.village": "",
        "stays_at.street": "",
        "stays_at.note": "" if person.household_key else "ม้านั่งหน้าสถานีขนส่ง",
    }


def visit_answers(today: date) -> Answers:
    """What the social worker notes at the old woman's house."""
    day = {"visited_on_0": str(today.day), "visited_on_1": str(today.month), "visited_on_2": str(today.year + 543)}
    return {"seen": {"met_whom": "applicant", **day, "who_else_came": "ผู้ใหญ่บ้าน"}, **_SEEN_THERE}


_SEEN_THERE: Answers = {
    "housing": {"home_kind": "house", "home_owner": "own", "home_state": "worn", "utilities": ["water", "electricity"]},
    "family": {
        "family_size": "2",
        "family_members": "บัวผัน 78 ปี ผู้ขอ\nวิทยา 37 ปี หลาน รับราชการ",
        "in_need_of_care": ["older_person"],
    },
    "money": {"household_income_year": "24,000", "income_from": "เบี้ยผู้สูงอายุ", "debts": "0"},
    "health": {"health": ["chronic_illness"], "health_note": "ความดันโลหิตสูง"},
    "problem": {
        "problem": "พายุพัดหลังคาพังครึ่งหลัง ฝนตกแล้วไม่มีที่นอน",
        "tried_locally": "เพื่อนบ้านช่วยขึงผ้าใบ",
        "wants_of_person": "สังกะสีซ่อมหลังคา",
    },
    "opinion": {"opinion": "เดือดร้อนจริง ควรช่วยค่าวัสดุซ่อมหลังคา", "should_help": "help_now", "other_help": ""},
    "photos": {},
}


def photo(words: str = "บ้าน", *, size: tuple[int, int] = (900, 675), seed: int = 1) -> bytes:
    """A JPEG that a phone could have taken: a house under a sky, with some noise."""
    chance = random.Random(seed)
    picture = Image.new("RGB", size, (174, 205, 226))
    pen = ImageDraw.Draw(picture)
    width, height = size
    pen.rectangle((0, height * 0.7, width, height), fill=(122, 142, 84))
    pen.rectangle((width * 0.25, height * 0.4, width * 0.75, height * 0.8), fill=(205, 170, 125))
    pen.polygon(
        [(width * 0.2, height * 0.4), (width * 0.5, height * 0.15), (width * 0.62, height * 0.4)], fill=(150, 76, 60)
    )
    pen.rectangle((width * 0.45, height * 0.58, width * 0.55, height * 0.8), fill=(92, 64, 50))
    for _ in range(400):
        x, y = chance.randrange(width), chance.randrange(height)
        pen.point((x, y), fill=(chance.randrange(256),) * 3)
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=80, comment=words.encode())
    return written.getvalue()
