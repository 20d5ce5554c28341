from tests.adapters.discord.pictures.scenes import PICTURES
from tests.adapters.pictures.day import FOLDER

for name, draw in PICTURES.items():
    (FOLDER / f"{name}.svg").write_text(draw(), encoding="utf-8")
