"""What can happen to an entitlement: granted, suspended, resumed, ended.

That its months fall due is an act of the worker (`owe_months.py`): it loads Polars, which web processes do without.
"""

from phueng.entitlements.actions.end import end
from phueng.entitlements.actions.grant import grant
from phueng.entitlements.actions.resume import resume
from phueng.entitlements.actions.suspend import suspend

__all__ = ["end", "grant", "resume", "suspend"]
