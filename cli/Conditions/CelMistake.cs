using Gateway.Cel.Text;
using Gateway.Cli.Results;

namespace Gateway.Cli.Conditions;

/// <summary>A mistake in an expression, with the place marked under it.</summary>
internal static class CelMistake
{
    public static CommandError Of(CelError error, string expression) =>
        new($"{error.Message}.", error.Nearest is { } nearest ? $"Did you mean '{nearest}'?" : "")
        {
            Place = $"{error.Line}:{error.Column}",
            Extract = Caret(expression, error.Line, error.Column),
        };

    /// <summary>The line of the mistake, and below it a caret; tabs stay, so that it stands where it should.</summary>
    private static string Caret(string expression, int line, int column)
    {
        var lines = expression.ReplaceLineEndings("\n").Split('\n');
        if (line < 1 || line > lines.Length)
        {
            return "";
        }

        var text = lines[line - 1];
        var before = text.AsSpan(0, Math.Clamp(column - 1, 0, text.Length));
        return $"  {text}\n  {string.Concat(before.ToArray().Select(c => c == '\t' ? '\t' : ' '))}^";
    }
}
