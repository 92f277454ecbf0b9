"""Calendars: which days offices and banks work, and how long someone has left to answer.

Promises: a holiday is a row with its source; nothing about a day is ever edited, only announced anew; a
clock keeps its law, its start and its pauses, and its due day moves only together with a row that says why.
Refuses: two running clocks of one kind on one case, overlapping pauses, a start set back or forth.
Serves: the office queue and tracking (how many days are left), payments (bank days), complaints.
"""
