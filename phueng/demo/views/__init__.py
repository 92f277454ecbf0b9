"""Pages that exist in the demonstration only."""

from phueng.demo.views.clock import clock
from phueng.demo.views.messages import message_list, sent_messages
from phueng.demo.views.outside import stand_ins
from phueng.demo.views.start import start

__all__ = ["clock", "message_list", "sent_messages", "stand_ins", "start"]
