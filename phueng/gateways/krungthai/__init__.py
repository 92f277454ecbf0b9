"""Krungthai Bank: the iPay file of a payment run, the way it leaves, and the result that comes back.

Promises: the file is written from a layout that is data (`layouts/`), byte for byte reproducible; the
reader refuses every deviation with line, column and a sentence; `verify_against_intent` proves that a file
is exactly what was approved. A file leaves once; the folder it left through is the proof. Refuses:
characters the bank cannot hold, payees of the wrong bank, two lines with one reference, anything doubtful.
It repairs nothing silently; a shortened name is a warning. Serves: payments.
"""
