"""What do all stories share: the running service, the systems outside it, a browser."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack

import pytest
from playwright.sync_api import Browser

from phueng.commandline.service import Service
from tests.stories.browsing import Visitor, chromium
from tests.stories.outside import Outside
from tests.stories.walking import Walker

Opening = Callable[..., Visitor]


@pytest.fixture(scope="session")
def outside(running_service: Service) -> Outside:
    """The control panels of the systems outside."""
    return Outside(running_service.fakes, running_service.home)


@pytest.fixture
def someone(running_service: Service) -> Iterator[Callable[..., Walker]]:
    """`someone("worker.kkn")` is a person with a browser of their own, signed in; without a name a citizen."""
    with ExitStack() as leaving:

        def come(username: str = "", *, language: str = "th") -> Walker:
            walker = Walker(running_service.url, language=language)
            leaving.callback(walker.close)
            if username:
                walker.sign_in(username)
            return walker

        yield come


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all stories."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def pages_seen() -> set[str]:
    """Which kinds of page were judged already in this run."""
    return set()


@pytest.fixture
def visitor(
    running_service: Service, browser: Browser, pages_seen: set[str]
) -> Callable[..., AbstractContextManager[Visitor]]:
    """`with visitor() as her:` a phone; `with visitor("worker.kkn") as him:` an officer's screen, signed in."""

    def arrive(username: str = "", *, at_desk: bool | None = None) -> Visitor:
        arrived = Visitor(
            browser, running_service.url, pages_seen, at_desk=bool(username) if at_desk is None else at_desk
        )
        if username:
            try:
                arrived.sign_in(username)
            except BaseException:
                arrived.context.close()
                raise
        return arrived

    return arrive
