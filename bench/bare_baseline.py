"""How fast is the same work with nothing around it? FastAPI and asyncpg: the same SQL, no sign-in, no pages, no checks.

Started by the bench: BENCH_DATABASE and BENCH_INSERTS (a file of statements, one a line of JSON) say what to do.
"""

import json
import os
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
from fastapi import FastAPI, Request, Response

from phueng.tracking.facts_sql import FACTS_BY_REFERENCE, VERSION_BY_REFERENCE

NAMES = ("app", "sheet", "reference")


def _numbered(statement: str) -> tuple[str, list[str]]:
    """`:app` as $1, and which values go where."""
    used = [name for name in NAMES if re.search(rf":{name}::", statement)]
    for number, name in enumerate(used, start=1):
        statement = statement.replace(f":{name}::", f"${number}::")
    return statement, used


INSERTS = [_numbered(text) for text in json.loads(Path(os.environ["BENCH_INSERTS"]).read_text(encoding="utf-8"))]


@asynccontextmanager
async def _connected(app: FastAPI) -> AsyncIterator[None]:
    # As many connections as the pages have: two processes of four threads.
    app.state.pool = await asyncpg.create_pool(
        os.environ["BENCH_DATABASE"], min_size=4, max_size=4, server_settings={"timezone": "UTC"}
    )
    yield
    await app.state.pool.close()


app = FastAPI(lifespan=_connected)


@app.get("/now/{reference}")
async def now(reference: str, request: Request) -> Response:
    """Has anything changed? 304 when not."""
    row: Any = await app.state.pool.fetchrow(VERSION_BY_REFERENCE, reference)
    etag = f'"{row[1]}-th"'
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers={"ETag": etag})
    return Response(row[1], headers={"ETag": etag})


@app.get("/facts/{reference}")
async def facts(reference: str) -> Response:
    """The facts as they come from the database, for a browser to draw."""
    row: Any = await app.state.pool.fetchrow(FACTS_BY_REFERENCE, reference)
    return Response(row[0], media_type="application/json")


@app.post("/submit")
async def submit() -> Response:
    """The inserts of one submission in one transaction."""
    values = {"app": uuid4(), "sheet": uuid4(), "reference": secrets.token_hex(6)[:11].upper()}
    async with app.state.pool.acquire() as connection, connection.transaction():
        for statement, used in INSERTS:
            await connection.execute(statement, *[values[name] for name in used])
    return Response(status_code=303, headers={"Location": "/"})
