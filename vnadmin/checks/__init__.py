"""Checks of whole documents against an edition of the rules on form."""
