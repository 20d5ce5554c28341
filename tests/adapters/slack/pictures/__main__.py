from tests.adapters.slack.pictures.scenes import FOLDER, PICTURES

for name, draw in PICTURES.items():
    (FOLDER / f"{name}.svg").write_text(draw(), encoding="utf-8")
