"""A good file, and the ways to break it: what is changed, the line it breaks, and what has to be said about it."""

GOOD = """\
format: 1
id: recess
version: 1
languages: [en, ar]
audience: students
ages: 9-11
layout: screens
minutes: 3
licence: MIT
title: {en: Recess, ar: الفسحة}
introduction: {en: Tell us., ar: أخبرونا.}
scales:
  how-much:
    options:
      - {id: no, label: {en: Not at all, ar: أبدًا}}
      - {id: some, label: {en: A little, ar: قليلًا}}
      - {id: much, label: {en: Very much, ar: كثيرًا}}
    apart:
      - {id: dont-know, label: {en: I don't know, ar: لا أعرف}}
sections:
  - id: yard
    title: {en: The yard, ar: الساحة}
    questions:
      - type: scale
        id: fun
        scale: how-much
        text: {en: "How much fun is it?", ar: كم هي ممتعة؟}
        why: {en: To do better., ar: لنتحسن.}
      - type: choice
        id: place
        options:
          - {id: grass, label: {en: Grass, ar: العشب}}
          - {id: sand, label: {en: Sand, ar: الرمل}}
        favourable: [grass]
        text: {en: "Which place do you like?", ar: أي مكان يعجبك؟}
        why: {en: To do better., ar: لنتحسن.}
      - type: number
        id: times
        maximum: 9
        bands: [0, 3]
        text: {en: "How many times?", ar: كم مرة؟}
        why: {en: To do better., ar: لنتحسن.}
"""

LIST_OF_TYPES = "Use one of: choice, choices, picture-choice, scale, smileys, yes-maybe-no, then-now, ranking,"

#: A change to the good file, the line it breaks, and what is said about it.
BROKEN = [
    ("type: choice", "type: slider", 29, f'The question type "slider" is unknown. {LIST_OF_TYPES}'),
    ("      - type: choice\n", "      - hint:\n", 29, 'This question does not say its type. Add "type:" with one of'),
    (
        "id: place",
        "id: fun",
        30,
        'The id "fun" is used twice: the first one is on line 25. Give one of the two another',
    ),
    ("id: sand", "id: grass", 33, 'The id "grass" is used twice: the first one is on line 32.'),
    ("id: dont-know", "id: no", 19, 'The id "no" is used twice: the first one is on line 15.'),
    ("{en: Recess, ar: الفسحة}", "{en: Recess}", 10, "There are no words in: ar. Add a line for each language"),
    ("{en: The yard, ar: الساحة}", "{en: The yard, ar: '  '}", 22, "There are no words in: ar."),
    ("{en: Sand, ar: الرمل}", "{en: Sand, ar: الرمل, sp: Arena}", 33, "this form does not offer: sp. Add them to"),
    ("label: {en: Sand, ar: الرمل}", "picture: star", 33, 'This answer has no label. Add "label:" with words in every'),
    ("{en: Sand, ar: الرمل}", "Sand", 33, '"label" should hold words for each language. Write one line a language'),
    (
        "{en: Sand, ar: الرمل}",
        "{en: 12, ar: الرمل}",
        33,
        '"en" should be words. Put the value in quotes, such as "12".',
    ),
    (
        "scale: how-much",
        "scale: how-many",
        26,
        'There is no scale named "how-many". Write it under "scales:". Known: how-',
    ),
    (
        "scale: how-much",
        "goal: fun",
        26,
        '"fun" cannot be used for "goal". Use one of: engagement, equity, achievement.',
    ),
    ("scale: how-much", "scale: how-much\n        options: []", 26, 'both "scale" and "options". Keep one of the two.'),
    ("        scale: how-much\n", "", 24, 'no answers to choose from. Add "options:" with the answers, or "scale:"'),
    (
        "type: scale",
        "type: yes-maybe-no",
        26,
        "needs the answers yes, maybe and no; this one has: no, some, much. Give",
    ),
    ("type: choice", "type: picture-choice", 31, 'These answers have no picture: grass, sand. Add "picture:" with'),
    ("favourable: [grass]", "apart: [{id: sand, label: {en: Other, ar: آخر}}]", 34, 'The id "sand" is used twice'),
    ("favourable: [grass]", "favourable: [gras, sand]", 34, "names answers that are not offered: gras. Use ids from"),
    ("maximum: 9", "minimum: 10\n        maximum: 9", 40, '"minimum" (10) is larger than "maximum" (9). Swap the two'),
    ("maximum: 9", "maximum: nine", 39, '"maximum" should be a whole number, not "nine". Write digits without quotes'),
    (
        "bands: [0, 3]",
        "bands: [3, 0]",
        40,
        '"bands" do not rise from one number to the next. Order them from low to high.',
    ),
    ("bands: [0, 3]", "bands: [1, 3]", 40, 'The first of "bands" is 1, but "minimum" is 0. Start the bands at the'),
    ("bands: [0, 3]", "bands: [0, 12]", 40, 'The last of "bands" is 12, but "maximum" is 9. Take out bands that no'),
    ("bands: [0, 3]", "bands: [0]", 40, 'Too few entries in "bands": 1. Give at least 2.'),
    (
        "format: 1",
        "format: 7",
        1,
        'The format "7" is unknown to this Voicebox. Write "format: 1", or open the file with',
    ),
    ("format: 1", "format: true", 1, 'The format "True" is unknown to this Voicebox.'),
    ("version: 1", "version: 0", 3, '"version" is 0. Use 1 or more.'),
    (
        "version: 1",
        "versoin: 1",
        3,
        '"versoin" is unknown here. Did you mean "version"? Known here: format, id, version,',
    ),
    ("licence: MIT", "colour: red", 9, '"colour" is unknown here. Take it out, or use one of: format, id,'),
    ("licence: MIT", "minutes: 4\nlicence: MIT", 9, '"minutes" stands here twice: it is already on line 8. Keep one'),
    ("layout: screens\n", "", 1, '"layout" is missing here. Add a line "layout:" with its value.'),
    (
        "audience: students",
        "audience: pupils",
        5,
        '"pupils" cannot be used for "audience". Use one of: students, families,',
    ),
    ("audience: students", "audience:", 5, '"audience" has no value. Write the value after the colon'),
    ("[en, ar]", "[en, ar, Klingon]", 4, '"Klingon" is not a language code. Use codes such as en, ar, es or zh-Hans.'),
    ("id: recess", "id: Recess!", 2, '"Recess!" cannot be used for "id". Use small letters a to z'),
    ("id: recess", "id: &recess recess", 2, 'The mark "&recess" is not allowed. Take it out, or name a scale'),
    ("{en: Sand, ar: الرمل}", "*grass", 33, 'The shortcut "*grass" is not allowed. Write the words out'),
    ("licence: MIT", "licence: !!python/name:os.system x", 9, 'The tag "!!python/name:os.system" is not allowed.'),
    (
        "licence: MIT",
        "licence: MIT: yes",
        9,
        "This cannot be read as YAML: mapping values are not allowed here. Look at",
    ),
    (
        "\nid: recess",
        "\n\tid: recess",
        2,
        "This cannot be read as YAML: found character '\\t' that cannot start any token.",
    ),
    ("licence: MIT", "licence: M\x07IT", 9, "The invisible sign U+0007 cannot stand in a form file. Delete it"),
    ("licence: MIT", "licence: " + "[" * 4000, 9, "The lines are nested too deeply."),
]
