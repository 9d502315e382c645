"""What is spelling alone, and what is another question: by examples in many scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.pieces import pieces, words_of
from forms.spelling import edits, refused_as_spelling

#: (language, before, after): each is put right while people answer.
SPELLING = [
    ("en", "How easy is teh tool?", "How easy is the tool?"),
    ("en", "Is it usefull for you?", "Is it useful for you?"),
    ("en", "Did you recieve help", "Did you receive help?"),
    ("en", "is it fun?", "Is it fun?"),
    ("en", "Do you use it every day?", "Do you use it everyday?"),
    ("en", "How did the the lesson go?", "How did the lesson go?"),
    ("en", "In {place|a palce} you chose freinds", "In {place|a palce} you chose friends"),
    ("en", "On 3 days aweek", "On 3 days a week"),
    ("es", "¿Cuantos dias?", "¿Cuántos días?"),
    ("es", "Si, muy facil", "Sí, muy fácil"),
    ("fr", "Est-ce que ca t'aide ?", "Est-ce que ça t'aide ?"),
    ("de", "Wie oft benutzst du es?", "Wie oft benutzt du es?"),
    ("pt", "E facil de usar", "É fácil de usar"),
    ("ar", "هل الاداة مفيدة لك؟", "هل الأداة مفيدة لك؟"),
    ("ar", "هل تستخدمهاا في البيت؟", "هل تستخدمها في البيت؟"),
    ("ar", "في 3 أيام", "في ٣ أيام"),
    ("ru", "Тебе нравиться учиться?", "Тебе нравится учиться?"),
    ("uk", "Чи подобаеться тобі?", "Чи подобається тобі?"),
    ("hi", "क्या यह उपयोगि है?", "क्या यह उपयोगी है?"),
    ("ur", "کیا یہ مفیید ہے؟", "کیا یہ مفید ہے؟"),
    ("vi", "Em có thích côngcụ này?", "Em có thích công cụ này?"),
    ("tr", "Bu araci seviyor musun?", "Bu aracı seviyor musun?"),
    ("so", "Qalabkan ma kuu fududyahay?", "Qalabkan ma kuu fudud yahay?"),
    ("zh-Hans", "你喜欢这个工俱吗？", "你喜欢这个工具吗？"),
]
#: (language, before, after, why not).
ANOTHER_TEXT = [
    ("en", "I like it now", "I like it not", "negation"),
    ("en", "I can use it", "I can't use it", "negation"),
    ("en", "It is important", "It is unimportant", "another_word"),
    ("en", "Do you like it?", "Do you hike it?", "another_word"),
    ("en", "Is it good?", "Is it bad?", "another_word"),
    ("en", "How easy is it?", "How hard is it?", "another_word"),
    ("en", "His tool", "Her tool", "another_word"),
    ("en", "Useful", "Useless", "another_word"),
    ("en", "Is it easy?", "Is it very easy?", "words"),
    ("en", "Is it really easy?", "Is it easy?", "words"),
    ("en", "Teachers help students", "Students help teachers", "another_word"),
    ("en", "On 3 days", "On 4 days", "numbers"),
    ("en", "Aged 9-11", "Aged 9-12", "numbers"),
    ("en", "In {place|a place}", "In {place|a plaza}", "placeholders"),
    ("en", "In {place|a place}", "In a place", "placeholders"),
    ("en", "Is it easy?", " ", "empty"),
    ("en", "Is it easy?", "Is it easy?", "same"),
    ("en", "Teh boook wsa godo", "The book was good", "too_many"),
    ("es", "Me gusta", "No me gusta", "negation"),
    ("es", "Es posible", "Es imposible", "another_word"),
    ("fr", "C'est jamais facile", "C'est toujours facile", "negation"),
    ("de", "Ich habe eine Frage", "Ich habe keine Frage", "negation"),
    ("ar", "هل تريد ذلك؟", "هل لا تريد ذلك؟", "negation"),
    ("ar", "سهل", "صعب", "another_word"),
    ("ru", "Мне нравится", "Мне не нравится", "negation"),
    ("tr", "Bunu biliyorum", "Bunu bilmiyorum", "another_word"),
    ("fa", "می‌خواهم", "نمی‌خواهم", "another_word"),
    ("hi", "कल मिलेंगे", "कुल मिलेंगे", "another_word"),
    ("ur", "مجھے پسند ہے", "مجھے پسند نہیں", "negation"),
    ("vi", "Em có thích", "Em không thích", "negation"),
    ("zh-Hans", "我喜欢这个", "我不喜欢这个", "negation"),
    ("zh-Hans", "很好", "很坏", "another_word"),
    ("ja", "すきです", "きらいです", "another_word"),
    ("ko", "좋아요", "안 좋아요", "negation"),
]


@pytest.mark.parametrize(("language", "before", "after"), SPELLING)
def test_spelling_is_put_right(language: str, before: str, after: str) -> None:
    assert refused_as_spelling(before, after, language) is None


@pytest.mark.parametrize(("language", "before", "after", "why"), ANOTHER_TEXT)
def test_another_question_is_refused(language: str, before: str, after: str, why: str) -> None:
    assert refused_as_spelling(before, after, language) == why


@pytest.mark.parametrize(
    ("before", "after", "number"),
    [("", "", 0), ("the", "teh", 1), ("abc", "", 3), ("kitten", "sitting", 3), ("no", "on", 1), ("ab", "ba", 1)],
)
def test_edits_are_letters_put_in_taken_out_changed_or_swapped(before: str, after: str, number: int) -> None:
    assert edits(before, after) == edits(after, before) == number


@given(st.text(max_size=60))
def test_a_text_in_pieces_is_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text
    assert all(words_of(word) == [word] for word in words_of(text))


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["en", "ar", "tr", "zh-Hans", "vi"]))
def test_any_two_texts_are_judged(before: str, after: str, language: str) -> None:
    forth, back = refused_as_spelling(before, after, language), refused_as_spelling(after, before, language)
    if before.strip() and after.strip() and len(words_of(before)) == len(words_of(after)):
        assert forth == back
