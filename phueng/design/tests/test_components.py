"""Does each component say what it must, in both languages, and keep its promises to screen readers?"""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.template import TemplateSyntaxError

from phueng.design import examples, pieces
from phueng.design.icons import ICONS
from phueng.design.promises import promise_text
from phueng.kernel.thai_dates import BANGKOK

Draw = Callable[..., str]
FRIDAY = date(2026, 11, 27)
MORNING = datetime(2026, 11, 23, 10, 32, tzinfo=BANGKOK)


def test_button_is_a_button_or_a_link(drawn: Draw, language: str) -> None:
    button = drawn('{% button "ส่งคำขอ" "Send application" name="act" value="send" key="a" %}')
    assert '<button class="button is-primary" type="submit"' in button
    assert 'name="act" value="send"' in button
    assert 'data-key="a"' in button
    assert ("ส่งคำขอ" if language == "th" else "Send application") in button
    link = drawn('{% button "ดู" "See" kind="secondary" href=to %}', to="/x/?a=1&b=2")
    assert '<a class="button is-secondary" href="/x/?a=1&amp;b=2"' in link
    assert "disabled" not in button + link


def test_button_refuses_unknown_attributes(drawn: Draw) -> None:
    with pytest.raises(TemplateSyntaxError, match="onclick"):
        drawn('{% button "ก" "a" onclick="x" %}')


@pytest.mark.parametrize("state", list(pieces.STATES))
def test_a_state_is_never_colour_alone(drawn: Draw, language: str, state: str) -> None:
    shown = drawn("{% status state %}", state=state)
    assert "<svg" in shown
    assert pieces.STATES[state][0 if language == "th" else 1] in shown
    own = drawn('{% status state "รอผู้อนุมัติ" "With the approver" %}', state=state)
    assert ("รอผู้อนุมัติ" if language == "th" else "With the approver") in own


@pytest.mark.parametrize(
    ("days_left", "unit", "paused", "th", "en"),
    [
        (
            3,
            "working",
            False,
            "ภายใน 3 วันทำการ (ศุกร์ 27 พ.ย. 2569)",
            "Within 3 working days (Fri 27 Nov 2026)",
        ),
        (1, "calendar", False, "ภายใน 1 วัน (ศุกร์ 27 พ.ย. 2569)", "Within 1 day (Fri 27 Nov 2026)"),
        (0, "working", False, "ภายในวันนี้ (ศุกร์ 27 พ.ย. 2569)", "Today (Fri 27 Nov 2026)"),
        (
            -2,
            "calendar",
            False,
            "เลยกำหนด 2 วัน (ครบกำหนดศุกร์ 27 พ.ย. 2569)",
            "2 days late (was due Fri 27 Nov 2026)",
        ),
        (5, "working", True, "หยุดนับเวลาไว้ก่อน เหลืออีก 5 วันทำการ", "Clock paused with 5 working days left"),
    ],
)
def test_promises(drawn: Draw, language: str, days_left: int, unit: str, paused: bool, th: str, en: str) -> None:
    assert promise_text(FRIDAY, days_left, unit=unit, paused=paused) == (th if language == "th" else en)  # type: ignore[arg-type]
    shown = drawn(
        "{% promise due days unit=unit paused=paused %}", due=FRIDAY, days=days_left, unit=unit, paused=paused
    )
    assert (th if language == "th" else en) in shown
    assert 'datetime="2026-11-27"' in shown
    assert ("is-late" in shown) == (days_left < 0 and not paused)


def test_days_moments_and_amounts(drawn: Draw, language: str) -> None:
    shown = drawn(
        '{{ d|thaidate }}|{{ d|thaidate:"weekday" }}|{{ m|thaimoment }}|{{ s|baht }}|{{ n|grouped }}',
        d=FRIDAY,
        m=MORNING,
        s=300000,
        n=1234567,
    )
    th = "27 พ.ย. 2569|ศุกร์ 27 พ.ย. 2569|23 พ.ย. 2569 10:32 น.|3,000 บาท|1,234,567"
    en = "27 Nov 2026|Fri 27 Nov 2026|23 Nov 2026 10:32|3,000 baht|1,234,567"
    assert shown == (th if language == "th" else en)
    assert drawn("{{ d|thaidate }}{{ m|thaimoment }}{{ s|baht }}{{ n|grouped }}", d=None, m=None, s=None, n=None) == ""


def test_reference_in_groups(drawn: Draw) -> None:
    assert 'translate="no">7K3M-9QX2-W5D<' in drawn('{% reference "7K3M9QX2W5D" %}')
    assert "&lt;b&gt;" in drawn("{% reference r %}", r="<b>")


def test_only_the_last_four_are_shown(drawn: Draw) -> None:
    assert drawn("{{ i|last_four }}", i="9012345678901") == "•••• 8901"
    assert drawn("{{ i|last_four }}", i="890") == "••••"


@pytest.mark.parametrize("tag", ["summary_list", "facts"])
def test_what_was_not_answered_is_said(drawn: Draw, language: str, tag: str) -> None:
    shown = drawn(f"{{% {tag} rows %}}", rows=[pieces.Row("Label", "  ", "/change"), pieces.Row("Zero", 0)])
    assert ("ไม่ได้ตอบ" if language == "th" else "Not answered") in shown
    assert shown.count("unanswered") == 1
    assert 'href="/change"' in shown
    assert shown.count("Label") == 2, "the change link says what it changes"


