#!/usr/bin/python3
"""Whether the table of contents is still right once an office has updated it.

    tools/update-contents.py FILE.docx...

LibreOffice opens each file and updates its table of contents, as F9 does in Word. Every entry has to be there
afterwards, in the same words and on the same page. Needs Debian's python3-uno, which only Debian's own Python sees.
"""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
import xml.etree.ElementTree as xml

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TOOLS = pathlib.Path(__file__).resolve().parent


def written(path):
    """The entries as they stand in the file; none for a form without a table of contents."""
    with zipfile.ZipFile(path) as archive:
        document = xml.fromstring(archive.read("word/document.xml"))
    galleries = (gallery.get(W + "val") for gallery in document.iter(W + "docPartGallery"))
    if "Table of Contents" not in galleries:
        return None
    entries = []
    for link in document.iter(W + "hyperlink"):
        *title, number = (text.text for text in link.iter(W + "t"))
        entries.append(("".join(title), number))
    return entries


def updated(desktop, path):
    """The entries as LibreOffice makes them."""
    hidden = PropertyValue(Name="Hidden", Value=True)
    document = desktop.loadComponentFromURL(path.resolve().as_uri(), "_blank", 0, (hidden,))
    try:
        indexes = document.DocumentIndexes
        lines = []
        for index in (indexes.getByIndex(number) for number in range(indexes.Count)):
            # The first update may move the pages it has counted.
            index.update()
            document.refresh()
            index.update()
            lines += index.Anchor.String.splitlines()
        return [tuple(line.split("\t")) for line in lines if "\t" in line]
    finally:
        document.close(True)


def connect(pipe, office):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + 120
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            if office.poll() is not None or time.monotonic() > deadline:
                sys.exit("update-contents: LibreOffice does not start")
            time.sleep(0.2)


def compare(desktop, path):
    before = written(path)
    if before is None:
        print(f"{path}: no table of contents")
        return True
    after = updated(desktop, path)
    if not before:
        print(f"{path}: a table of contents without entries")
        return False
    if before == after:
        print(f"{path}: {len(before)} entries of the contents are the same after an update")
        return True
    lost = [entry for entry in before if entry not in after]
    new = [entry for entry in after if entry not in before]
    print(f"{path}: after an update of the contents, {lost} are lost and {new} are new")
    return False


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work:
        pipe = f"budgetdoc-{os.getpid()}"
        # The fonts of this repository only, and nothing of the user's own LibreOffice.
        surroundings = dict(
            os.environ, FONTCONFIG_FILE=str(TOOLS / "fonts.conf"), XDG_CACHE_HOME=f"{work}/cache", HOME=work
        )
        command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{work}/profile"]
        nothing = subprocess.DEVNULL
        office = subprocess.Popen(
            [*command, f"--accept=pipe,name={pipe};urp;"],
            env=surroundings, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True,
        )
        try:
            # A document that LibreOffice comes to no end with must not hold up whoever waits.
            signal.alarm(300)
            desktop = connect(pipe, office)
            right = [compare(desktop, pathlib.Path(path)) for path in sys.argv[1:]]
        finally:
            os.killpg(office.pid, signal.SIGKILL)
            office.wait()
    sys.exit(not all(right))


signal.signal(signal.SIGALRM, lambda *_: sys.exit("update-contents: LibreOffice takes more than five minutes"))
main()
