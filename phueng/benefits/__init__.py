"""Benefits knows what a person receives from anyone, ours and other agencies', and which benefits go together (the OSS check).

It refuses to guess: an unknown combination is shown to an officer. It serves the person, who should neither be paid twice
nor be refused for a benefit that goes together with this one."""
