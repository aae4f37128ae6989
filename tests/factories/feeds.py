"""Feeds of higher-level sites, as they are written."""

from html import escape

TEXT = "各市人民政府：为做好今年的防汛工作，现将有关事项通知如下，请认真贯彻执行。"


def item(key: str, title: str, text: str | None = TEXT, **told: str) -> str:
    """An item of an RSS feed; without a text only its summary is carried."""
    content = f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded>" if text else ""
    more = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in told.items())
    link = "" if "link" in told else f"<link>/doc/{key}.html</link>"
    return (
        f'<item><title>{escape(title)}</title><guid isPermaLink="false">{key}</guid>'
        f"{link}{content}{more}</item>"
    )


def rss(*items: str, ttl: str = "", encoding: str = "utf-8") -> bytes:
    written = (
        f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>省政府</title>'
        f"{ttl and f'<ttl>{ttl}</ttl>'}{''.join(items)}</channel></rss>"
    )
    return written.encode("gb18030" if encoding.startswith("gb") else encoding)
