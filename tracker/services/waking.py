"""Wakes a worker for rows that wait. The rows are what counts: a call that is lost costs a tick."""

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError


def wake(task: str) -> None:
    """Ask for the task once what waits is committed; where the queue is away, the tick sees it."""

    def send() -> None:
        try:
            current_app.send_task(task, retry=False, ignore_result=True)
        except OperationalError:
            return

    transaction.on_commit(send)
