"""PDF renditions: LibreOffice where it is installed, else a quick view that says so."""
