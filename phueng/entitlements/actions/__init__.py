"""What can happen to an entitlement: granted, suspended, resumed, ended?

`owe_months` is imported from its own file, by the worker alone: it brings Polars with it.
"""

from phueng.entitlements.actions.end import end
from phueng.entitlements.actions.grant import grant
from phueng.entitlements.actions.resume import resume
from phueng.entitlements.actions.suspend import suspend

__all__ = ["end", "grant", "resume", "suspend"]
