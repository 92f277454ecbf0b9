"""Places: where people live and which office answers for them.

Promises: every province, district and subdistrict of Thailand under its official code (2, 4 and 6 digits),
listed in Thai dictionary order; for each kind of office at most one that answers for a subdistrict, by
constraint.
Refuses: names as keys, a district outside its province, two offices of one kind answering for the same area.
Serves: addresses in the registry, areas of duty in access, the office queue, the maps.
"""
