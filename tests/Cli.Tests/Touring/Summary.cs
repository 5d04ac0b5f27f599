using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Gateway.Cli.Tests.Touring;

/// <summary>
/// What a source file says of itself, in Markdown: the first sentence of the comment on its first type, up to a colon where it is long.
/// Empty where there is none.
/// </summary>
internal static partial class Summary
{
    /// <value>In characters. A row of a table with more is hard to read.</value>
    private const int Long = 110;

    public static string Of(string source)
    {
        var comment = string.Join(' ', Comment().Match(source).Groups[1].Captures.Select(line => line.Value.Trim()));
        var summary = XElement.Parse($"<comment>{comment}</comment>").Element("summary");
        var text = summary is null ? "" : string.Concat(summary.Nodes().Select(TextOf)).Trim();
        var sentence = Sentence().Match(text).Groups[1].Value;
        var shown = sentence.Length > Long && Part().Match(sentence) is { Success: true } part ? part.Groups[1].Value : sentence;
        return shown.Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string TextOf(XNode node) =>
        node switch
        {
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { HasAttributes: true } reference => Name().Match(reference.FirstAttribute!.Value).Value,
            XElement other => other.Value,
            XText text => text.Value.Replace("<", "&lt;", StringComparison.Ordinal),
            _ => "",
        };

    /// <summary>Types stand at the beginning of the line; what they hold doesn't.</summary>
    [GeneratedRegex(@"^(?:///([^\n]*)\n)+", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^(.*?)\.?(?:$|(?<=\.)\s+\.?[A-Z])")]
    private static partial Regex Sentence();

    /// <summary>Enough to say something.</summary>
    [GeneratedRegex("^(.{30,}?)(?:[:;] | \\()")]
    private static partial Regex Part();

    /// <summary>The last name of a reference, without brackets behind it: <c>Create</c> of <c>Gateway.Thing{T}.Create(int)</c>.</summary>
    [GeneratedRegex(@"\w+(?=(?:\{[^}]*\})?(?:\(.*\))?$)")]
    private static partial Regex Name();
}
