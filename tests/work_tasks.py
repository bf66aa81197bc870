"""Tasks that workers of tests carry out: their items say what happens."""

import os
import time
from pathlib import Path


def act(common, items):
    """Give back an item's text behind `common`; some texts do harm."""
    for (text,) in items:
        word, _, rest = text.decode().partition(" ")
        match word:
            case "die":
                os._exit(7)
            case "once":  # dies unless it did before
                try:
                    os.close(os.open(rest, os.O_CREAT | os.O_EXCL))
                except FileExistsError:
                    pass
                else:
                    os._exit(7)
            case "sleep":
                time.sleep(float(rest))
            case "stuck":
                forever = time.monotonic() + 60
                while time.monotonic() < forever:
                    pass
            case "eat":
                bytearray(int(rest) << 20)
            case "raise":
                raise ValueError(rest)
            case "oserror":
                raise OSError(28, rest)
            case "pid":
                yield (str(os.getpid()).encode(),)
                continue
        yield (common + text,)


def waiting(common, items):
    """Never come to an end, and say so: a file named after the process in the folder that `STALLED` names."""
    yield from ()
    Path(os.environ["STALLED"], str(os.getpid())).touch()
    time.sleep(600)


_read = []


def reading_once(common, items):
    """Read documents as a run does, the first shard of each process; wait forever over the next one."""
    from pipeline.reading import read_documents

    if _read:
        return waiting(common, items)
    _read.append(len(items))
    return read_documents(common, items)
