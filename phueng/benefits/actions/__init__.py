"""What can be said about benefits: that somebody receives one."""

from phueng.benefits.actions.state_received_benefit import state_received_benefit

__all__ = ["state_received_benefit"]
