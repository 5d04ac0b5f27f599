using System.Text;

namespace Gateway.Policy.Model;

/// <summary>
/// Reads the template of an MCP server's resources (RFC 6570) as the pattern of what it stands for. A parameter is a star: its value is
/// encoded and ends no segment. <c>{+name}</c> and <c>{name*}</c>, which servers fill with several segments, are a rest, and stand last by
/// themselves.
/// </summary>
internal static class ResourceTemplate
{
    /// <summary>False for what isn't one, and for a template that stands for more than a pattern says.</summary>
    public static bool TryRead(string template, out ResourcePattern? pattern)
    {
        pattern = null;
        if (template.Length > ResourcePattern.MaxLength || HasOtherStars(template))
        {
            return false;
        }

        var text = new StringBuilder(template.Length);
        for (var rest = template.AsSpan(); !rest.IsEmpty; )
        {
            var open = rest.IndexOf('{');
            if (open < 0)
            {
                text.Append(rest);
                break;
            }

            var length = rest[open..].IndexOf('}') + 1;
            if (length == 0 || StarOf(rest.Slice(open + 1, Math.Max(0, length - 2))) is not { } star)
            {
                return false;
            }

            text.Append(rest[..open]).Append(star);
            rest = rest[(open + length)..];
        }

        return ResourcePattern.TryParse(text.ToString(), out pattern) && !pattern!.IsLiteral;
    }

    /// <summary>Whether a star is anything but a parameter's own, just before the brace that ends it: it would be read as ours.</summary>
    private static bool HasOtherStars(string template) =>
        template.Replace("*}", "}", StringComparison.Ordinal).Contains('*', StringComparison.Ordinal);

    private static string? StarOf(ReadOnlySpan<char> expression)
    {
        var isRest = expression is ['+', ..] or [.., '*'];
        var name = expression is ['+', ..] ? expression[1..] : expression;
        name = name is [.., '*'] ? name[..^1] : name;
        if (name.IsEmpty)
        {
            return null;
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-'))
            {
                return null;
            }
        }

        return isRest ? "**" : "*";
    }
}
