"""Runs a program of the project at another time: `python -m tests.at_a_time TIME PROGRAM …`.

PROGRAM is `celery` or a command of manage.py. The clock starts at TIME and runs on. An interval
in BEAT_EVERY (seconds) replaces the beat's.
"""

import os
import sys

import time_machine


def main() -> None:
    moment, program, *arguments = sys.argv[1:]
    time_machine.travel(moment, tick=True).start()
    if program == "celery":
        from celery.__main__ import main as run_celery

        from config.celery import app

        if "BEAT_EVERY" in os.environ:
            for entry in app.conf.beat_schedule.values():
                entry["schedule"] = float(os.environ["BEAT_EVERY"])
        sys.argv = ["celery", "-A", "config", *arguments]
        run_celery()
    else:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["manage.py", program, *arguments])


if __name__ == "__main__":
    main()
