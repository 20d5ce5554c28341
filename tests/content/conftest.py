import pytest
import yaml

from content import nodes


@pytest.fixture(params=[nodes.LOADER, yaml.SafeLoader], ids=["quick", "plain"])
def each_loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the test with the loader that is used here and with the one that is always there."""
    monkeypatch.setattr(nodes, "LOADER", request.param)
