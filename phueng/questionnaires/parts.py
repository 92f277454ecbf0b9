"""Into which inputs does one question fall apart on a page, and how do they come together again as one typed answer?

A name has three inputs, an address grows from province to subdistrict: each choice opens the next, so it works without
JavaScript and nobody scrolls through 7,436 subdistricts. Input names are `<question>` or `<question>.<part>`; no part is
called a code, because forms parked at the end of a session leave out whatever looks like a one-time code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from phueng.design.widgets import DayWidget, NumberText, PhoneInput, PhotoInput
from phueng.design.wording import current_language, say, say_lazily
from phueng.kernel.bank_accounts import open_banks
from phueng.places import queries as places
from phueng.questionnaires.definitions import Question

# More than anybody writes; a page is stored whole up to here, so that a pasted book cannot fill the table.
MOST_CHARACTERS = 50_000

TITLES = (
    ("นาย", "นาย", "นาย (Mr)"),
    ("นาง", "นาง", "นาง (Mrs)"),
    ("นางสาว", "นางสาว", "นางสาว (Miss)"),
    ("เด็กชาย", "เด็กชาย", "เด็กชาย (boy)"),
    ("เด็กหญิง", "เด็กหญิง", "เด็กหญิง (girl)"),
)


class PhotosInput(PhotoInput):
    """Several photos at once."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"multiple": True, **(attrs or {})})


@dataclass(frozen=True, slots=True)
class Part:
    """One input of a question that has several."""

    key: str
    field: forms.Field
    width: str = "full"

    @property
    def input_name(self) -> str:
        return input_name(self.key)


def input_name(key: str) -> str:
    """`province_code` of an address is asked in an input called `province`."""
    return key.removesuffix("_code")


def single_field(question: Question) -> forms.Field:
    """The one input of a question that has only one."""
    said: dict[str, Any] = {
        "label": say_lazily(question.label_th, question.label_en),
        "help_text": say_lazily(question.hint_th, question.hint_en) if question.hint_th else "",
        "required": question.is_required,
    }
    match question.kind:
        case "choice":
            choices = [(one.code, say_lazily(one.th, one.en)) for one in question.options]
            return forms.ChoiceField(widget=forms.RadioSelect, choices=choices, **said)
        case "choices":
            choices = [(one.code, say_lazily(one.th, one.en)) for one in question.options]
            return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, choices=choices, **said)
        case "yes_no":
            choices = [("yes", say_lazily("ใช่", "Yes")), ("no", say_lazily("ไม่ใช่", "No"))]
            return forms.ChoiceField(widget=forms.RadioSelect, choices=choices, **said)
        case "photo":
            return forms.FileField(widget=PhotosInput, **said)
        case "long_text":
            return forms.CharField(widget=forms.Textarea({"rows": 6}), **said)
        case "date":
            return forms.CharField(widget=DayWidget, **said)
        case "phone":
            return forms.CharField(widget=PhoneInput, **said)
        case "number" | "money" | "national_id":
            return forms.CharField(widget=NumberText, **said)
    return forms.CharField(widget=forms.TextInput({"autocomplete": "off"}), **said)


def parts_of(question: Question, typed: Any) -> tuple[Part, ...]:
    """The inputs of a compound question; none for a question with one input. What was typed decides how far an address
    has grown."""
    typed = typed if isinstance(typed, Mapping) else {}
    match question.kind:
        case "name":
            return _name_parts(str(typed.get("title") or ""))
        case "bank_account":
            return _bank_parts()
        case "address":
            return _address_parts(typed)
    return ()


def _text(
    th: str, en: str, *, is_required: bool = True, hint: tuple[str, str] | None = None, **attrs: str
) -> forms.Field:
    return forms.CharField(
        label=say_lazily(th, en),
        help_text=say_lazily(*hint) if hint else "",
        required=is_required,
        widget=forms.TextInput({"autocomplete": "off", **attrs}),
    )


def _select(th: str, en: str, choices: list[tuple[str, Any]], *, is_required: bool = True) -> forms.Field:
    return forms.ChoiceField(
        label=say_lazily(th, en),
        required=is_required,
        widget=forms.Select,
        choices=[("", say_lazily("– เลือก –", "– choose –")), *choices],
    )


def _name_parts(title: str) -> tuple[Part, ...]:
    titles: list[tuple[str, Any]] = [(code, say_lazily(th, en)) for code, th, en in TITLES]
    if title and title not in {code for code, _, _ in TITLES}:
        titles.append((title, title))
    return (
        Part("title", _select("คำนำหน้า", "Title", titles, is_required=False), "short"),
        Part("first_name", _text("ชื่อ", "First name", autocomplete="given-name")),
        Part(
            "last_name",
            _text("นามสกุล", "Last name", hint=("ไม่มีนามสกุลใส่ -", "None? Type -"), autocomplete="family-name"),
        ),
    )


def _bank_parts() -> tuple[Part, ...]:
    banks: list[tuple[str, Any]] = [(bank.code, say_lazily(bank.name_th, bank.name_en)) for bank in open_banks()]
    number = forms.CharField(label=say_lazily("เลขที่บัญชี", "Account number"), widget=NumberText)
    return (
        Part("bank_code", _select("ธนาคาร", "Bank", banks)),
        Part("number", number, "medium"),
        Part("holder", _text("ชื่อบัญชี", "Name on the account")),
    )


