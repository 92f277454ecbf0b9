"""How does the worker take its jobs? (What it runs is written in phueng/config/work.py.)"""

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""  # packages have work.py, run as steps; they register no jobs themselves
PROCRASTINATE_IMPORT_PATHS: list[str] = []
PROCRASTINATE_READONLY_MODELS = True

# PostgreSQL NOTIFY on this channel, sent by the audit table, wakes the steps (payload: the act's name).
PHUENG_NEWS_CHANNEL = "phueng_news"
PHUENG_STEPS = "phueng.config.work.STEPS"
