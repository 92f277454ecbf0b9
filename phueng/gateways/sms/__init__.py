"""SMS: short messages over SMPP 3.4, the protocol that Thai operators speak.

Promises: Thai text goes out in UCS-2, in at most two parts, cut only between what a reader sees as
characters; a message is `Submitted` only when the operator gave a number for every part; receipts are
confirmed to the operator only after the caller has kept them, so a killed worker gets them again. Refuses:
messages of more than two parts, invisible characters, anything that is not an international Thai number. It
does not retry and does not judge words; notices does. Serves: notices.
"""
