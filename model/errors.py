"""The error of the model."""

from semantic.errors import ProductError


class ModelError(ProductError):
    """No model can be trained or served as asked; the text is one sentence with the remedy."""
