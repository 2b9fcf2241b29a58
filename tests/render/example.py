"""Inputs of whole documents: `full` has every kind of section and every chart, `short` next to nothing."""

import json
from pathlib import Path


def full():
    """A customer of one office, seventeen orders in the year, all figures as they stand in the order lines."""
    return json.loads(Path(__file__).with_name("full.json").read_text(encoding="utf-8"))


def short():
    """A customer without a figure on file: nothing but a letter, an empty section and the people to call."""
    return {
        "version": 1,
        "locale": "en-US",
        "currency": "USD",
        "layout": "short",
        "company": {"name": "Northwind Traders"},
        "customer": {"name": "Centro comercial Moctezuma", "contact": "Francisco Chang"},
        "year": {
            "label": "1997/98",
            "span": "April 1997 to March 1998",
            "span_before": "April 1996 to March 1997",
            "start": "1997-04-01",
            "end": "1998-03-31",
        },
        "document": {"number": "ACR-1998-CENTC-1", "issued": "1998-05-13", "audience": "Executive edition"},
        "sections": [
            {
                "key": "letter",
                "title": "A letter to Francisco Chang",
                "kind": "letter",
                "greeting": "Dear Mr. Chang,",
                "html": "<p>This is a short review, because there is little to review.</p>",
                "closing": "Sincerely,",
                "name": "Andrew Fuller",
            },
            {"key": "figures", "title": "The year in figures", "kind": "figures"},
            {"key": "news", "title": "Service news", "kind": "input"},
            {"key": "follow", "title": "What we undertook last year", "kind": "follow"},
            {
                "key": "team",
                "title": "Your team",
                "kind": "team",
                "people": [{"name": "Margaret Peacock", "title": "Sales Representative"}],
            },
        ],
    }
