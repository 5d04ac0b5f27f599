using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Patterns;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>
/// A compiled pattern of <c>matches</c>: RE2's syntax and meaning, on an engine whose time grows with the length of the text alone.
/// Immutable.
/// </summary>
internal sealed class TextPattern
{
    public const string Function = "matches";

    private const int CharactersPerPatternStep = 64;

    private readonly Regex _regex;
    private readonly long _weight;

    private TextPattern(Regex regex, int length) => (_regex, _weight) = (regex, 1 + (length / CharactersPerPatternStep));

    /// <summary>False, and what is wrong with it, for a pattern that RE2 wouldn't take, or whose meaning would be another here.</summary>
    public static bool TryCompile(string pattern, [NotNullWhen(true)] out TextPattern? compiled, out string problem)
    {
        compiled = null;
        if (!Re2Translator.TryTranslate(pattern, out var translated, out problem))
        {
            return false;
        }

        try
        {
            compiled = new TextPattern(new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), pattern.Length);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            problem = "the pattern is too large, or isn't one";
            return false;
        }
    }

    /// <summary>Whether a part of the text matches.</summary>
    public CelValue IsMatch(CelActivation frame, string text) =>
        frame.ChargeText(text.Length * _weight) ? CelValue.From(_regex.IsMatch(text)) : Failures.TooCostly;
}