def _address_parts(typed: Mapping[str, Any]) -> tuple[Part, ...]:
    language = current_language()
    province, district, _ = _place_codes(typed)
    parts = [Part("province_code", _select("จังหวัด", "Province", _named(places.provinces(language), language)))]
    if province:
        districts = _named(places.districts(province, language), language)
        parts.append(Part("district_code", _select("อำเภอหรือเขต", "District", districts)))
    if district:
        subdistricts = _named(places.subdistricts(district, language), language)
        parts.append(Part("subdistrict_code", _select("ตำบลหรือแขวง", "Subdistrict", subdistricts)))
        parts += [
            Part("house_no", _text("บ้านเลขที่", "House number", is_required=False), "short"),
            Part("moo", _text("หมู่ที่", "Moo (village number)", is_required=False, inputmode="numeric"), "short"),
            Part("village", _text("ชื่อหมู่บ้านหรือชุมชน", "Village or community", is_required=False)),
            Part("street", _text("ซอยหรือถนน", "Lane or road", is_required=False)),
            Part("note", _text("จุดสังเกต", "Landmark", is_required=False)),
        ]
    return tuple(parts)


def _named(found: tuple[places.Place, ...], language: str) -> list[tuple[str, Any]]:
    return [(place.code, place.name(language)) for place in found]


def _place_codes(typed: Mapping[str, Any]) -> tuple[str, str, str]:
    """Province, district and subdistrict as far as they fit each other; an answer of an earlier request names only the
    subdistrict, which contains the other two."""
    subdistrict = str(typed.get("subdistrict_code") or "")
    district = str(typed.get("district_code") or "") or subdistrict[:4]
    province = str(typed.get("province_code") or "") or district[:2]
    if not district.startswith(province) or not province:
        district = ""
    if not subdistrict.startswith(district) or not district:
        subdistrict = ""
    return province, district, subdistrict


# --- from what was posted to one typed answer, and back ------------------------------------------------------------


def typed_answer(question: Question, posted: Mapping[str, Any]) -> Any:
    """What was typed into the inputs of one question. Never raises for anything posted."""
    match question.kind:
        case "choices":
            chosen = posted.getlist(question.code) if hasattr(posted, "getlist") else posted.get(question.code, [])
            return [str(code)[:100] for code in chosen][:100]
        case "date":
            return written_day(DayWidget().value_from_datadict(posted, None, question.code))
        case "name" | "bank_account":
            return {part.key: _posted(posted, f"{question.code}.{part.input_name}") for part in parts_of(question, {})}
        case "address":
            keys = (
                "province_code",
                "district_code",
                "subdistrict_code",
                "house_no",
                "moo",
                "village",
                "street",
                "note",
            )
            typed = {key: _posted(posted, f"{question.code}.{input_name(key)}") for key in keys}
            # Another province was chosen above an old district: the old ones no longer count.
            typed["province_code"], typed["district_code"], typed["subdistrict_code"] = _place_codes(typed)
            return typed
    return _posted(posted, question.code)


def _posted(posted: Mapping[str, Any], name: str) -> str:
    return str(posted.get(name) or "")[:MOST_CHARACTERS]


def written_day(written: str) -> str:
    """As a person would write it in one line: "//2490" is only a year (0/0/2490), "1/2/2490//" a day typed in one box."""
    written = written[:200].rstrip("/")
    day, slash, rest = written.partition("/")
    month, slash, year = rest.partition("/")
    if slash and not day and year:
        return f"0/{month or 0}/{year}"
    return written


def shown_values(question: Question, typed: Any) -> dict[str, Any]:
    """The same typed answer, spread over the inputs again."""
    if typed is None:
        return {}
    if question.kind in ("name", "bank_account") and isinstance(typed, Mapping):
        return {f"{question.code}.{input_name(key)}": value for key, value in typed.items()}
    if question.kind == "address" and isinstance(typed, Mapping):
        codes = dict(zip(("province_code", "district_code", "subdistrict_code"), _place_codes(typed), strict=True))
        return {f"{question.code}.{input_name(key)}": value for key, value in {**typed, **codes}.items()}
    if question.kind == "date" and isinstance(typed, str) and typed.count("/") == 2:
        parts = ["" if part == "0" else part for part in typed.split("/")]
        return {f"{question.code}_{number}": part for number, part in enumerate(parts)}
    return {question.code: typed}


def part_with_problem(question: Question, problem_code: str) -> str:
    """Beside which input of a compound question does this problem stand?"""
    match question.kind:
        case "name":
            return "last_name" if problem_code.startswith("last_name") else "first_name"
        case "bank_account":
            return {"bank_missing": "bank", "unknown_bank": "bank", "holder_missing": "holder"}.get(
                problem_code, "number"
            )
        case "address":
            return "place"
    return ""


def suffix_of(question: Question) -> str:
    """What stands behind the input."""
    return say("บาท", "baht") if question.kind == "money" else ""


def width_of(question: Question) -> str:
    """How wide the input is: it tells how long an answer is expected."""
    return {"number": "short", "money": "medium", "national_id": "medium", "phone": "medium"}.get(question.kind, "")
