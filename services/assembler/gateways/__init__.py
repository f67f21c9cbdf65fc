"""All outbound calls of the assembler."""
