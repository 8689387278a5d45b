"""plain_page: a page of one sentence that needs nothing else, for where the product itself cannot be shown."""

from html import escape

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
{head}<title>{title}</title>
<style>
:root {{ color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }}
body {{ margin: 20vh auto; max-width: 36rem; padding: 0 1rem }}
</style>
<h1>{title}</h1>
<p role="status">{sentence}</p>
{foot}</html>
"""
_AGAIN = '<meta http-equiv="refresh" content="2">\n'
_HOME = '<p><a href="/">Open the dashboard</a></p>\n'


def plain_page(title: str, sentence: str, *, reloads: bool = False) -> str:
    """Return the page as HTML.

    Parameters
    ----------
    title : str
        Name of the product; escaped.
    sentence : str
        What there is to say; escaped.
    reloads : bool
        True: it asks again every other second. False: it has a link to the dashboard.
    """
    head, foot = (_AGAIN, "") if reloads else ("", _HOME)
    return _PAGE.format(title=escape(title), sentence=escape(sentence), head=head, foot=foot)
