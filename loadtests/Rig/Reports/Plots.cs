using System.Globalization;
using System.Net;
using System.Text;

namespace Gateway.LoadTests.Reports;

/// <summary>Plots as SVG. Both begin at zero, so that a small difference looks small.</summary>
internal static class Plots
{
    private const int Width = 720;
    private const int Left = 90;
    private const int RowHeight = 24;
    private const int LineHeight = 180;

    public static string Bars(string what, IReadOnlyList<(string Name, double Value)> bars)
    {
        var most = Math.Max(double.Epsilon, bars.Max(bar => bar.Value));
        var svg = Start(what, (bars.Count + 1) * RowHeight);
        foreach (var (i, (name, value)) in bars.Index())
        {
            var (y, length) = ((i + 1) * RowHeight, value / most * (Width - Left - 90));
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{Left - 8}\" y=\"{y + 14}\" text-anchor=\"end\">{WebUtility.HtmlEncode(name)}</text>"
            );
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<rect class=\"bar\" x=\"{Left}\" y=\"{y}\" width=\"{length:0.0}\" height=\"{RowHeight - 6}\"/>"
            );
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + length + 6:0.0}\" y=\"{y + 14}\">{value:#,0.###}</text>");
        }

        return svg.Append("</svg>\n").ToString();
    }

    public static string Line(string what, IEnumerable<(double At, double Value)> points)
    {
        var all = points.ToList();
        if (all.Count == 0)
        {
            return "";
        }

        var most = Math.Max(double.Epsilon, all.Max(p => p.Value));
        var bottom = LineHeight - RowHeight;
        var svg = Start(what, LineHeight);
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<line class=\"axis\" x1=\"{Left}\" y1=\"{bottom}\" x2=\"{Width - 20}\" y2=\"{bottom}\"/><text x=\"{Left - 8}\" "
                + $"y=\"{RowHeight + 12}\" text-anchor=\"end\">{most:#,0.##}</text>"
        );
        svg.Append("<polyline class=\"line\" points=\"");
        var step = (double)(Width - Left - 60) / Math.Max(1, all.Count - 1);
        foreach (var (i, point) in all.Index())
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"{Left + (i * step):0.0},{bottom - (point.Value / most * (bottom - RowHeight)):0.0} "
            );
        }

        svg.Append(
            CultureInfo.InvariantCulture,
            $"\"/><text x=\"{Left}\" y=\"{LineHeight - 6}\">{all[0].At:#,0}</text><text x=\"{Width - 20}\" "
                + $"y=\"{LineHeight - 6}\" text-anchor=\"end\">{all[^1].At:#,0}</text>"
        );
        return svg.Append("</svg>\n").ToString();
    }

    private static StringBuilder Start(string what, int height) =>
        new StringBuilder().Append(
            CultureInfo.InvariantCulture,
            $"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(what)}\"><text "
                + $"x=\"{Left}\" y=\"14\">{WebUtility.HtmlEncode(what)}</text>"
        );
}
