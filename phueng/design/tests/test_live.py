"""Does a part of a page that changes by itself leave the reader in peace: what they opened, typed, and where they are?"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, sync_playwright

pytestmark = pytest.mark.browser
SCRIPT = Path(__file__).parents[1] / "static" / "design" / "live.js"
PAGE = """<!doctype html><div data-live="/part" data-live-every="0.2" data-live-etag='"1"'><div data-live-offline hidden></div>
<div data-live-region>{part}</div><p data-live-said data-words="news"></p></div><script type="module" src="/live.js"></script>"""
PART = """<details id="one"{opened}><summary id="name">check {n}</summary>said {n}</details>
<details id="two" open><summary id="other">other</summary>more</details>
<form><input id="why" value="">  <input id="yes" type="checkbox"><button id="send" type="button">send</button></form>"""


class Server:
    """Answers with part `number`, or 304 while the page has it."""

    def __init__(self) -> None:
        self.number = 1
        self.is_over = False
        self.asked: list[str | None] = []

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix("http://page.test")
        if path == "/live.js":
            route.fulfill(body=SCRIPT.read_text(), content_type="text/javascript")
        elif path == "/part":
            seen = route.request.headers.get("if-none-match")
            self.asked.append(seen)
            headers = {"ETag": f'"{self.number}"'} | ({"X-Live": "over"} if self.is_over else {})
            if seen == headers["ETag"]:
                route.fulfill(status=304, headers=headers)
            else:
                route.fulfill(body=self.part(), headers=headers, content_type="text/html")
        else:
            route.fulfill(body=PAGE.format(part=self.part()), content_type="text/html")

    def part(self) -> str:
        return PART.format(n=self.number, opened=" open" if self.number > 2 else "")


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def page(server: Server) -> Iterator[Page]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.set_default_timeout(5000)
        page.route("**/*", server.answer)
        page.goto("http://page.test/")
        yield page
        browser.close()


def test_what_the_reader_opened_closed_and_typed_stays(page: Page, server: Server) -> None:
    page.click("#name")
    page.click("#other")
    page.fill("#why", "ดูบัตรแล้ว")
    page.check("#yes")
    page.focus("#send")
    server.number = 2
    page.wait_for_selector("text=said 2")
    assert page.locator("#one").evaluate("it => it.open"), "opened by hand"
    assert not page.locator("#two").evaluate("it => it.open"), "closed by hand, open in the answer"
    assert page.input_value("#why") == "ดูบัตรแล้ว"
    assert page.is_checked("#yes")
    assert page.evaluate("document.activeElement.id") == "send"


def test_what_nobody_touched_follows_the_page(page: Page, server: Server) -> None:
    server.number = 3
    page.wait_for_selector("text=said 3")
    assert page.locator("#one").evaluate("it => it.open")
    assert page.locator("[data-live-said]").inner_text() == "news" or page.wait_for_selector("text=news")


def test_nothing_changes_under_somebody_who_types(page: Page, server: Server) -> None:
    page.focus("#why")
    page.keyboard.type("ดู")
    server.number, server.is_over = 2, True
    asked = len(server.asked)
    while len(server.asked) < asked + 2:
        page.wait_for_timeout(50)
    assert page.locator("#name").inner_text() == "check 1"
    assert page.evaluate("document.activeElement.id") == "why"
    page.focus("#send")
    page.wait_for_selector("summary:has-text('check 2')")
    assert page.input_value("#why") == "ดู", "shown at the next turn, with what was typed"


def test_the_version_on_the_page_is_not_brought_again_and_the_end_is_the_end(page: Page, server: Server) -> None:
    page.wait_for_timeout(500)
    assert set(server.asked) == {'"1"'}
    server.number, server.is_over = 2, True
    page.wait_for_selector("summary:has-text('check 2')")
    asked = len(server.asked)
    page.wait_for_timeout(700)
    assert len(server.asked) == asked, "nothing more will change, so nothing more is asked"
