"""Does the page change by itself in a real browser, through the event stream, and get out of sight at once?"""

import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Page, expect, sync_playwright

from phueng.kernel.references import format_reference
from phueng.tracking.tests.programs import free_port, running
from phueng.tracking.tests.scenes import Story

T = TypeVar("T")
pytestmark = pytest.mark.browser


@pytest.fixture
def site(committed_db: Any) -> Iterator[str]:
    """Web and event stream on a fresh database."""
    web, events = free_port(), free_port()
    said = {
        "DATABASE_URL": committed_db.url,
        "PHUENG_PUBLIC_URL": f"http://127.0.0.1:{web}",
        "PHUENG_EVENTS_URL": f"http://127.0.0.1:{events}",
    }
    with running("serve", web, "/health/ready", **said), running("events", events, "/health", **said):
        yield f"http://127.0.0.1:{web}"


@pytest.fixture
def phone() -> Iterator[Page]:
    """Chromium of the size of a small phone."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield browser.new_page(viewport={"width": 360, "height": 740}, locale="th-TH")
        browser.close()


def beside(act: Callable[[], T]) -> T:
    """Do something with the database while a browser is open: Playwright's loop runs in this thread."""

    def alone() -> T:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(alone).result()


def look_up(phone: Page, site: str, story: Story) -> None:
    phone.goto(f"{site}/track/?reference={story.reference}")
    phone.get_by_label("วัน", exact=True).fill("1")
    phone.get_by_label("เดือน").select_option("2")
    phone.get_by_label("ปี (พ.ศ.)").fill("2491")
    phone.keyboard.press("Enter")
    expect(phone.get_by_text(format_reference(story.reference)).first).to_be_visible()


def test_news_comes_through_the_stream_without_a_reload(site: str, phone: Page) -> None:
    story = beside(Story)
    asked: list[float] = []
    phone.on("request", lambda request: asked.append(time.monotonic()) if request.url.endswith("/now/") else None)
    wrong: list[str] = []
    phone.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    with phone.expect_response(lambda answer: "/events?" in answer.url) as stream:
        look_up(phone, site, story)
    assert stream.value.status == 200
    with phone.expect_response(lambda answer: answer.url.endswith("/now/"), timeout=8000):
        pass  # the first turn of polling
    time.sleep(0.5)
    before = time.monotonic()
    beside(story.called)
    expect(phone.get_by_text("เจ้าหน้าที่ติดต่อแล้ว เริ่มนับเวลาพิจารณา")).to_be_visible(timeout=2500)
    assert time.monotonic() - before < 3, "polling alone would take up to five seconds"
    assert wrong == []
    assert Axe().run(phone).response["violations"] == []
    assert len(asked) < 6


def test_leaving_by_three_shifts(site: str, phone: Page) -> None:
    story = beside(Story)
    look_up(phone, site, story)
    began = time.monotonic()
    with phone.expect_request(lambda request: request.url.startswith("https://www.tmd.go.th"), timeout=3000):
        for _ in range(3):
            phone.keyboard.press("Shift")
    assert time.monotonic() - began < 2
    phone.wait_for_timeout(500)  # nothing answers there in a test
    phone.goto(f"{site}/track/{story.reference}/")
    expect(phone.get_by_label("ปี (พ.ศ.)")).to_be_visible()
