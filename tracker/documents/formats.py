"""The formats that are written, with what browsers and people call them."""

from enum import StrEnum


class Format(StrEnum):
    """The value is the ending of the file's name."""

    EXCEL = "xlsx"
    WORD = "docx"
    CSV = "csv"

    @property
    def label(self) -> str:
        return {"xlsx": "Excel", "docx": "Word", "csv": "CSV"}[self.value]

    @property
    def content_type(self) -> str:
        office = "application/vnd.openxmlformats-officedocument."
        return {
            "xlsx": f"{office}spreadsheetml.sheet",
            "docx": f"{office}wordprocessingml.document",
            "csv": "text/csv; charset=utf-8",
        }[self.value]
