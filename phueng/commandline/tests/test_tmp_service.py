"""temporary"""
import time, urllib.request, psycopg
def test_it(running_service):
    s=running_service
    print(s.url, [c.name for c in s.children])
    print(s.logs("worker"))
    t=time.time(); s.kill("worker"); time.sleep(0.05); s.wait_until_ready(); print("worker back", time.time()-t)
    t=time.time(); s.kill("sms"); time.sleep(0.05); s.wait_until_ready(); print("sms back", time.time()-t)
    print(urllib.request.urlopen(s.fakes["sms"]+"/messages").read())
def test_crash(crashable_service):
    s=crashable_service
    time.sleep(1); t=time.time(); s.kill("postgres"); time.sleep(1.5); print("pg", s.server.pid(), time.time()-t)
    with psycopg.connect(s.app_url) as c: print(c.execute("select count(*) from procrastinate_jobs where status='todo'").fetchone())
    time.sleep(3); print(s.logs("worker")); print(s.named("worker").pid)
