"""What can be done when the time of a case is over?"""

from phueng.retention.actions.wipe_case import wipe_case

__all__ = ["wipe_case"]
