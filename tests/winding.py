"""A form with everything that is not plain: asked of some only, in rows, with own words, with earlier answers in it."""

from forms.definition import Instrument
from forms.loader import load_instrument

WINDING = """\
format: 1
id: winding
version: 1
languages: [en, ar, es]
audience: families
layout: screens
minutes: 4
licence: MIT
title: {en: The way to school, ar: الطريق إلى المدرسة, es: El camino a la escuela}
introduction: {en: Tell us about the way., ar: حدّثونا عن الطريق., es: Cuéntenos del camino.}
ask_help: true
scales:
  how-often:
    options:
      - {id: never, label: {en: Never, ar: أبدًا, es: Nunca}}
      - {id: sometimes, label: {en: Sometimes, ar: أحيانًا, es: A veces}}
      - {id: often, label: {en: Often, ar: غالبًا, es: A menudo}}
    apart:
      - {id: dont-know, label: {en: I don't know, ar: لا أعرف, es: No lo sé}}
sections:
  - id: way
    title: {en: The way, ar: الطريق, es: El camino}
    questions:
      - type: notice
        id: hello
        picture: book
        title: {en: Good to know, ar: من المفيد أن تعرفوا, es: Conviene saber}
        text: {en: This is about mornings only., ar: هذا عن الصباح فقط., es: Se trata solo de las mañanas.}
      - type: choice
        id: how
        text: {en: "How do you come to school?", ar: "كيف تأتون إلى المدرسة؟", es: "¿Cómo vienen a la escuela?"}
        why: {en: To plan the mornings., ar: لنخطّط للصباح., es: Para planear las mañanas.}
        options:
          - {id: foot, label: {en: On foot, ar: مشيًا, es: A pie}}
          - {id: bus, label: {en: By bus, ar: بالحافلة, es: En autobús}}
          - {id: other, own_words: true, label: {en: Another way, ar: بطريقة أخرى, es: De otra forma}}
      - type: scale
        id: bus-full
        scale: how-often
        show_if: {question: how, is: [bus]}
        text: {en: "How often is the bus full?", ar: "كم مرة تكون الحافلة ممتلئة؟", es: "¿Cada cuánto va lleno el autobús?"}
        why: {en: To plan the mornings., ar: لنخطّط للصباح., es: Para planear las mañanas.}
      - type: choice
        id: wait
        show_if: {question: bus-full, is: [sometimes, often]}
        text: {en: "Do you wait for the next bus?", ar: "هل تنتظرون الحافلة التالية؟", es: "¿Esperan el siguiente autobús?"}
        why: {en: To plan the mornings., ar: لنخطّط للصباح., es: Para planear las mañanas.}
        options:
          - {id: waiting, label: {en: We wait, ar: ننتظر, es: Esperamos}}
          - {id: walking, label: {en: We walk, ar: نمشي, es: Caminamos}}
      - type: matrix
        id: mornings
        scale: how-often
        text: {en: 'Your way: {how|as always}. How is it?', ar: 'طريقكم: {how|كالعادة}. كيف هو؟', es: 'Su camino: {how|como siempre}. ¿Cómo es?'}
        hint: {en: Think of this week., ar: فكّروا في هذا الأسبوع., es: Piense en esta semana.}
        why: {en: To plan the mornings., ar: لنخطّط للصباح., es: Para planear las mañanas.}
        rows:
          - {id: safe, text: {en: We feel safe, ar: نشعر بالأمان, es: Nos sentimos seguros}}
          - {id: calm, text: {en: It is calm, ar: الطريق هادئ, es: Es tranquilo}}
          - {id: late, text: {en: We come late, ar: نتأخر, es: Llegamos tarde}}
  - id: feet
    title: {en: On foot, ar: مشيًا, es: A pie}
    show_if: {question: how, is: [foot]}
    questions:
      - type: text
        id: path
        text: {en: "What would make the path better?", ar: "ما الذي يجعل الطريق أفضل؟", es: "¿Qué mejoraría el camino?"}
        why: {en: To plan the mornings., ar: لنخطّط للصباح., es: Para planear las mañanas.}
"""


def a_winding_form(**changes: object) -> Instrument:
    """The form above, with other keys at its top where `changes` says so."""
    instrument = load_instrument(WINDING, name="winding.yaml")
    return Instrument.model_validate({**instrument.model_dump(), **changes}) if changes else instrument
