"""Vocabulary: the frozen meaning of each feature, from what people write to the numbers that models take."""

from model.vocabulary.encoded import Encoded, EncodedOne, Flag
from model.vocabulary.vocabulary import Vocabulary

__all__ = ["Encoded", "EncodedOne", "Flag", "Vocabulary"]
