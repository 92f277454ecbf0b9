"""Which pages exist only in the demo? Where to begin, messages sent, the switches of the stand-ins, the clock."""
