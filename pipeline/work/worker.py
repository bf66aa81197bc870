"""A worker process: reads shards from a pipe, carries out the task, sends each result as it comes.

Started by `pipeline.work.pool` as `python -m pipeline.work.worker FD`; it ends when the pipe does, whatever
it is doing, so that nothing is left behind when whoever started it is killed.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import sys
import threading
from multiprocessing.connection import Connection

from pipeline.work.frames import pack, unpack
from pipeline.work.limits import OutOfTimeError, limit_memory, time_limit
from pipeline.work.model import as_work_error, load_task

RESULT, LOST, FAILED, READY = b"result", b"lost", b"failed", b"ready"


def serve(pipe: Connection) -> None:
    """Work until the pipe is closed, or until a shard used up the memory."""
    seconds, mebibytes = (float(part) for part in unpack(pipe.recv_bytes()))
    limit_memory(int(mebibytes))
    while True:
        task, common, *packed = unpack(pipe.recv_bytes())
        items = [unpack(each) for each in packed]
        done = 0
        try:
            found = load_task(task.decode())(common, items)
            if not gc.get_freeze_count():
                # What the task has loaded by now, a model among it, stays: not to be looked through again.
                gc.collect()
                gc.freeze()
            pipe.send_bytes(pack((READY,)))
            while done < len(items):
                with time_limit(seconds):
                    result = next(found)
                pipe.send_bytes(pack((RESULT, *result)))
                done += 1
        except OutOfTimeError as error:
            pipe.send_bytes(pack((LOST, b"out_of_time", str(error).encode())))
        except MemoryError as error:
            pipe.send_bytes(pack((LOST, b"out_of_memory", str(error).encode())))
            return  # what is left of the memory may be in shreds: a new worker takes over
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return
        except Exception as error:
            told = as_work_error(error, [f"item {done + 1} of {len(items)}"])
            pipe.send_bytes(pack((FAILED, told.code.encode(), told.message.encode("utf-8", "replace"))))


def _end_with(pipe: Connection) -> None:
    """Wait until nobody is at the pipe's other end, then end this process in the middle of its work."""
    watched = select.poll()
    watched.register(pipe.fileno(), 0)  # asked for nothing, it tells of the end alone
    watched.poll()
    os._exit(1)


def main() -> None:
    """Serve on the file descriptor that the command line names."""
    # Ctrl-C reaches the whole group; whoever started this process ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipe = Connection(int(sys.argv[1]))
    threading.Thread(target=_end_with, args=(pipe,), daemon=True).start()
    try:
        serve(pipe)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass
    finally:
        pipe.close()
    sys.stdout.flush()
    # The model's teardown takes longer than many a shard.
    os._exit(0)


if __name__ == "__main__":
    main()
