from tests.adapters.pictures.day import FOLDER
from tests.adapters.slack.pictures.scenes import PICTURES

for name, draw in PICTURES.items():
    (FOLDER / f"{name}.svg").write_text(draw(), encoding="utf-8")
