"""How does a test walk through pages as a person does: read a page, fill what it asks, press its button?

Plain HTTP on the running service: forms are found in the HTML that the person would see, cookies and tokens travel as
in a browser. Nothing is called behind the pages.
"""

import time
from urllib.parse import urljoin, urlsplit

import httpx

from phueng.demo.people import PASSWORD
from tests.stories.answering import Typed
from tests.stories.reading import PageForm, Reader, read

Files = list[tuple[str, tuple[str, bytes, str]]]


class BrokenPage(AssertionError):
    """A page said that we failed (5xx other than "back in a moment")."""


class Walker:
    """One person with one browser: their own cookies, the page in front of them."""

    def __init__(self, base_url: str, *, patience: float = 30.0, language: str = "th") -> None:
        self.base_url = base_url
        self.client = httpx.Client(base_url=base_url, follow_redirects=True, timeout=30)
        self.client.cookies.set("django_language", language)
        self.patience = patience
        self.page: httpx.Response | None = None
        self.pauses: list[str] = []  # the pages that said "back in a moment"

    def close(self) -> None:
        """Close the browser."""
        self.client.close()

    def _patiently(self, method: str, url: str, **given: object) -> httpx.Response:
        """Try again while the service restarts: a person presses reload."""
        until = time.monotonic() + self.patience
        while True:
            try:
                answer = self.client.request(method, url, **given)  # type: ignore[arg-type]
                if answer.status_code == 503:
                    self.pauses.append(answer.text)
                elif answer.status_code >= 500:
                    raise BrokenPage(
                        f"{method} {url} → {answer.status_code}: {' '.join(read(answer.text).words)[:400]}"
                    )
                else:
                    return answer
            except httpx.TransportError:
                pass
            if time.monotonic() > until:
                raise TimeoutError(f"{method} {url} was not answered within {self.patience} s")
            time.sleep(0.2)

    def open(self, url: str) -> httpx.Response:
        """Go to an address."""
        self.page = self._patiently("GET", url)
        return self.page

    def read(self) -> Reader:
        """What the page in front of us offers."""
        return read(self.here.text)

    @property
    def here(self) -> httpx.Response:
        """The page in front of us."""
        if self.page is None:
            raise AssertionError("no page is open")
        return self.page

    @property
    def text(self) -> str:
        """The words on the page."""
        return " ".join(self.read().words)

    @property
    def path(self) -> str:
        """Where we are."""
        return urlsplit(str(self.here.url)).path

    def own_form(self) -> PageForm:
        """The form that is sent to the page it stands on."""
        own = [one for one in self.read().forms if one.method == "post" and one.action in ("", self.path)]
        if not own:
            raise AssertionError(f"{self.path} has no form of its own: {self.text[:1500]}")
        return own[0]

    def form(self, *, action: str = "", having: str = "") -> PageForm:
        """The form to send whose address contains `action`, or that has a field called `having`."""
        forms = [one for one in self.read().forms if one.method == "post" and "/sign-in/out/" not in one.action]
        for one in forms:
            if (not action or action in (one.action or self.path)) and (not having or having in one.names):
                return one
        offered = [(one.action, sorted(one.names)) for one in forms]
        raise AssertionError(f"no form {action or having!r} on {self.path}: {offered}\n{self.text[:1500]}")

    def offers(self, action: str) -> bool:
        """Whether the page has a form whose address ends like this."""
        return any(one.method == "post" and one.action.endswith(action) for one in self.read().forms)

    def prove_who_you_are(self) -> httpx.Response:
        """Give the password when the page asks for it once more, and send again what waited meanwhile."""
        if self.path.startswith("/sign-in/step-up"):
            self.submit(self.form(having="password"), {"password": PASSWORD})
        if self.path.startswith("/sign-in/kept"):
            self.submit(self.form(having="last_of_digest"))
        return self.here

    def follow(self, part: str) -> httpx.Response:
        """Click the first link whose address contains this."""
        link = next((one for one in self.read().links if part in one), None)
        if link is None:
            raise AssertionError(f"no link to {part!r} on {self.path}: {self.read().links}")
        return self.open(urljoin(str(self.here.url), link))

    def submit(
        self,
        form: PageForm,
        values: Typed | None = None,
        *,
        files: Files | None = None,
        button: tuple[str, str] | None = None,
    ) -> httpx.Response:
        """Send the form with these values over what it holds already."""
        sent: dict[str, list[str]] = {name: list(held) for name, held in form.values.items()}
        for name, value in (values or {}).items():
            sent[name] = value if isinstance(value, list) else [value]
        if button is not None:
            sent[button[0]] = [button[1]]
        target = urljoin(str(self.here.url), form.action or str(self.here.url))
        headers = {"Referer": str(self.here.url), "Origin": self.base_url}
        self.page = self._patiently("POST", target, data=sent, files=files, headers=headers)
        return self.page

    def sign_in(self, username: str) -> None:
        """One click on the demo's sign-in page."""
        self.open("/sign-in/")
        self.submit(self.form(action="/sign-in/demo/"), button=("username", username))
        if self.path.startswith("/sign-in"):
            raise AssertionError(f"{username} could not sign in: {self.text[:300]}")
