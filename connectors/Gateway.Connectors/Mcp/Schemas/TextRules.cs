using Gateway.Connectors.Mcp.Schemas.Patterns;

namespace Gateway.Connectors.Mcp.Schemas;

/// <summary>Lengths of strings, in code points, and their pattern.</summary>
internal sealed class TextRules
{
    private const int MaxShown = 100; // In bytes of the pattern.

    private readonly int? _least;
    private readonly int? _most;
    private readonly EcmaPattern? _pattern;
    private readonly byte[] _patternText = [];

    private TextRules(SchemaKeywords keywords)
    {
        _least = keywords.Count("minLength");
        _most = keywords.Count("maxLength");
        if (keywords.Require("pattern", System.Text.Json.JsonTokenType.String, "a string", out var at))
        {
            _pattern = keywords.Reading.Pattern(at);
            _patternText = keywords.Document.Bytes(at).ToArray();
        }
    }

    public static TextRules? Read(SchemaKeywords keywords)
    {
        var rules = new TextRules(keywords);
        return rules._least is null && rules._most is null && rules._pattern is null ? null : rules;
    }

    public bool Fits(ref SchemaWalk walk, int at)
    {
        var text = walk.Instance.Bytes(at);
        var length = _least is null && _most is null ? 0 : CodePoints(ref walk, text);
        var fits = _least is not { } least || length >= least || walk.Fail(at, "minLength", "characters, at least ", least);
        fits &= _most is not { } most || length <= most || walk.Fail(at, "maxLength", "characters, at most ", most);
        return fits & (_pattern is null || walk.IsMatch(_pattern, text) || FailPattern(ref walk, at));
    }

    private bool FailPattern(ref SchemaWalk walk, int at) =>
        _patternText.Length <= MaxShown
            ? walk.Fail(at, "pattern", "a match of ", _patternText)
            : walk.Fail(at, "pattern", "a match of the schema's pattern");

    /// <summary>Bytes that begin a character.</summary>
    private static int CodePoints(ref SchemaWalk walk, ReadOnlySpan<byte> utf8)
    {
        walk.Spend(1 + (utf8.Length / 16));
        var count = 0;
        foreach (var b in utf8)
        {
            count += (b & 0xC0) != 0x80 ? 1 : 0;
        }

        return count;
    }
}
