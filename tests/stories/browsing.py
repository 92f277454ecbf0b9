"""How does a test use the service as a person in front of a screen does: Chromium, a phone or a desk, clicks and keys?"""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from tests.stories.answering import Typed, photo
from tests.stories.looking import HEIGHTS, Looker, plain_name

ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; Playwright's own is not downloaded."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


class Visitor:
    """One person at one device. Leaving the `with` fails when anything was wrong with a page on the way."""

    def __init__(
        self, browser: Browser, url: str, seen: set[str], *, at_desk: bool = False, patience: float = 15
    ) -> None:
        width = 1280 if at_desk else 360
        self.url = url
        self.seen = seen
        self.at_desk = at_desk
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]}, locale="th-TH", timezone_id="Asia/Bangkok",
            reduced_motion="reduce", accept_downloads=True, has_touch=not at_desk,
        )  # fmt: skip
        self.context.set_default_timeout(patience * 1000)
        self.lookers: list[Looker] = []
        self.page = self.new_tab()

    def new_tab(self) -> Page:
        """Another tab of the same browser becomes the one in front."""
        self.page = self.context.new_page()
        self.looker = Looker(self.page, self.seen, is_wide=self.at_desk)
        self.lookers.append(self.looker)
        return self.page

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        wrong = self.wrong
        if error is not None:
            error.add_note("\n".join([f"in front: {self.page.url}", self.words()[:1500], "wrong so far:", *wrong[:20]]))
        self.context.close()
        if error is None and wrong:
            raise AssertionError("\n".join(wrong))

    @property
    def wrong(self) -> list[str]:
        """Everything wrong with the pages so far."""
        return [one for looker in self.lookers for one in looker.wrong]

    @property
    def path(self) -> str:
        """Where we are."""
        return urlsplit(self.page.url).path

    def words(self) -> str:
        """What stands on the page."""
        try:
            return str(self.page.locator("body").inner_text(timeout=3000))
        except Exception as error:
            return f"(no words: {error})"

    def open(self, address: str, name: str = "") -> None:
        """Go to an address and look at the page."""
        self.page.goto(f"{self.url}{address}")
        self.look(name)

    def look(self, name: str = "") -> None:
        """Judge the page in front and take its picture."""
        self.looker.look(name or plain_name(self.path))

    def fill(self, typed: Typed) -> None:
        """Put each value into the input of this name, whatever kind it is. What is not on the page is left out."""
        for name, value in typed.items():
            found = self.page.locator(f'main [name="{name}"]')
            if found.count():
                self._put(found, name, value)

    def _put(self, found: Locator, name: str, value: str | list[str]) -> None:
        kind = str(found.first.evaluate("one => one.type"))
        if kind in ("radio", "checkbox"):
            for one in value if isinstance(value, list) else [value]:
                self.page.locator(f'main [name="{name}"][value="{one}"]').check()
        elif kind == "select-one":
            found.first.select_option(str(value))
        elif kind == "file":
            files = [{"name": "IMG_2041.jpg", "mimeType": "image/jpeg", "buffer": photo(str(one))} for one in [value]]
            found.first.set_input_files(files)  # type: ignore[arg-type]
        else:
            found.first.fill(str(value))

    def press(self, words: str, *, name: str = "") -> None:
        """Press the button or link with these words and look at the page that follows."""
        self._pressable(words).click()
        self.page.wait_for_load_state("load")
        self.look(name)

    def _pressable(self, words: str) -> Locator:
        exact = re.compile(rf"^\s*{re.escape(words)}")
        button = self.page.get_by_role("button", name=exact)
        if button.count():
            return button.first
        return self.page.get_by_role("link", name=exact).first

    def see(self, *words: str, patience: float = 15) -> None:
        """Wait until the page shows these words, without a reload."""
        for one in words:
            self.page.get_by_text(one).first.wait_for(timeout=patience * 1000)

    def sign_in(self, username: str) -> None:
        """One click on the demo's sign-in page."""
        self.open("/sign-in/")
        self.page.locator(f'button[name="username"][value="{username}"]').click()
        self.page.wait_for_load_state("load")
        if self.path.startswith("/sign-in"):
            raise AssertionError(f"{username} could not sign in")
        self.look()
