"""What the assembler does: one function a use case, one transaction each, effects after it."""
