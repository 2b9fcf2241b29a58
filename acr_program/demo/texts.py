"""What the demo's contributors write, say and ask."""

from __future__ import annotations

from random import Random

SECTIONS: dict[str, list[str]] = {
    "service": [
        "Your two standing orders left us on the agreed days in all but three weeks of the year.\n\n# What went wrong\nIn the week after the autumn holiday a cold store in the south was shut for repairs, and two deliveries reached you a day late. You were told on the morning of the day itself, which was too late for your kitchen.\n\n# What we changed\n- A delay is now called in on the day it is known, by a person.\n- The southern cold store has a second one behind it for chilled goods.\n- Your receiving hours stand on the driver's sheet.",
        "We delivered to two docks instead of one from the spring on, as you had asked.\n\nThe first month was rough: three pallets went to the wrong door. Since then the door stands in large letters on each pallet label, and no delivery has been misdirected.\n\n- Shortages were replaced within two working days.\n- Four claims were settled, the longest after six days.\n- The evening window is kept on Fridays only.",
        "The year was steady. You ordered in smaller lots and more often, and the lorries followed.\n\n# Lead time\nTwo working days, as agreed; one for orders in before noon on Mondays.\n\n# Shortages\nCitrus was short for five weeks in summer. We offered what we had, told you the reason, and did not fill up with what you had not ordered.",
    ],
    "roadmap": [
        "Three lines that you buy from change in the coming year.\n\n- The small tub of soft cheese comes in a returnable crate from March.\n- A second maturity of the hard cheese is available from May.\n- The old jam range ends in September; the new one has a third less sugar, and samples are with your buyer.",
        "The range you know stays as it is.\n\nWhat is new is the depth: from spring, four producers from your own region deliver through us, under their own names. You decide which of them you want on your list; nothing changes by itself.",
        "We bring fewer new products than last year, on purpose: each of the six was tried in three kitchens before it was listed.\n\n# For you\nThe ready-to-bake range is made for sites without a bakery, as most of yours are. A tasting at your house can be arranged in any week but the last of the quarter.",
    ],
    "promotion": [
        "Two joint weeks were held, in April and in October. Both were planned with your category team, and the second was built on what the first had taught: fewer lines, shown better.",
        "The tasting days in June drew more guests than the year before. For the coming year we propose one week in spring, with recipe cards that carry your name.",
    ],
    "promise": [
        "Orders that were late waited for one product each and were held back whole. Since the autumn we ship what is there, and call on the same day.",
        "Of {{ figures.shipped }} orders with a promised day, {{ figures.on_time }} left by it. Each of the others was called in before you missed it.",
    ],
    "value": [
        "Your receiving counted 40 minutes saved a week since pallets are labelled by door. The count is yours; we have only added it up.",
        "{{ figures.products }} products came from one house and on one invoice.\n\nWhat that saves you has not been counted. We propose to count it together in the coming year.",
    ],
    "quality": [
        "Eleven claims reached us. Seven were found to be ours, and credited; four were not, and explained. The median answer took two working days.\n\nThe one thing changed because of them: best-before dates are read by a camera at loading, not by eye.",
        "Few claims, and all answered within three working days. Broken glass was the most frequent; the tray was changed in summer and none has been reported since.",
    ],
}

GOALS = [
    "Agree a two-year frame for chilled goods.", "Win back the beverages they moved to a competitor last summer.",
    "Show what came of last year's promises and agree three new ones.", "Meet the new head of purchasing and the kitchens' lead.",
    "Settle the delivery windows before the season begins.", "Understand why orders became smaller since the spring.",
    "Prepare the renewal that is due in the autumn.",
]  # fmt: skip
SEND_BACKS = [
    "The address of the second site is missing: will they come to one meeting or to two?",
    "Please say in a sentence what the meeting should achieve; “the usual” helps nobody who has to write for it.",
]
WAIVED = {"": "There was no joint promotion this year.", "followups": "Nothing is open with this customer."}
RETURNS = [
    "Good, but the second paragraph speaks of another customer's route. Please take it out.",
    "Too general: what happened on this customer's deliveries, and when?",
]
CHANGES = [
    "The paragraph on shortages sounds like an excuse. Say what happened, then I am happy.",
    "Take the price out of the range section; we talk about it at the table.",
]
WAIVED = {
    "promotion": "There was no joint promotion this year.", "promise": "The orders speak for themselves.",
}  # fmt: skip
NOTHING = "There is nothing to add this year."
HELD = [
    "Open and friendly. They had read it before, and began with the page on service.",
    "Longer than planned. The figures were not disputed; the proposals were, and two changed on the spot.",
    "Short, since the owner had to leave. We agreed to go through the proposals by telephone.",
]
SAID = [
    "Useful. Keep it as short as this.", "The first time a supplier brought last year's promises along by itself.",
    "More on what changes for our kitchens, less on the company, please.",
]  # fmt: skip
RISK = "They asked two competitors for offers, and the new buyer does not return calls."
RECOVERY = "A weekly call with the buyer, the late credit notes are paid, and the offer is back with us."


def section(key: str, chance: Random) -> str:
    return chance.choice(SECTIONS.get(key, SECTIONS["service"]))


UNCHANGED = "We looked at it with the contributor: the figures are those of the order books, and the wording stands."
