from tests.services.content.syndication.verification.conftest import prober, web

__all__ = ["prober", "web"]
