"""A LibreOffice without windows for the scripts here that edit Word files.

It sees the fonts of this repository only, and nothing of the user's own LibreOffice. Needs Debian's python3-uno, which
only Debian's own Python sees.
"""

import contextlib
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

TOOLS = pathlib.Path(__file__).resolve().parent
PROGRAM = pathlib.Path(sys.argv[0]).stem


class Office:
    """A running LibreOffice."""

    def __init__(self, context):
        self.context = context
        self.desktop = self.service("com.sun.star.frame.Desktop")

    def service(self, name):
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    @contextlib.contextmanager
    def opened(self, path):
        """Opens a file and closes it again without saving, at the latest after five minutes."""
        # A document that LibreOffice comes to no end with must not hold up whoever waits.
        signal.alarm(300)
        document = self.desktop.loadComponentFromURL(path.resolve().as_uri(), "_blank", 0, properties(Hidden=True))
        try:
            yield document
        finally:
            document.close(True)


def properties(**values):
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


@contextlib.contextmanager
def started():
    """Starts LibreOffice and stops it at the end."""
    signal.signal(signal.SIGALRM, lambda *_: sys.exit(f"{PROGRAM}: LibreOffice takes more than five minutes"))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work:
        pipe = f"budgetdoc-{os.getpid()}"
        surroundings = dict(
            os.environ, FONTCONFIG_FILE=str(TOOLS / "fonts.conf"), XDG_CACHE_HOME=f"{work}/cache", HOME=work
        )
        command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{work}/profile"]
        nothing = subprocess.DEVNULL
        process = subprocess.Popen(
            [*command, f"--accept=pipe,name={pipe};urp;"],
            env=surroundings, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True,
        )
        try:
            yield Office(connect(pipe, process))
        finally:
            signal.alarm(0)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def connect(pipe, process):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + 120
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"{PROGRAM}: LibreOffice does not start")
            time.sleep(0.2)
