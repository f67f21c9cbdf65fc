"""Builders of the template.docx that an office begins with; staff may replace each in Word.

Every length and size comes from an edition of `vnadmin.editions`, so that a starter keeps the
decree by construction.
"""
