"""Converting a very long table piece by piece, with the look of one conversion.

LibreOffice's time grows with the square of the rows of one table: 10,000 rows take minutes. So a
document with such a table is cut exactly where one of its pages begins, each piece is converted on
its own, and the pages are put together again.
"""
