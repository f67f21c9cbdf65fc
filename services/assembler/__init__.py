"""Assembler (soạn thảo): from a frozen dossier to finished drafts."""
