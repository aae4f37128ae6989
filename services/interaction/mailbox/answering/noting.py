"""Notes among those who work on a letter: kept as written, put right by a later one."""

from shared.problem import Conflict, Forbidden


class OthersNote(Forbidden):
    """A note is put right by whoever wrote it."""

    advice = "只能更正自己写的批注。"


class CorrectedAlready(Conflict):
    """The note was put right before."""

    advice = "此批注已更正过，请更正最新的一条。"
