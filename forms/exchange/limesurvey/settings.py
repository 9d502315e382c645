"""Which of LimeSurvey's many settings say something, and which loss tells of it. What is as it always is is silent."""

from forms.exchange.assembly import Assembly
from forms.exchange.limesurvey.survey import Asked, Survey

#: Settings that would say who answered, where and when; "N", "I" (as the installation has it) and "" are off.
_PERSONAL = (
    "datestamp",
    "ipaddr",
    "refurl",
    "savetimings",
    "usecookie",
    "usetokens",
    "tokenanswerspersistence",
    "allowregister",
    "allowsave",
    "alloweditaftercompletion",
    "sendconfirmation",
    "emailresponseto",
    "emailnotificationto",
)
#: Settings that people who answer would notice, with what they are usually.
_NOTICED = {
    "startdate": ("",),
    "expires": ("",),
    "assessments": ("N", "I"),
    "usecaptcha": ("N", "I", "E", ""),
    "navigationdelay": ("0", "-1"),
    "allowprev": ("Y", "I"),
    "autoredirect": ("N", "I"),
    "questionindex": ("0", "-1"),
    "showprogress": ("Y", "I"),
    "showwelcome": ("Y", "I"),
    "publicstatistics": ("N", "I"),
    "publicgraphs": ("N", "I"),
    "printanswers": ("N", "I"),
    "googleanalyticsapikey": ("", "9useGlobal"),
    "template": ("inherit", "default", "vanilla", "fruity", "fruity_twentythree", "bootswatch"),
}
#: Words of the survey that nobody is shown here, by the names of .lss; "surveyls_" is left out.
_SAID = ("endtext", "policy_notice", "policy_error", "policy_notice_label", "url", "urldescription")
_MAILS = ("email_", "attachments")
_OFF = ("", "N", "I", "0", "inherit")

#: Attributes that only say how a file was made or results are drawn, or that are read wherever they stand.
_SILENT = ("other_replace_text", "num_value_int_only", "equation", "hidden", "voicebox")
_TIPS = ("em_validation_q_tip", "em_validation_sq_tip")
_DRAWN = ("statistics_", "save_as_default", "scale_export", "public_statistics", "printable_help", "image")
_LOOKS = [
    "cssclass",
    "display_",
    "hide_tip",
    "input_size",
    "input_boxes",
    "text_input_",
    "answer_width",
    "repeat_headings",
    "label_input_",
    "dropdown_",
    "other_position",
    "slider_",
    "alphasort",
    "showpopups",
    "samechoiceheight",
    "samelistheight",
    "placeholder",
    "prefix",
    "suffix",
    "dualscale_header",
    "category_separator",
    "choice_title",
    "rank_title",
    "time_limit_",
    "page_break",
    "em_validation_",
    "use_dropdown",
    "reverse",
    "numbers_only",
    "show_comment",
    "subquestion_width",
    "answer_width_bycolumn",
    "parent_order",
    "choice_input_columns",
    "commented_checkbox",
    "clear_default",
    "printable",
    "show_title",
    "show_grand_total",
    "show_totals",
    "subquestion_heading",
    "assessment_value",
    "other_numbers_only",
    "other_comment_mandatory",
    "multiflexible_step",
    "location_",
    "date_format",
    "remove_text_or_html",
]
#: Themes of questions that look otherwise than their kind does.
_THEMES = ("image_select", "bootstrap_buttons", "ranking_advanced", "inputondemand")
_ORDERS = ("random_order", "random_group", "answer_order", "subquestion_order", "array_filter_random")
_FILTERS = ("array_filter", "array_filter_exclude", "code_filter")
_RULES = [
    "em_validation_q",
    "em_validation_sq",
    "min_answers",
    "min_num_value",
    "min_num_value_n",
    "max_num_value",
    "max_num_value_n",
    "min_num_value_sgqa",
    "max_num_value_sgqa",
    "equals_num_value",
    "max_subquestions",
    "date_min",
    "date_max",
    "time_limit",
    "max_filesize",
    "allowed_filetypes",
    "exclude_all_others_auto",
    "exclude_all_others",
    "max_answers",
    "maximum_chars",
    "multiflexible_min",
    "multiflexible_max",
    "multiflexible_checkbox",
]
_USUAL = {
    "": ("", "0", "N", "none"),
    "answer_order": ("", "normal", "0"),
    "subquestion_order": ("", "normal", "0"),
    "other_position": ("", "default", "end"),
    "time_limit_action": ("", "1"),
    "statistics_showgraph": ("", "1"),
    "assessment_value": ("", "0", "1"),
    "showpopups": ("", "0", "1"),
    "samechoiceheight": ("", "0", "1"),
    "samelistheight": ("", "0", "1"),
    "slider_layout": ("", "0"),
    "array_filter_style": ("", "0"),
}


def tell_settings(assembly: Assembly, survey: Survey) -> None:
    """Note what the survey's settings would have done."""
    for name in _PERSONAL:
        if survey.settings.get(name, "").strip() not in _OFF:
            assembly.lose("personal", "surveys", name)
    if survey.settings.get("anonymized", "").strip() == "N":
        assembly.lose("personal", "surveys", "anonymized = N")
    for name, usual in _NOTICED.items():
        value = survey.settings.get(name, "").strip()
        if value and value not in usual:
            assembly.lose("setting", "surveys", f"{name} = {value}")
    _tell_words(assembly, survey)
    for code, place, found in survey.others:
        assembly.lose(code, place, found)


def _tell_words(assembly: Assembly, survey: Survey) -> None:
    for name in _SAID:
        said = survey.said.get(name, {})
        words = next((said[code] for code in (*survey.languages, *said) if said.get(code, "").strip()), "")
        if words:
            assembly.lose("ls_text", f"surveys_languagesettings, {name}", words)
    if any(name.startswith(_MAILS) and any(words.values()) for name, words in survey.said.items()):
        assembly.lose("ls_mail", "surveys_languagesettings")


def is_personal(question: Asked) -> bool:
    """Whether a line to type in is filled in by the device: what browser it is, or where on the map it is."""
    return question.theme == "browserdetect" or question.attribute("location_mapservice") not in ("", "0")


def tell_attributes(assembly: Assembly, question: Asked, kept: tuple[str, ...]) -> None:
    """Note the attributes of a question that are not kept; `kept` are those that its kind here has taken in."""
    for name in sorted(question.attributes):
        value = question.attribute(name)
        if name in kept or value in _USUAL.get(name, _USUAL[""]):
            continue
        code = _loss(name)
        if code:
            assembly.lose(code, question.place, f"{name} = {value}")
    if question.theme.startswith(_THEMES):
        assembly.lose("appearance", question.place, question.theme)
    if question.pattern.strip():
        assembly.lose("constraint", question.place, question.pattern)
    if question.mandatory.strip() in ("Y", "S"):
        assembly.lose("required", question.place, question.code)
    for value in question.defaults:
        assembly.lose("default", question.place, value)


def _loss(name: str) -> str:
    if name in _ORDERS:
        return "ls_order"
    if name in _FILTERS:
        return "choice_filter"
    if name in _RULES:
        return "constraint"
    if name in _SILENT or name.startswith(_DRAWN):
        return ""
    if name in _TIPS:
        return "message"
    return "appearance" if name.startswith(tuple(_LOOKS)) else "setting"
