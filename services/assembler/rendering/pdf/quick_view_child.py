"""The child process of the quick view: `quick_view_child.py DOCX PDF`.

It runs alone and imports nothing of this system: dxpdf may exhaust memory or die by a signal.
"""

import sys

import dxpdf

if __name__ == "__main__":
    dxpdf.convert_file(*sys.argv[1:])
