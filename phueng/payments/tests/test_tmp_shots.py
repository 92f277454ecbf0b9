import os
import threading
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from playwright.sync_api import sync_playwright

from phueng.demo import people
from phueng.payments.tests import scenes
from phueng.payments.tests.factories import FileTroubleFactory
from phueng.payments.tests.scenes import NOON, answer, take_in
from phueng.payments.tests.test_pages import signed_in


class Q(WSGIRequestHandler):
    def log_message(self, *a):
        pass


class S(ThreadingMixIn, WSGIServer):
    daemon_threads = True


def test_shots(committed_db):
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    names = [
        ("บัวผัน", "แก้วดอนงาม"),
        ("ประยูร", "ศรีโนนแดง"),
        ("สมหมาย", "วงศ์คำจันทร์"),
        ("ทองใบ", "พรมเรืองสาย"),
        ("อนงค์", "ลาดบัวขาว"),
        ("จำปา", "นาคะวงษ์"),
    ]
    for i in range(6):
        scenes.approved(scenes.new_applicant(bank_code="014" if i % 3 == 2 else "006"))
    run = scenes.again()
    lines = list(run.lines.order_by("number"))
    for f in run.files.all():
        f.sent_at = NOON
        with transaction.atomic():
            scenes_trace()
            f.save()
    take_in(
        *(answer(l) for l in lines[:3]),
        answer(lines[3], "returned"),
        answer(lines[0], line_reference="NOBODYS1"),
        answer(lines[4], amount_satang=1),
        name=run.files.first().name + ".result.csv",
    )
    bad = scenes.released(2)
    with transaction.atomic():
        scenes_trace()
        FileTroubleFactory.create(file=bad.files.get())
    checked = scenes.checked(3)
    prepared = scenes.prepared(2)
    scenes.approved()
    scenes.approved(scenes.new_applicant(has_account=False))
    scenes.approved()
    httpd = make_server("127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), S, Q)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{httpd.server_port}"
    todo = [
        (people.FINANCE_MAKER, "board", "/money/"),
        (people.FINANCE_MAKER, "due", "/money/due/family/KKN-DPC/"),
        (people.FINANCE_CHECKER, "run-answered", f"/money/runs/{run.number}/"),
        (people.FINANCE_CHECKER, "run-trouble", f"/money/runs/{bad.number}/"),
        (people.RELEASER, "run-release", f"/money/runs/{checked.number}/"),
        (people.FINANCE_CHECKER, "run-check", f"/money/runs/{prepared.number}/"),
        (people.FINANCE_CHECKER, "results", "/money/results/"),
        (people.FINANCE_MAKER, "results-maker", "/money/results/"),
        (people.AUDITOR, "budget", "/money/budget/"),
    ]
    cookies = {}
    for staff, _, _ in todo:
        cookies[staff.key] = (
            signed_in(staff).cookies["sessionid"].value if "sessionid" in signed_in(staff).cookies else None
        )
    from django.conf import settings

    with sync_playwright() as p:
        b = p.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for width in (1280, 360):
            for staff, name, url in todo:
                c = b.new_context(viewport={"width": width, "height": 800})
                cl = signed_in(staff)
                c.add_cookies(
                    [
                        {
                            "name": settings.SESSION_COOKIE_NAME,
                            "value": cl.cookies[settings.SESSION_COOKIE_NAME].value,
                            "url": base,
                        }
                    ]
                )
                pg = c.new_page()
                msgs = []
                pg.on("console", lambda m: msgs.append(m.text))
                pg.goto(base + url)
                w = pg.evaluate("document.documentElement.scrollWidth")
                if w > width:
                    print("OVERFLOW", name, width, w)
                if msgs:
                    print(name, msgs[:3])
                if name == "run-release" and width == 1280:
                    pg.screenshot(path=f"/tmp/shots_pay/{name}-{width}.png", full_page=True)
                    pg.fill("input[name=last_of_root]", "zz99")
                    pg.click("text=สั่งจ่าย >> nth=-1") if False else pg.click("form[action*=release] button")
                    pg.wait_for_load_state()
                    pg.screenshot(path=f"/tmp/shots_pay/{name}-wrong-{width}.png", full_page=True)
                else:
                    pg.screenshot(path=f"/tmp/shots_pay/{name}-{width}.png", full_page=True)
                c.close()
        b.close()
    httpd.shutdown()


def scenes_trace():
    from phueng.decisions.tests.scenes import trace

    trace()
