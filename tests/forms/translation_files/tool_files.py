"""Files as translators' tools give them back, written by hand: each is of `two_texts`, with both texts translated.

OmegaT writes into the file it was given, turned round here, with notes and without states; Weblate (translate-toolkit)
has prefixes of its own and approves; Trados has segments, regions, its own namespace, and marks for protected places.
"""

from forms.translation_files import Sheet, Unit

TITLE = Unit("title", "Family Window", "", "missing", "The title")
WHY = Unit("items/why/text", "You chose {place|a place}. Why so?\nTell us.", "Porqué", "machine", "A question")
SHEET = Sheet("family-window", "en", "es", (TITLE, WHY))
WANTED = {"title": "Ventana  familiar", WHY.key: "Elegiste {place|un lugar}. ¿Por qué?\nCuéntanos."}

OMEGAT_12 = f"""<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
  <file original="family-window" source-language="en" target-language="es" datatype="plaintext">
    <header><note>team memory used</note></header>
    <body>
      <trans-unit extradata="{WHY.mark}" xml:space="preserve" id="{WHY.key}">
        <note from="reviewer" annotates="target">Tú, not usted</note>
        <source>You chose {{place|a place}}. Why so?&#10;Tell us.</source>
        <target>Elegiste {{place|un lugar}}. ¿Por qué?&#10;Cuéntanos.</target>
      </trans-unit>
      <trans-unit id="title" extradata="{TITLE.mark}"><source>Family Window</source><target>Ventana  familiar</target>
      </trans-unit>
    </body>
  </file>
</xliff>"""

WEBLATE_12 = f"""<?xml version='1.0' encoding='UTF-8'?>
<ns0:xliff xmlns:ns0="urn:oasis:names:tc:xliff:document:1.2" version="1.2"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:oasis:names:tc:xliff:document:1.2 x.xsd">
<ns0:file original="family-window.xlf" source-language="en" target-language="es_ES" datatype="plaintext"
 build-num="{SHEET.made_from}"><ns0:body><ns0:group id="items"><ns0:trans-unit id="x1" resname="title" approved="yes">
<ns0:source>Family Window</ns0:source><ns0:target state="translated">Ventana  familiar</ns0:target>
<ns0:context-group><ns0:context context-type="x-weblate">1</ns0:context></ns0:context-group></ns0:trans-unit>
<ns0:trans-unit id="x2" resname="{WHY.key}"><ns0:source>{WHY.source}</ns0:source>
<ns0:target state="needs-review-translation">{WANTED[WHY.key]}</ns0:target>
<ns0:alt-trans match-quality="80"><ns0:source>Why?</ns0:source><ns0:target>¿Por qué no?</ns0:target></ns0:alt-trans>
</ns0:trans-unit></ns0:group></ns0:body></ns0:file></ns0:xliff>"""

TRADOS_12 = f"""<?xml version="1.0" encoding="utf-8"?>
<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"
 sdl:version="1.0">
<file original="C:\\Projects\\es\\family-window.xliff" source-language="en-US" target-language="es-ES"
 datatype="x-sdlfilterframework2"><header><sdl:tag-defs><sdl:tag id="1"/></sdl:tag-defs></header><body>
<trans-unit id="title" extradata="{TITLE.mark}"><source>Family Window</source>
<seg-source><mrk mtype="seg" mid="1">Family Window</mrk></seg-source>
<target state="final"><mrk mtype="seg" mid="1">Ventana  familiar</mrk></target>
<sdl:seg-defs><sdl:seg id="1" conf="Translated"/></sdl:seg-defs></trans-unit>
<trans-unit id="{WHY.key}" extradata="{WHY.mark}"><source>You chose <x id="1" equiv-text="{{place|a place}}"/>. Why so?
Tell us.</source>
<target><mrk mtype="seg" mid="2"><g id="9">Elegiste</g> <ph id="1">{{place|un lugar}}</ph>.</mrk>
<mrk mtype="seg" mid="3">¿Por qué?</mrk><!-- a remark -->
<mrk mtype="seg" mid="4">Cuéntanos.</mrk></target></trans-unit></body></file></xliff>""".replace(
    '.</mrk>\n<mrk mtype="seg" mid="3">', '.</mrk> <mrk mtype="seg" mid="3">'
)

