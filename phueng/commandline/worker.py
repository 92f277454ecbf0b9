"""Who runs the steps, when, and what happens to a step that fails or a worker that is killed?

News (PostgreSQL NOTIFY, sent in the transaction of each audited act) puts the matching steps in the queue;
so does the clock, for what no news announces. procrastinate takes them from the queue. A step asks the
database what is ready, so a lost job, a lost notification or a second run costs nothing: at the start every
step is queued once.
"""

import asyncio
import inspect
import logging
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

import django
import django.db
import psycopg
import psycopg_pool
from procrastinate import PsycopgConnector, exceptions
from psycopg.sql import SQL, Identifier

log = logging.getLogger("phueng.worker")

CONCURRENCY = 2
BATCH = 50
MOST_BATCHES = 20  # in one job: after that others get their turn
LONGEST_PAUSE = 15.0  # seconds between tries of a step that fails
DATABASE_AWAY = (psycopg.Error, psycopg_pool.PoolTimeout, django.db.Error, exceptions.ConnectorException)


class Step(Protocol):
    """What the worker needs to know of a step (see phueng/config/work.py)."""

    @property
    def name(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def wakes_on(self) -> tuple[str, ...]: ...
    @property
    def every_seconds(self) -> int: ...


def woken_by(steps: Iterable[Step], acts: Iterable[str]) -> list[Step]:
    """The steps that one of these acts wakes, each once, in the order of the list."""
    heard = set(acts)
    return [step for step in steps if any(act.startswith(prefix) for act in heard for prefix in step.wakes_on)]


def where(failure: BaseException) -> str:
    """Class and places of an error, without its message: that may quote a person's row."""
    frames = [
        f"{frame.filename.rsplit('/phueng/', 1)[-1]}:{frame.lineno}"
        for frame in traceback.extract_tb(failure.__traceback__)
        if "/phueng/" in frame.filename and "/commandline/" not in frame.filename
    ]
    return f"{type(failure).__name__} at {' > '.join(frames[-4:]) or 'no line of ours'}"


class Failures:
    """How often each step failed in a row, and when it is tried again: after 1, 2, 4, 8, 15, 15… seconds.

    Not procrastinate's own retry: a job waiting for its retry would keep fresh news of its step waiting too.
    """

    def __init__(self) -> None:
        self._in_a_row: dict[str, int] = {}
        self._again_at: dict[str, float] = {}

    def failed(self, name: str) -> None:
        count = self._in_a_row[name] = self._in_a_row.get(name, 0) + 1
        self._again_at[name] = time.monotonic() + min(2.0 ** (count - 1), LONGEST_PAUSE)

    def worked(self, name: str) -> None:
        self._in_a_row.pop(name, None)
        self._again_at.pop(name, None)

    def due(self) -> set[str]:
        """The steps whose pause is over; each is named once."""
        now = time.monotonic()
        names = {name for name, at in list(self._again_at.items()) if at <= now}
        for name in names:
            self._again_at.pop(name, None)
        return names


def batch_size(act: Callable[..., int]) -> int:
    """How many things a step takes at once: as many as it says itself."""
    asked = inspect.signature(act).parameters["limit"].default
    return asked if isinstance(asked, int) else BATCH


def run_step(step: Step, act: Callable[..., int], failures: Failures) -> int:
    """Run a step until it finds less than a full batch; returns how much it did. An error ends this run."""
    done, limit = 0, batch_size(act)
    for _ in range(MOST_BATCHES):
        try:
            batch = act(limit=limit)
        except Exception as failure:
            # Class and place only: the message of a database error quotes somebody's row.
            log.error("step %r failed: %s", step.name, where(failure))
            failures.failed(step.name)
            return done
        done += batch
        if batch < limit:
            break
    failures.worked(step.name)
    return done


def task_name(step: Step) -> str:
    """The name of a step's job in the queue."""
    return f"step: {step.name}"


class Queue:
    """Puts steps in procrastinate's queue, each at most once, on the thread's Django connection."""

    def __init__(self, steps: Sequence[Step]) -> None:
        from procrastinate.contrib.django import app

        self.app = app
        self.steps = list(steps)

    def put(self, steps: Iterable[Step]) -> None:
        """A step that waits is not queued twice; one that runs is: the news may be newer than its look."""
        for step in steps:
            # No `lock`: the job of a killed worker would hold it, and the step would wait for half a minute.
            job = self.app.configure_task(task_name(step), queueing_lock=step.name)
            try:
                job.defer()
            except exceptions.AlreadyEnqueued:
                continue

    def close_stalled(self) -> None:
        """Put away the jobs of killed workers, and queue their steps anew."""
        from asgiref.sync import async_to_sync
        from procrastinate.jobs import Status

        jobs = self.app.job_manager
        for job in async_to_sync(jobs.get_stalled_jobs)():
            async_to_sync(jobs.finish_job)(job=job, status=Status.FAILED, delete_job=True)
            self.put(step for step in self.steps if task_name(step) == job.task_name)


class Listener(threading.Thread):
    """Hears the news and watches the clock; both end in `queue.put`."""

    def __init__(self, queue: Queue, failures: Failures, channel: str) -> None:
        super().__init__(name="listener", daemon=True)
        self.queue = queue
        self.failures = failures
        self.channel = channel
        self.stopping = threading.Event()
        self.listening = threading.Event()

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                self._listen()
            except DATABASE_AWAY as failure:
                log.warning("the database is away (%s), listening again soon", type(failure).__name__)
                django.db.connections.close_all()
                self.stopping.wait(0.5)
        django.db.connections.close_all()

    def _listen(self) -> None:
        with psycopg.connect(**connection_parameters(), autocommit=True) as connection:
            connection.execute(SQL("LISTEN {}").format(Identifier(self.channel)))
            # After LISTEN, so that nothing falls between; it makes good all news sent while nobody listened.
            self.queue.put(self.queue.steps)
            due = {step.name: time.monotonic() + step.every_seconds for step in self.queue.steps}
            tidy_at = 0.0
            self.listening.set()
            while not self.stopping.is_set():
                if time.monotonic() >= tidy_at:
                    self.queue.close_stalled()
                    tidy_at = time.monotonic() + 15
                acts = [news.payload for news in connection.notifies(timeout=_until(due), stop_after=1)]
                acts += [news.payload for news in connection.notifies(timeout=0)]
                self.queue.put(woken_by(self.queue.steps, acts))
                self.queue.put(self._late(due))

    def _late(self, due: dict[str, float]) -> list[Step]:
        """The steps whose time has come, by their clock or after a failure."""
        now, again = time.monotonic(), self.failures.due()
        late = [step for step in self.queue.steps if due[step.name] <= now or step.name in again]
        due |= {step.name: now + step.every_seconds for step in late}
        return late


def _until(due: dict[str, float]) -> float:
    """Seconds until the next step is due; at most half of one, so that retries and a stop are seen soon."""
    return max(0.0, min([0.5, *(at - time.monotonic() for at in due.values())]))


def connection_parameters() -> dict[str, Any]:
    """How to connect outside Django's own connection, with the same role and limits."""
    from procrastinate.contrib.django.utils import connector_params

    return connector_params("default")


def worker_app(steps: Sequence[Step], failures: Failures) -> Any:
    """A procrastinate app of its own: the Django one stays for queueing, on Django's connections."""
    from django.utils.module_loading import import_string
    from procrastinate.contrib.django.db_cleanup import DjangoApp

    app = DjangoApp(connector=PsycopgConnector(kwargs=connection_parameters(), min_size=1, max_size=4, timeout=5))

    def register(step: Step) -> None:
        act: Callable[..., int] = import_string(step.path)

        def job() -> None:
            run_step(step, act, failures)

        app.task(name=task_name(step))(job)

    for step in steps:
        register(step)
    return app


async def take_jobs(make_app: Callable[[], Any]) -> None:
    """Work until asked to stop (SIGTERM, SIGINT); begin again whenever the database comes back."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    asked = asyncio.create_task(stop.wait())
    while not stop.is_set():
        working = asyncio.create_task(_work(make_app()))
        await asyncio.wait({asked, working}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            working.cancel()  # procrastinate finishes what runs before it lets go
        outcome = (await asyncio.gather(working, return_exceptions=True))[0]
        if isinstance(outcome, Exception) and not isinstance(outcome, DATABASE_AWAY):
            raise outcome
        if not stop.is_set():
            log.warning("the database is away, working again soon")
            await asyncio.sleep(0.5)


async def _work(app: Any) -> None:
    async with app.open_async():
        await app.run_worker_async(
            concurrency=CONCURRENCY,
            install_signal_handlers=False,
            shutdown_graceful_timeout=20,
            delete_jobs="always",  # a step's job says nothing that the audit does not say better
            update_heartbeat_interval=5,
            stalled_worker_timeout=20,
            fetch_job_polling_interval=2,
        )


def run(steps: Sequence[Step] | None = None) -> int:
    """Be the worker until SIGTERM or SIGINT; what runs is finished first. `steps`: else the listed ones."""
    django.setup()
    from django.conf import settings
    from django.utils.module_loading import import_string

    listed: Sequence[Step] = import_string(settings.PHUENG_STEPS) if steps is None else steps
    failures = Failures()
    worker_app(listed, failures)  # a step that cannot be imported stops us here, in plain sight
    listener = Listener(Queue(listed), failures, settings.PHUENG_NEWS_CHANNEL)
    listener.start()
    listener.listening.wait(30)
    print(f"ready {len(listed)} steps", flush=True)
    try:
        asyncio.run(take_jobs(lambda: worker_app(listed, failures)))
    finally:
        listener.stopping.set()
        listener.join(5)
    return 0
