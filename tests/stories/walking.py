"""How does a test walk through pages as a person does: read a page, fill what it asks, press its button?

Plain HTTP on the running service: forms are found in the HTML that the person would see, cookies and tokens travel as
in a browser. Nothing is called behind the pages.
"""

import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import httpx


@dataclass
class PageForm:
    """One form of a page: where it goes, what it holds already, which fields offer choices."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.by_id: dict[str, PageForm] = {}
        self._form: PageForm | None = None
        self._select: str | None = None
        self._textarea: str | None = None
        self._text: list[str] = []
        self.words: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        has = {key for key, _ in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "form":
            self._form = PageForm(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
            if "id" in given:
                self.by_id[given["id"]] = self._form
        form = self.by_id.get(given.get("form", ""), self._form)
        if form is None:
            return
        name = given.get("name", "")
        if tag == "button" and given.get("type", "submit") == "submit":
            form.buttons.append((name, given.get("value", "")))
        if not name:
            return
        if tag in ("input", "select", "textarea"):
            form.names.add(name)
        if tag == "input":
            self._input(form, given.get("type", "text"), name, given, has)
        elif tag == "select":
            self._select = name
        elif tag == "textarea":
            self._textarea, self._text = name, []
        if tag == "option":
            return

    def _input(self, form: PageForm, kind: str, name: str, given: dict[str, str], has: set[str]) -> None:
        if kind == "file":
            form.files.add(name)
        elif kind in ("radio", "checkbox"):
            form.options.setdefault(name, []).append(given.get("value", "on"))
            if "checked" in has:
                form.values.setdefault(name, []).append(given.get("value", "on"))
        elif kind not in ("submit", "button", "image"):
            form.values.setdefault(name, []).append(given.get("value", ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._textarea is not None and self._form is not None:
            self._form.values.setdefault(self._textarea, []).append("".join(self._text).lstrip("\n"))
            self._textarea = None

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self._text.append(data)
        elif data.strip():
            self.words.append(data.strip())


class _SelectReader(_Reader):
    """Also reads the options of selects (kept apart: options have no name of their own)."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        if tag == "option" and self._select and self._form is not None:
            given = {key: value or "" for key, value in attrs}
            self._form.options.setdefault(self._select, []).append(given.get("value", ""))
            if "selected" in {key for key, _ in attrs}:
                self._form.values[self._select] = [given.get("value", "")]


class Walker:
    """One person with one browser: their own cookies, the page in front of them."""

    def __init__(self, base_url: str, *, patience: float = 30.0) -> None:
        self.client = httpx.Client(base_url=base_url, follow_redirects=True, timeout=20)
        self.patience = patience
        self.page: httpx.Response | None = None

    def close(self) -> None:
        """Close the browser."""
        self.client.close()

    def _patiently(self, method: str, url: str, **given: object) -> httpx.Response:
        """Try again while the service restarts: a person presses reload."""
        until = time.monotonic() + self.patience
        while True:
            try:
                answer = self.client.request(method, url, **given)  # type: ignore[arg-type]
                if answer.status_code not in (502, 503):
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

    def read(self) -> _Reader:
        """What the page in front of us offers."""
        if self.page is None:
            raise AssertionError("no page is open")
        reader = _SelectReader()
        reader.feed(self.page.text)
        return reader

    @property
    def text(self) -> str:
        """The words on the page."""
        return " ".join(self.read().words)

    @property
    def path(self) -> str:
        """Where we are."""
        if self.page is None:
            raise AssertionError("no page is open")
        return urlsplit(str(self.page.url)).path

    def form(self, *, action: str = "", having: str = "") -> PageForm:
        """The POST form whose action contains `action`, or that has a field called `having`."""
        forms = [f for f in self.read().forms if f.method == "post" and "sign-out" not in f.action]
        for form in forms:
            if (not action or action in (form.action or self.path)) and (not having or having in form.names):
                return form
        raise AssertionError(f"no form {action or having!r} on {self.path}: {[f.action for f in forms]}\n{self.text[:800]}")

    def submit(
        self,
        form: PageForm,
        values: dict[str, str | list[str]] | None = None,
        *,
        files: dict[str, tuple[str, bytes, str]] | None = None,
        button: tuple[str, str] | None = None,
    ) -> httpx.Response:
        """Send the form with these values over what it holds already."""
        if self.page is None:
            raise AssertionError("no page is open")
        sent: dict[str, list[str]] = dict(form.values)
        for name, value in (values or {}).items():
            sent[name] = value if isinstance(value, list) else [value]
        if button is not None:
            sent[button[0]] = [button[1]]
        target = urljoin(str(self.page.url), form.action or str(self.page.url))
        headers = {"Referer": str(self.page.url)}
        self.page = self._patiently("POST", target, data=sent, files=files, headers=headers)
        return self.page
