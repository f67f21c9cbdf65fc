"""The child process of the quick view: `quick_view_child.py DOCX PDF [DOCX PDF …]`.

It runs alone and imports nothing of this system: dxpdf may exhaust memory or die by a signal.
"""

import sys

import dxpdf

if __name__ == "__main__":
    for source, target in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
        dxpdf.convert_file(source, target)
