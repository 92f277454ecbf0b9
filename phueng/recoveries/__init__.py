"""Recoveries asks about money that was paid and was not owed: it hears the person first, says whose fault it was and by which
law anything is asked back, within what somebody can pay.

It refuses to decide without a second person, to cut next month's money, and to chase an estate. It serves the person
who was paid by mistake as much as the office that has to account for it."""
