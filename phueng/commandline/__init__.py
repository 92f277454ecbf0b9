"""Promises that two commands are enough: `bin/demo` shows the service, `bin/test` checks it, from nothing.

The `phueng …` command starts processes, the embedded PostgreSQL among them, and hands over to the packages.
Refuses to know any rule of the service itself. Serves operators, developers and the tests.
"""
