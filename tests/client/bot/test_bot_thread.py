"""What never returns holds nothing up."""

import asyncio
import subprocess
import sys
import threading
import time

import pytest

from client.bot.bot_thread import BotThread


async def test_a_job_gives_its_result_or_its_error():
    thread = BotThread()
    assert await thread.do(lambda: 7, 5) == 7
    with pytest.raises(ZeroDivisionError):
        await thread.do(lambda: 1 / 0, 5)
    assert await thread.do(lambda: 8, 5) == 8


async def test_jobs_run_in_one_thread_that_is_not_the_loops():
    thread = BotThread()
    threads = {await thread.do(threading.get_ident, 5) for _ in range(3)}
    assert len(threads) == 1
    assert threads.isdisjoint({threading.get_ident()})


async def test_the_loop_goes_on_while_a_job_hangs_and_the_next_waits_in_vain():
    thread, ran = BotThread(), []
    begun, woken = threading.Event(), threading.Event()
    began_s = time.monotonic()
    hangs = asyncio.create_task(thread.do(lambda: begun.set() or woken.wait(30), 1))
    assert await asyncio.to_thread(begun.wait, 30)
    with pytest.raises(TimeoutError):
        await hangs
    with pytest.raises(TimeoutError):
        await thread.do(lambda: ran.append("late"), 0.05)
    assert time.monotonic() - began_s < 20
    woken.set()
    assert await thread.do(lambda: "awake", 5) == "awake"
    assert ran == [], "a job whose time is up is not run later"


HANGS = """
import asyncio, time
from client.bot.bot_thread import BotThread

async def give_up():
    try:
        await BotThread().do(lambda: time.sleep(600), 0.05)
    except TimeoutError:
        print("gave up")

asyncio.run(give_up())
"""


def test_a_process_ends_though_a_job_hangs():
    done = subprocess.run([sys.executable, "-c", HANGS], capture_output=True, timeout=30, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "gave up\n", "")
