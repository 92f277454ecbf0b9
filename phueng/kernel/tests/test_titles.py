"""Is a title taken off without biting into the name?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phueng.kernel.thai_text import strip_title


@pytest.mark.parametrize(
    ("written", "title", "name"),
    [
        ("นายสมชาย ใจดี", "นาย", "สมชาย ใจดี"),
        ("นาย เอก", "นาย", "เอก"),
        ("นางสาวสมหญิง", "นางสาว", "สมหญิง"),
        ("นางสมศรี", "นาง", "สมศรี"),
        ("น.ส.มานี", "นางสาว", "มานี"),
        ("น. ส. มานี", "นางสาว", "มานี"),
        ("ด.ช.ปิติ", "เด็กชาย", "ปิติ"),
        ("ด.ญ. ชูใจ", "เด็กหญิง", "ชูใจ"),
        ("เด็กหญิงวีระ", "เด็กหญิง", "วีระ"),
        ("ว่าที่ ร.ต. สมชาย", "ว่าที่ ร.ต.", "สมชาย"),
        ("ว่าที่ร.ต.หญิงสมหญิง", "ว่าที่ ร.ต.หญิง", "สมหญิง"),
        ("ว่าที่ร้อยตรีสมชาย", "ว่าที่ ร้อยตรี", "สมชาย"),
        ("ร.ต.อ.สมชาย", "ร.ต.อ.", "สมชาย"),
        ("ร.ต.อ. ดร. สมชาย", "ร.ต.อ. ดร.", "สมชาย"),
        ("พล.ต.ต.สมชาย", "พล.ต.ต.", "สมชาย"),
        ("ม.ร.ว. คึกคัก", "ม.ร.ว.", "คึกคัก"),
        ("พระ สมชาย", "พระ", "สมชาย"),
        ("พระมหา สมชาย", "พระมหา", "สมชาย"),
        ("Mr. John Smith", "Mr.", "John Smith"),
        ("mrs Smith", "mrs", "Smith"),
        ("พระพาย ใจดี", "", "พระพาย ใจดี"),
        ("คุณากร", "", "คุณากร"),
        ("นายิกา ใจดี", "", "นายิกา ใจดี"),
        ("สมชาย", "", "สมชาย"),
        ("นาย", "", "นาย"),
        ("", "", ""),
    ],
)
def test_titles(written: str, title: str, name: str) -> None:
    assert strip_title(written) == (title, name)


@given(st.text(max_size=40))
def test_the_name_is_always_the_end_of_what_was_written(written: str) -> None:
    title, name = strip_title(written)
    assert written.strip().endswith(name)
    assert bool(name) or not written.strip()
    assert bool(title) == (name != written.strip())
