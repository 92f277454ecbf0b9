"""How is XML from outside read without believing its definitions, its size or its depth, and with line and column?

No document type, no entity beyond XML's own five, nothing fetched, no other encoding than UTF-8, and limits on size,
depth and length of text: what a bank has no reason to send is a fault, not a surprise. Repeated records (transactions,
entries) are handed out one by one and forgotten, so that a statement of a million lines fits into little memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat  # nosec B407  # whatever could be abused is refused below

from phueng.gateways.faults import FileFault, whole_file_fault

LARGEST = 2_000_000_000
DEEPEST = 40
MOST_TEXT = 20_000
MOST_ATTRIBUTES = 12


@dataclass(slots=True)
class Node:
    """One element: where it begins, where its text begins, and what is in it. Tags are without namespace."""

    tag: str
    line: int
    column: int
    text: str = ""
    text_line: int = 0
    text_column: int = 0
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)

    def at(self, path: str) -> Node | None:
        """The first element at a path like `Refs/EndToEndId`."""
        found: Node | None = self
        for tag in path.split("/"):
            found = next((one for one in found.children if one.tag == tag), None) if found else None
        return found

    def said(self, path: str) -> str:
        """The text there, without blanks around it; "" when there is no such element."""
        found = self.at(path)
        return found.text.strip() if found is not None else ""

    def every(self, path: str) -> Iterator[Node]:
        """Every element at a path, in order."""
        first, _, rest = path.partition("/")
        for one in self.children:
            if one.tag == first:
                if rest:
                    yield from one.every(rest)
                else:
                    yield one

    def leaves(self, above: str = "") -> Iterator[tuple[str, Node]]:
        """Every element without children, with its path, in order."""
        for one in self.children:
            path = f"{above}/{one.tag}" if above else one.tag
            if one.children:
                yield from one.leaves(path)
            else:
                yield path, one


@dataclass(frozen=True, slots=True)
class Document:
    """The root with everything that was not handed out as a record, and its namespace."""

    root: Node
    namespace: str


class XmlRefused(Exception):
    """The bytes are not XML that we read; the fault says why and where."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(str(fault))
        self.fault = fault


Taken = Callable[[Node], None]


def read_xml(content: bytes, *, records: str = "", take: Taken | None = None) -> Document:
    """The document. Elements named `records` go to `take` when they end, and are not kept. Raises `XmlRefused`."""
    if not content.strip():
        raise XmlRefused(whole_file_fault("แฟ้มว่างเปล่า", "The file is empty."))
    if len(content) > LARGEST:
        raise XmlRefused(whole_file_fault("แฟ้มใหญ่เกินไป", "The file is too large."))
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        column = wrong.start - content.rfind(b"\n", 0, wrong.start)
        raise XmlRefused(
            _fault(line, column, "encoding", "แฟ้มไม่ใช่ UTF-8", "the file is not UTF-8 (it may have been re-encoded).")
        ) from wrong
    reading = _Reading(records, take)
    try:
        reading.parser.Parse(content, True)
    except expat.ExpatError as wrong:
        what = expat.ErrorString(wrong.code)
        raise XmlRefused(
            _fault(
                wrong.lineno,
                wrong.offset + 1,
                "form",
                f"XML ไม่ครบหรือผิดรูป แฟ้มอาจขาดท้ายหรือถูกแก้ ({what})",
                f"the XML is incomplete or malformed; the file may be cut off or edited ({what}).",
            )
        ) from wrong
    assert reading.root is not None  # noqa: S101 - tells the type checker
    return Document(reading.root, reading.namespace)


class _Reading:
    """One pass over the bytes."""

    def __init__(self, records: str, take: Taken | None) -> None:
        self.records, self.take = records, take
        self.root: Node | None = None
        self.namespace = ""
        self.open: list[Node] = []
        self.pieces: list[str] = []
        self.parser = expat.ParserCreate("UTF-8")
        self.parser.buffer_text = False  # else a text would be told at the place where it ends
        self.parser.ordered_attributes = False
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.XmlDeclHandler = self._declaration

    def _here(self) -> tuple[int, int]:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def _refuse(self, field_: str, th: str, en: str) -> None:
        raise XmlRefused(_fault(*self._here(), field_, th, en))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line, column = self._here()
        tag = name.rpartition(":")[2]
        if len(self.open) >= DEEPEST or len(attributes) > MOST_ATTRIBUTES:
            self._refuse(tag, "ซ้อนลึกหรือมีคุณสมบัติมากเกินไป", "it is nested too deeply or has too many attributes.")
        node = Node(tag, line, column, attributes=attributes)
        if not self.open:
            self.root = node
            prefix = name.rpartition(":")[0]
            self.namespace = attributes.get(f"xmlns:{prefix}" if prefix else "xmlns", "")
        elif tag != self.records or self.take is None:
            self.open[-1].children.append(node)
        self.open.append(node)

    def _end(self, _: str) -> None:
        node = self.open.pop()
        if node.children and not node.text.strip():
            node.text = ""
        if self.take is not None and node.tag == self.records:
            self.take(node)

    def _text(self, said: str) -> None:
        node = self.open[-1]
        if not node.text:
            if said.isspace():
                return  # blanks between elements, a million of them in a long file
            node.text_line, node.text_column = self._here()
        node.text += said
        if len(node.text) > MOST_TEXT:
            self._refuse(node.tag, "ข้อความยาวเกินไป", "the text is too long.")

    def _doctype(self, *_: object) -> None:
        self._refuse(
            "DOCTYPE",
            "แฟ้มกำหนดชนิดเอกสารหรือตัวแทนข้อความเอง จึงไม่อ่านต่อ",
            "the file brings its own document type or entities; it is not read.",
        )

    def _instruction(self, *_: object) -> None:
        self._refuse("instruction", "มีคำสั่งประมวลผลแทรกอยู่", "it holds a processing instruction.")

    def _declaration(self, version: str, encoding: str | None, _: int) -> None:
        if (encoding or "UTF-8").upper() != "UTF-8":
            self._refuse("encoding", f"แฟ้มบอกว่าเป็น {encoding} ต้องเป็น UTF-8", f"it says {encoding}; it must be UTF-8.")


def node_fault(node: Node, expected: str, th: str, en: str, *, name: str = "") -> FileFault:
    """A fault at the text of an element, or at the element when it is empty."""
    line, column = (node.text_line, node.text_column) if node.text else (node.line, node.column)
    return _fault(line, column, name or node.tag, th, en, found=node.text.strip(), expected=expected)


def _fault(line: int, column: int, name: str, th: str, en: str, *, found: str = "", expected: str = "") -> FileFault:
    return FileFault(
        line,
        column,
        column + max(len(found) - 1, 0),
        name,
        found[:200],
        expected,
        f"บรรทัดที่ {line} ช่อง {name}: {th}",
        f"Line {line}, {name}: {en}",
    )
