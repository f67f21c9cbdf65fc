"""Intake (tiếp nhận): accounts, periods, forms, submissions, review and the frozen dossier."""
