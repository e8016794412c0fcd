"""A researcher's own frames: learnt from labelled texts, tested on outlets and events not seen, saved as tables."""

from framing.validity.frames.articles import add_frames
from framing.validity.frames.model import FrameModel
from framing.validity.frames.storing import load_frames, save_frames
from framing.validity.frames.training import train_frames

__all__ = ["FrameModel", "add_frames", "load_frames", "save_frames", "train_frames"]
