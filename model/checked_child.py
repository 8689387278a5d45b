"""The process in which a model is loaded for the first time: whatever its text does, only this process dies of it.

It reads ``{"tasks": [{"name", "text", "golden"}]}`` as JSON from standard input, and names each task
before it is loaded.
"""

import sys

import lightgbm
import orjson

from model.golden import is_golden


def main() -> int:
    """Return 0 where every text loads and gives the golden rows their scores, 1 where not, with the reason."""
    for task in orjson.loads(sys.stdin.buffer.read())["tasks"]:
        sys.stdout.write(f"task {task['name']}\n")
        sys.stdout.flush()
        try:
            booster = lightgbm.Booster(model_str=task["text"])
        except lightgbm.basic.LightGBMError as error:
            sys.stderr.write(f"LightGBM refuses it: {' '.join(str(error).split())}")
            return 1
        if not is_golden(orjson.dumps(task["golden"]), booster):
            sys.stderr.write("it does not give its golden rows the scores that they had")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
