"""What can happen to an entitlement: granted, suspended, resumed, ended; and its months fall due."""

from phueng.entitlements.actions.end import end
from phueng.entitlements.actions.grant import grant
from phueng.entitlements.actions.owe_months import owe_months
from phueng.entitlements.actions.resume import resume
from phueng.entitlements.actions.suspend import suspend

__all__ = ["end", "grant", "owe_months", "resume", "suspend"]
