"""What may be done to a register: what a change asks for, why it may not be, how it is written, and its rehearsal."""
