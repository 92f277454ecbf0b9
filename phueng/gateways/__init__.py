"""The doors to other people's systems: civil register, SMS operators, Krungthai Bank, Comptroller General.

Promises: each system has one folder with `contract.py` (what we need, in our words), `live.py` (the real
thing), `fake.py` (a separate program that speaks the same protocol, for the demo and the tests) and
`checks.py` (the same questions put to both). What comes from outside is believed only after it was read
strictly; what goes out can be proved byte by byte afterwards.

Refuses: to decide anything, to touch the database, to import anything of Phueng but the kernel. A system
that is down, slow or talking nonsense is an exception with a plain sentence, never an empty answer that
looks like a good one.

Serves: verification (civil register), notices (SMS), payments (bank files, certified lists), and the demo,
which starts the fakes. Every fake has `main(argv)`, prints one line `ready …` when it listens, takes port 0
for "any free port", listens on the loopback address only and stops cleanly on SIGTERM or SIGINT.
"""
