"""How does a person apply, page by page, over plain HTTP?"""

import re

from phueng.demo.people import Citizen
from tests.stories.answering import Answers, photo
from tests.stories.outside import eventually
from tests.stories.walking import Walker

_PLACE = re.compile(r"^/apply/([0-9A-Z]{11})/(?:([a-z_]+)/)?$")


def place_of(path: str) -> tuple[str, str]:
    """The reference and the page of an address of the form."""
    found = _PLACE.match(path)
    if found is None:
        raise AssertionError(f"{path} is not a page of a request")
    return found[1], found[2] or ""


def begin(walker: Walker, scheme_code: str) -> str:
    """Choose a scheme and start; the reference of the draft."""
    walker.open("/apply/")
    walker.follow(f"/apply/{scheme_code}/start")
    walker.submit(walker.form(having="once"))
    return place_of(walker.path)[0]


def answer_page(walker: Walker, answers: Answers) -> str:
    """Answer the page in front of us and go on; an address grows until it is whole. Returns the next page's code."""
    _, code = place_of(walker.path)
    for _ in range(4):
        form = walker.own_form()
        typed = {name: value for name, value in answers.get(code, {}).items() if name in form.names}
        files = [
            (name, ("photo.jpg", photo(name), "image/jpeg"))
            for name in sorted(form.files)
            if name in answers.get(code, {})
        ]
        typed = {name: value for name, value in typed.items() if name not in form.files}
        walker.submit(form, typed, files=files or None)
        now = place_of(walker.path)[1]
        if now != code:
            return now
        if walker.here.status_code == 422 or "problems" in str(walker.here.url):
            break
        answers = {**answers, code: {n: v for n, v in answers.get(code, {}).items() if n not in form.files}}
    raise AssertionError(f"page {code!r} does not take {answers.get(code)}: {walker.text[:1500]}")


def fill(walker: Walker, answers: Answers, *, until: str = "check") -> None:
    """Answer page after page until the check, or until a page of another name."""
    for _ in range(40):
        if place_of(walker.path)[1] == until:
            return
        answer_page(walker, answers)
    raise AssertionError(f"the form does not end: {walker.path}")


def apply(walker: Walker, scheme_code: str, answers: Answers) -> str:
    """The whole way from the choice to the confirmation; the reference."""
    reference = begin(walker, scheme_code)
    fill(walker, answers)
    send(walker, reference)
    return reference


def send(walker: Walker, reference: str) -> None:
    """Press "send" on the check page."""
    walker.submit(walker.form(action="/submit/"))
    if place_of(walker.path) != (reference, "done"):
        raise AssertionError(f"not sent: {walker.path} {walker.text[:1500]}")


def birth_of(person: Citizen) -> tuple[str, str, str]:
    """The birth date as a page asks for it: day, month, year of the Buddhist era; only the year when no more is known."""
    year = str(person.born_on.year + 543)
    return (
        (str(person.born_on.day), str(person.born_on.month), year) if person.born_precision == "day" else ("", "", year)
    )


def follow(walker: Walker, reference: str, born: tuple[str, str, str]) -> None:
    """Open the status page with the number and the birth date."""
    walker.open(f"/track/?reference={reference}")
    day = {f"birth_date_{place}": value for place, value in enumerate(born)}
    walker.submit(walker.form(having="reference"), {"reference": reference, **day})
    if walker.path != f"/track/{reference}/":
        raise AssertionError(f"not let in: {walker.path} {walker.text[:800]}")


def sees(walker: Walker, reference: str, *words: str, patience: float = 25) -> None:
    """Until the applicant's status page says these words."""

    def says() -> bool:
        walker.open(f"/track/{reference}/")
        return all(word in walker.text for word in words)

    try:
        eventually(says, patience=patience, every=0.5)
    except AssertionError as error:
        raise AssertionError(f"{words} not on the page: {walker.text[:2500]}") from error
