"""TreeSettings: how LightGBM's trees are grown, in words that hold for single sessions and for cells alike."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from semantic.errors import InputError, unknown_name


@dataclass(frozen=True, slots=True)
class TreeSettings:
    """How trees are grown.

    Attributes
    ----------
    trees : int
        Most trees; fewer where early stopping ends their growth.
    depth : int
        Levels of splits in each.
    learning_rate : float
        Part of each tree that is added.
    min_sessions_in_leaf : float
        Least weight of a leaf in sessions of average conversion rate.
    l2 : float
        Pulls leaves towards zero, in units of LightGBM's hessian.
    feature_share : float
        Part of the features that each tree may use, drawn by the seed.
    one_hot_up_to : int
        Categories of at most so many members are split one member against the others, larger ones into two groups.
    stop_after : int
        Trees without gain on the validation part after which growth ends.
    """

    trees: int = 150
    depth: int = 3
    learning_rate: float = 0.1
    min_sessions_in_leaf: float = 100.0
    l2: float = 1.0
    feature_share: float = 1.0
    one_hot_up_to: int = 64
    stop_after: int = 30

    def as_text(self) -> dict[str, str]:
        """Return each setting as text, such as ``{"depth": "3"}``."""
        return {name: repr(value) for name, value in asdict(self).items()}

    @classmethod
    def from_text(cls, text: Mapping[str, str]) -> "TreeSettings":
        """Return the settings that `as_text` wrote; those that are not named keep their usual value.

        Raises
        ------
        InputError
            Where there is no such setting, or its text is no number.
        """
        types = {field.name: int if isinstance(field.default, int) else float for field in fields(cls)}
        try:
            return cls(**{name: types[name](value) for name, value in text.items()})  # type: ignore[arg-type]
        except KeyError as error:
            raise InputError(unknown_name("setting", str(error.args[0]), types)) from None
        except ValueError as error:
            raise InputError(f"a setting of the trees is not a number ({error}); write one") from None

    def parameters(self, base_rate: float, seed: int) -> dict[str, object]:
        """Return LightGBM's own parameters.

        Parameters
        ----------
        base_rate : float
            Part of the sessions that converted; a session's hessian is ``base_rate * (1 - base_rate)``.
        seed : int
            Of whatever is drawn.

        Notes
        -----
        Whatever counts rows is set so low that it decides nothing, and hessians, which count sessions, decide in its
        place: cells with weights then give the trees of the single sessions.
        """
        return {
            "objective": "binary",
            "learning_rate": self.learning_rate,
            "max_depth": self.depth,
            "num_leaves": 2**self.depth,
            "min_sum_hessian_in_leaf": self.min_sessions_in_leaf * base_rate * (1 - base_rate),
            "min_data_in_leaf": 0,
            "min_data_in_bin": 1,
            "min_data_per_group": 1,
            "cat_smooth": 1.0,
            "max_cat_to_onehot": self.one_hot_up_to,
            "lambda_l2": self.l2,
            "feature_fraction": self.feature_share,
            "feature_pre_filter": False,
            "enable_bundle": False,
            "deterministic": True,
            "force_row_wise": True,
            "seed": seed,
            "verbosity": -1,
        }
