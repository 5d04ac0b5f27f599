using System.Text;
using System.Text.RegularExpressions;
using Gateway.Connectors.Http;
using Gateway.Policy.Model;

namespace Gateway.Fuzz.Tests.Targets;

/// <summary>
/// A template on the first line, a path on the second. An accepted path is the same segments with the least encoding, stays as it is when
/// it is cleaned again or read by the framework, and fits a template exactly where a regular expression says so.
/// </summary>
internal static partial class PathTarget
{
    public static void Check(byte[] input)
    {
        var lines = Encoding.Latin1.GetString(input).Split('\n', 2);
        var raw = lines[^1];
        if (!CleanPath.TryClean(raw, out var clean, out _))
        {
            return;
        }

        Promise.Same(Normalised(raw), clean, "A clean path is the same with the least encoding.");
        Promise.That(CleanPath.TryClean(clean, out var again, out _) && again == clean, "A clean path stays as it is.");
        Promise.Same(clean, new Uri("http://h" + clean).AbsolutePath, "Nobody behind makes another path of it.");
        var segments = Decoded(clean);
        Promise.That(Decoded(raw).SequenceEqual(segments), "The segments are those that were sent.");
        Promise.That(segments.All(segment => segment is not ("." or "..")), "No segment is dots.");
        if (lines.Length == 2 && PathTemplate.TryParse(lines[0], out var template))
        {
            CheckTemplate(template!, clean);
        }
    }

    private static void CheckTemplate(PathTemplate template, string clean)
    {
        var isFit = template.Matches(clean);
        Promise.Same(Pattern(template.Text).IsMatch(clean), isFit, $"'{template}' fits as its pattern does.");
        if (isFit && template.Holes.Distinct().Count() == template.Holes.Count())
        {
            Promise.Same(clean, template.Fill(template, clean), "A path's own parts give the path.");
        }
    }

    private static Regex Pattern(string template) =>
        new(
            @"\A/"
                + string.Join(
                    '/',
                    template[1..]
                        .Split('/')
                        .Select(s =>
                            s.Length < 3 || s[0] != '{' || s[^1] != '}' ? Regex.Escape(s)
                            : s.StartsWith("{**", StringComparison.Ordinal) ? "[^/].*"
                            : "[^/]+"
                        )
                )
                + @"\z",
            RegexOptions.Singleline
        );

    private static string Normalised(string raw) =>
        Escape()
            .Replace(
                raw,
                escape =>
                    Convert.ToByte(escape.Value[1..], 16) is var value
                    && (char.IsAsciiLetterOrDigit((char)value) || (char)value is '-' or '.' or '_' or '~')
                        ? ((char)value).ToString()
                        : escape.Value.ToUpperInvariant()
            );

    private static string[] Decoded(string path) => [.. path.Split('/').Select(Uri.UnescapeDataString)];

    [GeneratedRegex("%[0-9A-Fa-f]{2}")]
    private static partial Regex Escape();
}
