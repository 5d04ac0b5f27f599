using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Http;

/// <summary>
/// Makes the one spelling of a path that is matched, judged and sent, or refuses. Nothing that a system behind Gateway may decode,
/// normalise or cut again can make it another path: no dot segments, no empty ones, no separators or ends of a path in any encoding. What
/// is accepted: the characters that a path may hold (RFC 3986 section 3.3) but for the semicolon, and UTF-8 in percent-encoding. What is
/// changed: needlessly encoded characters are decoded and the digits of the rest are put into upper case. A clean path stays as it is.
/// </summary>
public static class CleanPath
{
    /// <value>2,048 characters, as they came.</value>
    public const int MaxLength = 2048;

    private const string HexDigits = "0123456789ABCDEF";

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,=:@/%"
    );

    // Encoded, each of these ends or divides a path for somebody who decodes once too often.
    private static readonly SearchValues<byte> NeverEncoded = SearchValues.Create("/\\;?#"u8);

    /// <param name="raw">The path as it stands in the request target, with its first slash and without the query.</param>
    /// <param name="path">The clean path; null where it is refused.</param>
    /// <param name="refusal">Says what is wrong and never repeats the path.</param>
    public static bool TryClean(ReadOnlySpan<char> raw, [NotNullWhen(true)] out string? path, [NotNullWhen(false)] out Refusal? refusal)
    {
        path = null;
        var problem = ProblemOf(raw, out var clean);
        refusal = problem is null ? null : new Refusal(ReasonCode.MalformedRequest, $"The path {problem}.");
        path = problem is null ? clean : null;
        return path is not null;
    }

    private static string? ProblemOf(ReadOnlySpan<char> raw, out string clean)
    {
        clean = "";
        if (raw.Length is 0 or > MaxLength || raw[0] != '/')
        {
            return $"must start with a slash and have at most {MaxLength} characters";
        }

        if (raw.ContainsAnyExcept(Allowed))
        {
            return "has a character that a path may not hold";
        }

        string? problem = null;
        clean = raw.Contains('%') ? Normalise(raw, out problem) : raw.ToString();
        return problem ?? ProblemOfSegments(clean) ?? ProblemOfText(clean);
    }

    private static string Normalise(ReadOnlySpan<char> raw, out string? problem)
    {
        var output = new StringBuilder(raw.Length);
        problem = Normalise(raw, output);
        return output.ToString();
    }

    private static string? Normalise(ReadOnlySpan<char> raw, StringBuilder output)
    {
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] != '%')
            {
                output.Append(raw[at]);
                continue;
            }

            if (!PercentEncoding.TryDecode(raw, at, out var value))
            {
                return "has a percent sign without two hexadecimal digits";
            }

            if (PercentEncoding.IsControl(value) || NeverEncoded.Contains(value))
            {
                return "has an encoded separator or control character";
            }

            at += 2;
            if (PercentEncoding.IsUnreserved((char)value))
            {
                output.Append((char)value);
            }
            else
            {
                output.Append('%').Append(HexDigits[value >> 4]).Append(HexDigits[value & 0xF]);
            }
        }

        return null;
    }

    private static string? ProblemOfSegments(ReadOnlySpan<char> clean)
    {
        var rest = clean[1..];
        while (rest.Length > 0)
        {
            var slash = rest.IndexOf('/');
            var segment = slash < 0 ? rest : rest[..slash];
            if (segment.IsEmpty)
            {
                return "has an empty segment";
            }

            if (IsDots(segment))
            {
                return "has a dot segment";
            }

            rest = slash < 0 ? default : rest[(slash + 1)..];
        }

        return clean.EndsWith("//", StringComparison.Ordinal) ? "has an empty segment" : ProblemOfDoubleEncoding(clean);
    }

    // Three dots and more, and dots with blanks, are dot segments to some file systems.
    private static bool IsDots(ReadOnlySpan<char> segment)
    {
        while (segment.Length > 0)
        {
            var blank = segment.StartsWith("%20", StringComparison.Ordinal);
            if (segment[0] != '.' && !blank)
            {
                return false;
            }

            segment = segment[(blank ? 3 : 1)..];
        }

        return true;
    }

    private static string? ProblemOfDoubleEncoding(ReadOnlySpan<char> clean)
    {
        for (var at = clean.IndexOf("%25", StringComparison.Ordinal); at >= 0; )
        {
            if (PercentEncoding.TryDecode(clean, at + 2, out _))
            {
                return "is encoded twice";
            }

            var next = clean[(at + 3)..].IndexOf("%25", StringComparison.Ordinal);
            at = next < 0 ? -1 : at + 3 + next;
        }

        return null;
    }

    private static string? ProblemOfText(string clean)
    {
        if (!clean.Contains('%', StringComparison.Ordinal))
        {
            return null;
        }

        return PercentEncoding.TryDecode(clean, out var text) ? PathLookalikes.ProblemOf(text) : "is not UTF-8 when decoded";
    }
}
