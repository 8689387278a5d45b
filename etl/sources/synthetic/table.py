"""From drawn sessions to the columns of the source project, in its spelling and order."""

import numpy as np
import pyarrow as pa

from etl.sources.synthetic.drawing import Sessions, n_users
from etl.sources.synthetic.population import CATEGORIES, DEVICES, ENGINES, GENDERS, LOCATIONS, Codes

SCHEMA = pa.schema(
    {
        "User_ID": pa.string(),
        "Session_ID": pa.string(),
        "Age": pa.int64(),
        "Gender": pa.string(),
        "Device_Type": pa.string(),
        "Location": pa.string(),
        "Time_Spent": pa.float64(),
        "Pages_Viewed": pa.int64(),
        "Recommended_Product_Category": pa.string(),
        "Recommendation_Engine": pa.string(),
        "Converted": pa.int64(),
        "Started_At": pa.timestamp("s", tz="UTC"),
        "Revenue": pa.float64(),
    }
)


def as_table(sessions: Sessions, total: int) -> pa.Table:
    """Return sessions as a table; ``total`` decides how many digits the identifiers have."""
    columns = [
        _identifiers("U", sessions.user, max(7, len(str(n_users(total))))),
        _identifiers("S", sessions.number, max(8, len(str(total)))),
        pa.array(sessions.age),
        _names(GENDERS, sessions.gender),
        _names(DEVICES, sessions.device),
        _names(LOCATIONS, sessions.location),
        pa.array(sessions.time_spent_s),
        pa.array(sessions.pages_viewed),
        _names(CATEGORIES, sessions.category),
        _names(ENGINES, sessions.engine),
        pa.array(sessions.converted),
        pa.array(sessions.started_at).cast(SCHEMA.field("Started_At").type),
        pa.array(sessions.revenue, from_pandas=True),
    ]
    return pa.Table.from_arrays(columns, schema=SCHEMA)


def _names(names: tuple[str, ...], codes: Codes) -> pa.Array:
    return pa.array(names).take(pa.array(codes))


def _identifiers(letter: str, numbers: Codes, digits: int) -> pa.Array:
    """Return texts such as U0000123, written digit by digit into one buffer."""
    octets = np.empty((len(numbers), digits + 1), np.uint8)
    octets[:, 0] = ord(letter)
    rest = numbers
    for place in range(digits, 0, -1):
        rest, digit = np.divmod(rest, 10)
        octets[:, place] = digit + ord("0")
    offsets = np.arange(len(numbers) + 1, dtype=np.int32) * (digits + 1)
    return pa.StringArray.from_buffers(len(numbers), pa.py_buffer(offsets), pa.py_buffer(octets))
