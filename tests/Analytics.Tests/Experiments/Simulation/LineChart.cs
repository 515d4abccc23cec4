using System.Globalization;
using System.Text;

namespace PromptPlatform.Analytics.Tests.Experiments.Simulation;

/// <summary>One line of a chart.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Color">As SVG has it.</param>
/// <param name="Points">By x.</param>
internal sealed record ChartLine(string Name, string Color, IReadOnlyList<(double X, double Y)> Points);

/// <summary>A chart of lines as an SVG file that stands for itself: no script, no font of its own. The y axis begins at 0.</summary>
internal sealed record LineChart(string Title, string XTitle, double XFrom, double XTo, double XStep, string YTitle, double YTo, double YStep, IReadOnlyList<ChartLine> Lines)
{
    private const int Width = 720, Height = 400, Left = 70, Right = 20, Top = 44, Bottom = 96;

    /// <summary>Whether y are shares, shown in percent.</summary>
    public bool IsShare { get; init; } = true;

    public string ToSvg()
    {
        var svg = new StringBuilder();
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"13\" role=\"img\" aria-label=\"{Title}\">");
        Add(svg, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#ffffff\"/>");
        Add(svg, $"<text x=\"{Left}\" y=\"26\" font-size=\"16\" fill=\"#1b1f24\">{Title}</text>");
        for (double y = 0; y <= YTo + 1e-9; y += YStep)
        {
            Add(svg, $"<line x1=\"{Left}\" y1=\"{Y(y):0.#}\" x2=\"{Width - Right}\" y2=\"{Y(y):0.#}\" stroke=\"#dfe3e8\"/>");
            Add(svg, $"<text x=\"{Left - 8}\" y=\"{Y(y) + 4:0.#}\" text-anchor=\"end\" fill=\"#57606a\">{(IsShare ? y * 100 : y):0.#}{(IsShare ? " %" : "")}</text>");
        }
        for (double x = XFrom; x <= XTo + 1e-9; x += XStep)
            Add(svg, $"<text x=\"{X(x):0.#}\" y=\"{Height - Bottom + 20}\" text-anchor=\"middle\" fill=\"#57606a\">{x:0.##}</text>");
        Add(svg, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - Bottom + 42}\" text-anchor=\"middle\" fill=\"#1b1f24\">{XTitle}</text>");
        Add(svg, $"<text transform=\"translate(18 {(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\" fill=\"#1b1f24\">{YTitle}</text>");
        for (int i = 0; i < Lines.Count; i++)
            Draw(svg, Lines[i], Left + i * ((Width - Left - Right) / Lines.Count));
        return svg.Append("</svg>\n").ToString();
    }

    private void Draw(StringBuilder svg, ChartLine line, int legend)
    {
        string points = string.Join(' ', line.Points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.X):0.#},{Y(Math.Min(p.Y, YTo)):0.#}")));
        Add(svg, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{line.Color}\" stroke-width=\"2.5\"/>");
        Add(svg, $"<rect x=\"{legend}\" y=\"{Height - 30}\" width=\"14\" height=\"4\" fill=\"{line.Color}\"/>");
        Add(svg, $"<text x=\"{legend + 20}\" y=\"{Height - 23}\" fill=\"#1b1f24\">{line.Name}</text>");
    }

    private double X(double x) => Left + (x - XFrom) / (XTo - XFrom) * (Width - Left - Right);

    private double Y(double y) => Height - Bottom - y / YTo * (Height - Top - Bottom);

    private static void Add(StringBuilder svg, FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