def test_timeline(drawn: Draw, language: str) -> None:
    shown = drawn("{% timeline events %}", events=examples.events())
    assert shown.count("<li") == 5
    assert 'datetime="2026-11-23T10:32:00+07:00"' in shown
    assert ("23 พ.ย. 2569 10:32 น." if language == "th" else "23 Nov 2026 10:32") in shown
    assert pieces.STATES["late"][0 if language == "th" else 1] in shown


def test_task_list(drawn: Draw, language: str) -> None:
    shown = drawn("{% task_list tasks %}", tasks=[pieces.Task("A", "/a", "done", "Saved"), pieces.Task("B")])
    assert '<a href="/a">' in shown
    assert "Saved" in shown
    assert shown.count("<a ") == 1, "what cannot be started is no link"
    assert ("ยังเริ่มไม่ได้" if language == "th" else "Cannot start yet") in shown


def test_table_sorts_both_ways_and_starts_at_the_first_page(drawn: Draw) -> None:
    shown = drawn("{% table table %}", "/q/?office=40&sort=due&page=7", table=examples.queue())
    assert 'href="?office=40&amp;sort=-due"' in shown
    assert 'aria-sort="ascending"' in shown
    assert 'href="?office=40&amp;sort=name"' in shown
    assert "<caption>" in shown
    assert shown.count('scope="col"') == 4


def test_an_empty_table_says_so(drawn: Draw, language: str) -> None:
    shown = drawn("{% table table %}", table=pieces.Table("C", [pieces.Column("A")], []))
    assert ("ไม่มีรายการ" if language == "th" else "Nothing here") in shown


def test_a_row_with_too_few_cells_is_refused(drawn: Draw) -> None:
    with pytest.raises(ValueError, match="zip"):
        drawn(
            "{% table table %}",
            table=pieces.Table("C", [pieces.Column("A"), pieces.Column("B")], [pieces.TableRow(["x"])]),
        )


def test_lists_of_links(drawn: Draw) -> None:
    chips = drawn('{% chips chips clear_url="?" %}', chips=[pieces.Chip("Khon Kaen", "?x=1")])
    assert 'href="?x=1"' in chips
    assert drawn("{% chips chips %}", chips=[]).strip() == ""
    tabs = drawn("{% tabs tabs %}", tabs=[pieces.Tab("All", "/a", 1204, is_current=True), pieces.Tab("Mine", "/b")])
    assert 'href="/a" aria-current="page"' in tabs
    assert "1,204" in tabs
    nav = drawn('{% nav_link "/desk/" "คิว" "Queue" %}{% nav_link "/desk/" "คิว" "Queue" exact=True %}', "/desk/case/")
    assert nav.count("aria-current") == 1


def test_pagination_keeps_the_filters(drawn: Draw) -> None:
    shown = drawn("{% pagination page %}", "/q/?office=40&page=2", page=examples.catalogue_context()["page"])
    assert 'href="?office=40&amp;page=1"' in shown
    assert 'href="?office=40&amp;page=3"' in shown
    assert drawn("{% pagination %}").strip() == ""


def test_steps_are_said_in_words(drawn: Draw, language: str) -> None:
    assert ("ข้อ 3 จาก 8" if language == "th" else "Question 3 of 8") in drawn("{% steps 3 8 %}")
    assert "<i" not in drawn("{% steps 3 40 %}")


def test_photos_have_words(drawn: Draw, language: str) -> None:
    assert 'alt="Leaking roof"' in drawn("{% photo_grid photos %}", photos=[pieces.Photo("/p.jpg", "Leaking roof")])
    assert ("ไม่มีรูปถ่าย" if language == "th" else "No photos") in drawn("{% photo_grid photos %}", photos=[])


def test_frames_hold_their_content(drawn: Draw) -> None:
    for frame in (
        '{% card "T" tone="late" %}<p>in</p>{% endcard %}',
        '{% banner "action" title="T" %}<p>in</p>{% endbanner %}',
        '{% details "ท" "T" %}<p>in</p>{% enddetails %}',
        '{% panel "ท" "T" %}<p>in</p>{% endpanel %}',
        '{% hero "T" %}<p>in</p>{% endhero %}',
        '{% live "/live/" every=5 events="/e/" %}<p>in</p>{% endlive %}',
    ):
        assert "<p>in</p>" in drawn(frame)
    assert "&lt;b&gt;" in drawn("{% card t %}{% endcard %}", t="<b>")


def test_empty_loading_and_offline(drawn: Draw, language: str) -> None:
    shown = drawn(
        '{% empty_state "ว่าง" "Empty" href="/" link_th="ไป" link_en="Go" %}'
        "{% loading %}{% offline %}{% autosave_status %}"
    )
    for th, en in (
        ("ว่าง", "Empty"),
        ("ไป", "Go"),
        ("กำลังโหลด", "Loading"),
        ("ไม่มีสัญญาณ", "No internet"),
        ("บันทึกแล้ว", "Saved"),
    ):
        assert (th if language == "th" else en) in shown


@pytest.mark.parametrize("name", list(ICONS))
def test_icons_are_hidden_unless_they_speak(drawn: Draw, name: str) -> None:
    assert 'aria-hidden="true"' in drawn("{% icon name %}", name=name)
    assert 'aria-label="Phone"' in drawn('{% icon name "Phone" %}', name=name)
