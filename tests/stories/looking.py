"""Is each page that a person sees fit to be seen: rules of accessibility, no errors behind it, a picture for the eye?"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Page, Response

from phueng.commandline.folders import ROOT

WIDTHS = (360, 1280)
HEIGHTS = {360: 740, 1280: 900}
# The layout wants what WCAG 2.2 AA and good practice ask; nothing is switched off.
_RUN = """async () => { const found = await axe.run(document, {resultTypes: ["violations"]});
return found.violations.map(one => ({id: one.id, help: one.help,
nodes: one.nodes.slice(0, 4).map(node => node.target.join(" ") + " " + node.html.slice(0, 160))})); }"""


def shots_folder() -> Path:
    """Where the pictures of a test run are put."""
    folder = Path(os.environ.get("PHUENG_SCREENSHOTS", ROOT / "var" / "test-screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Looker:
    """Watches one browser window; collects everything that is wrong with its pages."""

    def __init__(self, page: Page, seen: set[str], *, is_wide: bool) -> None:
        self.page = page
        self.seen = seen
        self.own_width = WIDTHS[is_wide]
        self.wrong: list[str] = []
        self.tolerated: set[int] = set()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.wrong.append(f"script error on {page.url}: {error}"))
        page.on("response", self._receive)

    def _hear(self, message: ConsoleMessage) -> None:
        # Chromium also writes a line for every answer ≥ 400; those are judged in _receive.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.wrong.append(f"console on {self.page.url}: {message.text}")

    def _receive(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.tolerated:
            self.wrong.append(f"{response.status} from {response.request.method} {response.url}")

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """These answers are right here: a refusal, a correction."""
        self.tolerated |= set(statuses)
        yield
        self.page.wait_for_load_state("load")
        self.tolerated -= set(statuses)

    def look(self, name: str) -> None:
        """Judge the page by axe at both widths and take its picture, once for each kind of page in a run."""
        if name in self.seen:
            return
        self.seen.add(name)
        for width in sorted(WIDTHS, key=lambda one: one == self.own_width):
            self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            self._judge(f"{name} at {width} px")
            self.page.screenshot(path=shots_folder() / f"{name}-{width}.png", full_page=True)

    def _judge(self, where: str) -> None:
        self.page.evaluate(AXE_SCRIPT)
        for violation in self.page.evaluate(_RUN):
            self.wrong.append(f"axe, {where}: {violation['id']}: {violation['help']} {violation['nodes']}")
        too_wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if too_wide > 0:
            self.wrong.append(f"{where}: {too_wide} px wider than the window")


def plain_name(path: str) -> str:
    """A name for the picture of an address: numbers and references left out."""
    kept = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9A-HJKMNP-TV-Z]{11}\b|\d{4,}\S*", "", path)
    return re.sub(r"[^a-z_]+", "-", kept.lower()).strip("-") or "front"
