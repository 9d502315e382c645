"""A school's colour: taken where words in it can be read, by day and by night, and refused with a cure where not."""

import pytest

from feedback.palette import ColourTooPale, ColourUnreadable, contrast, palettes

_DARK_PAPER, _PAPER = "#211e1a", "#fbf5ea"


def test_contrast_is_wcags() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#777777", "#777777") == 1
    # The lightest grey on white that passes, and the next one, as WCAG's own calculators say.
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colour", ["#0b5d5e", "#7a1fa2", "#b00020", "#1d1d1d", "#004d9c"])
def test_words_can_be_read_in_it_on_it_and_beside_it(colour: str) -> None:
    light, dark = palettes(colour)
    assert light.accent == colour
    assert contrast(light.accent, _PAPER) >= 4.5
    assert contrast(light.on_accent, light.accent) >= 4.5
    assert contrast("#2c2a33", light.chosen) >= 7
    assert contrast(dark.accent, _DARK_PAPER) >= 7
    assert contrast(dark.on_accent, dark.accent) >= 4.5
    assert contrast("#f6efe3", dark.chosen) >= 4.5


def test_a_pale_colour_is_refused_and_its_nearest_readable_shade_is_named() -> None:
    with pytest.raises(ColourTooPale) as refused:
        palettes("#ffcc00")
    assert contrast(refused.value.instead, _PAPER) >= 4.5
    assert palettes(refused.value.instead)[0].accent == refused.value.instead
    assert refused.value.instead[1:3] > refused.value.instead[5:7], "it is still a yellow"


@pytest.mark.parametrize("colour", ["teal", "#0b5", "0b5d5e", "#0b5d5g", "", "#0b5d5e;}"])
def test_what_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(ColourUnreadable):
        palettes(colour)
