"""The child process of the quick view: `quick_view_child.py MEMORY_MIB DOCX PDF`.

It runs alone and imports nothing of this system: dxpdf may exhaust memory or die by a signal.
"""

import resource
import sys

import dxpdf

_MIB = 1024 * 1024


def main() -> None:
    """Convert one file within the memory that was granted."""
    memory_mib, docx, pdf = sys.argv[1:]
    limit = int(memory_mib) * _MIB
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    dxpdf.convert_file(docx, pdf)


if __name__ == "__main__":
    main()
