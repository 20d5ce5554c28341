import pytest

from adapters.grading.language import is_english

ENGLISH = [
    "",
    "rollback",
    "Kubernetes, Terraform, Airflow",
    "input layer, filtering layer, output layer, softmax, pooling, stride, kernel, drift",
    "P(y|x) moves while P(x) stays: y = f(x) + e",
    "It is a form of drift, e.g. the inputs move and the labels don't.",
    "de facto the model goes stale, and it is retrained en route",
    "1 2 3 4 5 6 7 8 9",
]
OTHER = [
    "Die Verteilung der Eingaben ändert sich, aber das Modell ist nicht neu trainiert",
    "Die Canary-Deployment-Strategie rollt für wenige User aus und wir monitoren Error Rate, Latency und Drift",
    "La distribution des entrées change mais le modèle reste le même",
    "La distribución de los datos cambia pero el modelo sigue siendo igual",
    "La distribuzione degli input cambia, il modello non è più quello di prima",
    "De verdeling van de invoer verandert, maar het model blijft hetzelfde",
    "Rozkład danych zmienia się, ale model nie jest trenowany od nowa",
    "Syötteiden jakauma muuttuu, mutta opetettua mallia ei vielä päivitetä lainkaan",
    "Sterownik GPU jest częścią hosta. Trzeba go zaktualizować na wszystkich maszynach w klastrze i przypiąć wersję.",
    "A driver a gazdagépen van, nem a konténerben. A csomópontok felén régebbi driver van, ezért frissíteni kell őket.",
    "Driverul apartine gazdei, nu imaginii. Jumatate din noduri au un driver mai vechi decat cere imaginea.",
    "Driver thuộc về máy chủ chứ không phải image. Một nửa số node có driver cũ hơn, cần cập nhật tất cả.",
    "Driver ist am Host, Kernel module, nicht im Container image, Node pools patchen",
    "Распределение входных данных меняется",
    "数据分布变化",
    "توزيع البيانات يتغير",
    "ich weiß nicht",
]


def knows(word: str) -> bool:
    return word in {"layer", "drift"}


@pytest.mark.parametrize("text", ENGLISH)
def test_english_and_bare_terms_can_be_judged(text: str) -> None:
    assert is_english(text.lower().replace("(", " ").replace(",", " ").split(), knows)


@pytest.mark.parametrize("text", OTHER)
def test_other_languages_and_scripts_cannot(text: str) -> None:
    assert not is_english(text.lower().replace(",", " ").split(), knows)
