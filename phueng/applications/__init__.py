"""Applications takes a request from its first answer to the office's desk: draft, submit, correct, withdraw, triage, transfer.

It promises that nothing typed is lost, that a double submit makes one application and that the clock goes on when the case
moves to another office. It refuses to decide anything."""
