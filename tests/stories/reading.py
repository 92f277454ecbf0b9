"""What does a page offer to somebody who reads it: words, links, forms with what they hold already?"""

from dataclasses import dataclass, field
from html.parser import HTMLParser


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


class Reader(HTMLParser):
    """Reads one page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.words: list[str] = []
        self.links: list[str] = []
        self._by_id: dict[str, PageForm] = {}
        self._form: PageForm | None = None
        self._select: str | None = None
        self._textarea: str | None = None
        self._text: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag in ("script", "style", "title"):
            self._silent += 1
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "form":
            self._form = PageForm(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
            self._by_id[given.get("id", "")] = self._form
        form = self._by_id.get(given["form"]) if "form" in given else self._form
        if form is not None:
            self._read_control(form, tag, given)

    def _read_control(self, form: PageForm, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "button" and given.get("type", "submit") == "submit":
            form.buttons.append((name, given.get("value", "")))
        elif tag == "option" and self._select:
            form.options.setdefault(self._select, []).append(given.get("value", ""))
            if "selected" in given:
                form.values[self._select] = [given.get("value", "")]
        elif name and tag in ("input", "select", "textarea"):
            form.names.add(name)
            if tag == "select":
                self._select = name
                form.values.setdefault(name, [""])
            elif tag == "textarea":
                self._textarea, self._text = name, []
            else:
                self._read_input(form, given.get("type", "text"), name, given)

    @staticmethod
    def _read_input(form: PageForm, kind: str, name: str, given: dict[str, str]) -> None:
        if kind == "file":
            form.files.add(name)
        elif kind in ("radio", "checkbox"):
            form.options.setdefault(name, []).append(given.get("value", "on"))
            if "checked" in given:
                form.values.setdefault(name, []).append(given.get("value", "on"))
        elif kind not in ("submit", "button", "image"):
            form.values.setdefault(name, []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "title"):
            self._silent -= 1
        elif tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._textarea is not None:
            if self._form is not None:
                self._form.values[self._textarea] = ["".join(self._text).removeprefix("\n")]
            self._textarea = None

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self._text.append(data)
        elif data.strip() and not self._silent:
            self.words.append(data.strip())


def read(html: str) -> Reader:
    """The page as its reader sees it."""
    reader = Reader()
    reader.feed(html)
    return reader
