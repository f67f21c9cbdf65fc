"""From a template and plain data to a .docx, and from a .docx to a PDF."""
