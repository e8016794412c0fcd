import re
from itertools import pairwise
from xml.etree import ElementTree

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from framing.errors import InputError
from framing.views import alt_text, plot_comparison
from framing.views.plots import comparison_panels
from framing.views.svg import panel_svg

SVG = "{http://www.w3.org/2000/svg}"


def row(metric="share_words_source", outlet="Courier", versus="Herald", difference=0.08, q=0.004):
    return {
        "metric": metric,
        "outlet": outlet,
        "versus": versus,
        "difference": difference,
        "ci_low": difference - 0.05,
        "ci_high": difference + 0.05,
        "q_value": q,
    }


def draw(*rows, **options):
    return plot_comparison(pd.DataFrame(rows), ax=Figure().add_subplot(), **options)


def dots(ax):
    return [line for line in ax.lines if line.get_marker() in ("o", "D")]


def svg_of(*rows, name="plot-1"):
    return panel_svg(comparison_panels(pd.DataFrame(rows))[0], name=name, alt="Said in words.")


def test_a_share_is_drawn_in_percentage_points_at_its_difference():
    ax = draw(row())
    (dot,) = dots(ax)
    assert dot.get_xdata()[0] == pytest.approx(8.0)
    interval = next(
        line for line in ax.lines if len(line.get_xdata()) == 2 and line.get_ydata()[0] == line.get_ydata()[1]
    )
    assert list(interval.get_xdata()) == pytest.approx([3.0, 13.0])
    assert ax.get_xlabel() == "difference in percentage points"


def test_rows_that_stand_differ_from_others_by_shape_fill_and_line_not_only_by_colour():
    ax = draw(row(q=0.01), row(outlet="Wire", q=0.4))
    standing, other = dots(ax)
    assert (standing.get_marker(), other.get_marker()) == ("o", "D")
    assert to_hex(other.get_markerfacecolor()) == "#ffffff" != to_hex(standing.get_markerfacecolor())
    lines = [line for line in ax.lines if line.get_marker() == "None" and line.get_ydata()[0] == line.get_ydata()[-1]]
    assert [line.get_linestyle() for line in lines] == ["-", "--"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["q below .05", "q .05 or more"]


def test_a_line_marks_no_difference():
    assert any(list(line.get_xdata()) == [0, 0] for line in draw(row()).lines)


def test_metrics_of_different_units_get_a_scale_each():
    ax = draw(row(), row("attributions_per_1000_words", difference=4.0), row("sentiment_outlet", difference=0.1))
    assert [child.get_xlabel() for child in ax.child_axes] == [
        "difference in percentage points",
        "difference per 1,000 words",
        "difference on the scale from −1 to 1",
    ]
    assert not ax.axison


def test_one_metric_can_be_chosen():
    ax = draw(row(), row("sentiment_outlet"), metric="sentiment_outlet")
    assert ax.get_title(loc="left") == "Tone in the outlet's own words"
    assert len(dots(ax)) == 1


def test_without_axes_a_new_figure_is_made():
    from matplotlib import pyplot as plt

    ax = plot_comparison(pd.DataFrame([row()]))
    assert ax.figure.number in plt.get_fignums()
    plt.close(ax.figure)


def test_a_row_that_was_not_computed_says_so():
    missing = row() | {"difference": pd.NA, "ci_low": pd.NA, "ci_high": pd.NA, "q_value": pd.NA}
    ax = draw(missing)
    assert not dots(ax)
    assert [text.get_text() for text in ax.texts] == ["not computed"]
    assert "Courier minus Herald not computed" in alt_text(pd.DataFrame([missing]))


def test_the_rest_is_named_in_words():
    ax = draw(row(versus="rest"), row(outlet="Herald", versus="rest"))
    assert ax.get_xlabel().replace("\n", " ") == "difference from the other outlets in percentage points"
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Courier", "Herald"]


def test_names_of_outlets_are_no_formulas():
    figure = Figure()
    plot_comparison(pd.DataFrame([row(outlet=r"$\frac{", versus="$x$")]), ax=figure.add_subplot())
    figure.canvas.draw()


@pytest.mark.parametrize(
    ("frame", "metric", "message"),
    [
        (pd.DataFrame([row()]).drop(columns="ci_low"), None, "no column 'ci_low'"),
        (pd.DataFrame([row()]).head(0), None, "no rows"),
        (pd.DataFrame([row()]), "tone", "no metric 'tone'; it has: share_words_source"),
    ],
)
def test_mistakes_are_explained(frame, metric, message):
    with pytest.raises(InputError, match=re.escape(message)):
        plot_comparison(frame, metric=metric)


def test_the_comparison_is_not_changed():
    frame = pd.DataFrame([row(), row("sentiment_outlet")])
    before = frame.copy(deep=True)
    plot_comparison(frame, ax=Figure().add_subplot())
    alt_text(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_svg_has_a_title_and_a_description_and_says_that_it_is_an_image():
    root = ElementTree.fromstring(svg_of(row()))
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert (title.text, description.text) == ("Words in sources' voice", "Said in words.")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby").split() == [title.get("id"), description.get("id")]


def test_svg_is_the_same_each_time_and_bears_no_date():
    first = svg_of(row(), row(outlet="Wire"))
    assert first == svg_of(row(), row(outlet="Wire"))
    assert "metadata" not in first
    assert "<!--" not in first


def test_svg_takes_the_colours_and_the_font_of_the_page():
    drawn = svg_of(row(), row(q=0.5))
    assert not re.findall(r"#[0-9a-f]{6}", drawn)
    assert "font-family" not in drawn
    assert "var(--accent)" in drawn


def test_ids_of_two_plots_never_meet():
    ids = [set(re.findall(r'\bid="([^"]+)"', svg_of(row(), name=name))) for name in ("plot-1", "plot-2")]
    assert ids[0]
    assert not ids[0] & ids[1]
    drawn = svg_of(row())
    assert set(re.findall(r'href="#([^"]+)"', drawn)) | set(re.findall(r"url\(#([^)]+)\)", drawn)) <= ids[0]


def test_svg_keeps_hostile_names_as_text():
    drawn = svg_of(row(outlet="--><script>alert(1)</script>", versus='" onload="x'))
    root = ElementTree.fromstring(drawn)
    assert not [node for node in root.iter() if node.tag.endswith("script")]
    assert not [name for node in root.iter() for name in node.attrib if name.startswith("on")]


def test_svg_leaves_the_users_settings_alone():
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    svg_of(row(outlet="新闻"))
    assert dict(mpl.rcParams) == before


def test_between_labels_of_three_lines_there_is_room():
    sides = [f"The Weavers’ Standard of {town}" for town in ("Sollen", "Quarrow")]
    metrics = ["share_words_source", "sentiment_outlet", "boosters_per_1000_words"]
    rows = [row(metric, "Sextant News Agency", versus) for metric in metrics for versus in sides * 3]
    ax = plot_comparison(pd.DataFrame(rows))
    ax.figure.canvas.draw()
    labels = ax.child_axes[0].get_yticklabels()
    assert labels[0].get_text().count("\n") == 2
    boxes = [label.get_window_extent() for label in labels]
    line = boxes[0].height / 3
    assert min(above.y0 - below.y1 for above, below in pairwise(boxes)) > line / 3