TOOL_21 = f"""<?xml version="1.0"?>
<x:xliff xmlns:x="urn:oasis:names:tc:xliff:document:2.0" xmlns:w="urn:voicebox:texts:1"
 xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0" version="2.0" srcLang="en" trgLang="es">
<x:file id="f1" original="family-window" w:made="0"><x:group id="g"><x:unit id="items:why:text" w:mark="{WHY.mark}">
<mda:metadata><mda:metaGroup><mda:meta type="t">9</mda:meta></mda:metaGroup></mda:metadata>
<x:notes><x:note>Tú, not usted</x:note></x:notes>
<x:originalData><x:data id="d1">{{place|a place}}</x:data><x:data id="d2">{{place|un lugar}}</x:data></x:originalData>
<x:segment state="reviewed"><x:source>You chose <x:ph id="1" dataRef="d1"/>.</x:source>
<x:target>Elegiste <x:ph id="1" dataRef="d2"/>.</x:target></x:segment>
<x:ignorable><x:source> </x:source></x:ignorable>
<x:segment state="translated"><x:source><x:pc id="2">Why</x:pc> so?<x:cp hex="000A"/>Tell us.</x:source>
<x:target><x:sm id="m1"/>¿Por qué?<x:em startRef="m1"/><x:cp hex="000A"/>Cuéntanos.</x:target></x:segment></x:unit>
<x:unit id="u2" name="title" w:mark="{TITLE.mark}"><x:segment state="final"><x:source>Family Window</x:source>
<x:target>Ventana  familiar</x:target></x:segment></x:unit></x:group></x:file></x:xliff>"""

POEDIT = f"""# Spanish
# Somebody, 2026
msgid ""
msgstr ""
"PO-Revision-Date: 2026-11-23 10:00+0100\\n"
"language: es_ES\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"X-Generator: Poedit 3.4\\n"
"x-voicebox-form: family-window\\n"

#. A question
#. voicebox {WHY.mark}
#: items/why/text:1
#, fuzzy, no-wrap
#| msgid "You chose a place. Why?"
msgctxt "items/why/text"
msgid ""
"You chose {{place|a place}}. "
"Why so?\\nTell us."
msgstr ""
"Elegiste {{place|un lugar}}. ¿Por "
"qué?\\n"
"Cuéntanos."
# a person's own remark
#. voicebox {TITLE.mark}
msgctxt "title"
msgid "Family Window"
msgstr "Ventana  familiar"

#~ msgctxt "old"
#~ msgid "Gone"
#~ msgstr "Ido"
"""

EXCEL_CSV = (
    "state;Translation;mine;KEY;mark;file\r\n"
    f'ok;"Elegiste {{place|un lugar}}. ¿Por qué?\nCuéntanos.";;{WHY.key};{WHY.mark};'
    f"voicebox 1 family-window en es {SHEET.made_from}\r\n"
    f"final;Ventana  familiar;a remark;title;{TITLE.mark};voicebox 1 family-window en es {SHEET.made_from}\r\n;;;;;\r\n"
)

TOOL_FILES = {
    "omegat": OMEGAT_12.encode(),
    "weblate": WEBLATE_12.encode(),
    "trados": TRADOS_12.encode("utf-8-sig"),
    "xliff-2.0": TOOL_21.encode("utf-16"),
    "poedit": POEDIT.replace("\n", "\r\n").encode("utf-8-sig"),
    "excel": EXCEL_CSV.encode("utf-8-sig"),
    "excel-tabs": EXCEL_CSV.replace(";", "\t").encode("utf-16"),
}
