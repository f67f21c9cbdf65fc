#!/bin/sh
# The tests need a few things that pip cannot bring. As root on Debian or Ubuntu they are installed,
# after saying so; otherwise the one line that does it is printed, and what is left out is counted
# at the end of the test run.
set -eu
missing=""
command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-writer-nogui"
# A Python with LibreOffice's `uno`, which keeps it warm: its makers' own, or the distribution's.
office=$(dirname "$(readlink -f "$(command -v soffice || echo /nowhere/soffice)")")
"$office/python" -c 'import uno' >/dev/null 2>&1 ||
  /usr/bin/python3 -c 'import uno' >/dev/null 2>&1 || missing="$missing python3-uno"
command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 ||
  missing="$missing chromium"
# Metric-compatible with Times New Roman, and with every Vietnamese letter: fonts-liberation, whose
# fonts have the same names, lacks most of them.
fc-list ':family=Liberation Serif:charset=1a0 1b0 1ea0 1ef9 20ab' file 2>/dev/null | grep -q . ||
  missing="$missing fonts-liberation2 fonts-crosextra-carlito fonts-crosextra-caladea fontconfig"
# Of the browser's driver, which is a program in a wheel.
find /usr/lib /usr/lib64 -maxdepth 2 -name 'libatomic.so.1*' 2>/dev/null | grep -q . ||
  missing="$missing libatomic1"
# One example of the API is shown with it.
command -v curl >/dev/null 2>&1 || missing="$missing curl"
[ -n "$missing" ] || exit 0

line="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "== installing what pip cannot bring:$missing"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $line -qq >/dev/null
else
  echo "== not installed:$missing"
  echo "   Tests that need it are left out and counted. To run them too: sudo $line"
fi
