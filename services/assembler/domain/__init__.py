"""What a document says, computed from a dossier; pure: no Flask, SQL or Word."""
