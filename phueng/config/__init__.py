"""Promises one place where the packages are put together: settings, addresses, and what the worker runs.

Refuses to hold any rule of welfare, money or privacy: those live in the packages below.
Serves whoever starts Phueng, and whoever asks "which setting is that, and where does it come from?".
"""
