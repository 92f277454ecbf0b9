"""Which pictures stand in the README? Run this while `bin/demo` runs; it clicks through and photographs ten pages.

    .venv/bin/python docs/make_screenshots.py http://127.0.0.1:8000

The same browser as in the story tests. Pictures are reduced to 128 colours, so that each stays below 150 kB.
"""

import io
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402
from playwright.sync_api import Browser  # noqa: E402

from phueng.demo.people import (  # noqa: E402
    APPROVER,
    AUDITOR,
    FINANCE_MAKER,
    GRANDMOTHER,
    PAID,
    SOCIAL_WORKER,
    Citizen,
)
from tests.stories.applying import birth_of  # noqa: E402
from tests.stories.browsing import Visitor, chromium  # noqa: E402

FOLDER = ROOT / "docs" / "screenshots"
MOST_BYTES = 150_000


def keep(name: str, picture: bytes) -> None:
    """Write the picture with as many colours as fit."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    opened = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in (128, 64, 32, 16):
        written = io.BytesIO()
        opened.quantize(colours, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
        if written.tell() <= MOST_BYTES:
            break
    (FOLDER / f"{name}.png").write_bytes(written.getvalue())
    print(f"{name}.png {written.tell() // 1000} kB")  # noqa: T201


class Photographer:
    """Somebody who visits pages and keeps what is in the window."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser = browser
        self.url = url.rstrip("/")

    def visitor(self, username: str = "", *, at_desk: bool = False) -> Visitor:
        """A window that judges nothing: the tests do."""
        visitor = Visitor(self.browser, self.url, _Everything(), at_desk=at_desk, patience=20)
        if username:
            visitor.sign_in(username)
        return visitor

    def take(self, name: str, visitor: Visitor, address: str = "") -> None:
        """One picture of what is in the window."""
        if address:
            visitor.page.goto(f"{self.url}{address}")
        visitor.page.wait_for_load_state("networkidle")
        keep(name, visitor.page.screenshot())


class _Everything(set[str]):
    """Every page was judged already."""

    def __contains__(self, name: object) -> bool:
        return True


def reference_of(officer: Visitor, person: Citizen) -> str:
    """The number of this person's request, from the queue's search."""
    officer.page.goto(f"{officer.url}/desk/?show=all&q={person.first_name} {person.last_name}")
    found = re.search(r"/desk/applications/([0-9A-Z]{11})/", officer.page.content())
    if found is None:
        raise SystemExit(f"{person.name_th} has no request in this demo")
    return found[1]


def photograph_citizens(photographer: Photographer, paid_reference: str) -> None:
    """A phone: front page, one question, the status of a paid request."""
    her = photographer.visitor()
    photographer.take("front", her, "/")
    photographer.take("choose", her, "/apply/")
    her.page.goto(f"{her.url}/apply/family/start")
    her.page.get_by_role("button", name="เริ่มขอ").click()
    her.page.wait_for_load_state("load")
    photographer.take("question", her, her.path.rsplit("/", 2)[0] + "/urgency/")
    her.page.goto(f"{her.url}/track/?reference={paid_reference}")
    day, month, year = birth_of(PAID)
    her.fill({"reference": paid_reference, "birth_date_0": day, "birth_date_1": month, "birth_date_2": year})
    her.page.get_by_role("button", name="ดูสถานะ").first.click()
    her.page.wait_for_load_state("load")
    photographer.take("status", her)
    her.context.close()


def photograph_officers(photographer: Photographer, worker: Visitor) -> None:
    """Wide screens: queue, case, decision, money, journal."""
    photographer.take("queue", worker, "/desk/?show=all")
    photographer.take("case", worker, f"/desk/applications/{reference_of(worker, GRANDMOTHER)}/")
    for username, name, address in (
        (APPROVER.username, "approver", "/desk/"),
        (FINANCE_MAKER.username, "payments", "/money/"),
        (AUDITOR.username, "journal", "/desk/audit/"),
    ):
        officer = photographer.visitor(username, at_desk=True)
        photographer.take(name, officer, address)
        if name == "payments":
            run = officer.page.locator('a[href*="/money/runs/"]').first
            photographer.take("run", officer, str(run.get_attribute("href")))
        officer.context.close()


def main(arguments: list[str]) -> int:
    """Photograph the demo at the given address."""
    url = arguments[0] if arguments else "http://127.0.0.1:8000"
    with chromium() as browser:
        photographer = Photographer(browser, url)
        worker = photographer.visitor(SOCIAL_WORKER.username, at_desk=True)
        photograph_citizens(photographer, reference_of(worker, PAID))
        photograph_officers(photographer, worker)
        worker.context.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
