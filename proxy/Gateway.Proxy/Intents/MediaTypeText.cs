using System.Buffers;

namespace Gateway.Proxy.Intents;

/// <summary>
/// A content type that every reader takes for the same: a media type, and parameters of which none is there twice, none is in the extended
/// form of RFC 8187 (which some readers prefer to the plain one), and any charset is UTF-8.
/// </summary>
internal static class MediaTypeText
{
    private const int MaxParameters = 8;

    private static readonly SearchValues<char> Token = SearchValues.Create(
        "!#$&+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    /// <summary>The media type alone; empty where the text can be read in two ways, or says another charset.</summary>
    public static ReadOnlySpan<char> TypeOf(ReadOnlySpan<char> text)
    {
        var semicolon = text.IndexOf(';');
        var type = (semicolon < 0 ? text : text[..semicolon]).TrimEnd(" \t");
        var slash = type.IndexOf('/');
        return slash > 0 && IsToken(type[..slash]) && IsToken(type[(slash + 1)..]) && (semicolon < 0 || AreFine(text[(semicolon + 1)..]))
            ? type
            : default;
    }

    /// <summary>The boundary of a type that was found fine, without quotes; empty for none.</summary>
    public static ReadOnlySpan<char> BoundaryOf(ReadOnlySpan<char> text)
    {
        foreach (var range in text.Split(';'))
        {
            var parameter = text[range].Trim(" \t");
            if (parameter.StartsWith("boundary=", StringComparison.OrdinalIgnoreCase))
            {
                return parameter["boundary=".Length..].Trim('"');
            }
        }

        return default;
    }

    private static bool AreFine(ReadOnlySpan<char> parameters)
    {
        Span<Range> names = stackalloc Range[MaxParameters];
        var count = 0;
        foreach (var range in parameters.Split(';'))
        {
            // No value may hold a semicolon, not even in quotes: not everybody minds those.
            var parameter = parameters[range].Trim(" \t");
            if (parameter.IsEmpty)
            {
                continue;
            }

            var equals = parameter.IndexOf('=');
            if (equals < 0 || count == MaxParameters || !IsFine(parameter[..equals], parameter[(equals + 1)..]))
            {
                return false;
            }

            for (var i = 0; i < count; i++)
            {
                if (NameIn(parameters[names[i]]).Equals(parameter[..equals], StringComparison.OrdinalIgnoreCase))
                {
                    return false;
                }
            }

            names[count++] = range;
        }

        return true;
    }

    private static ReadOnlySpan<char> NameIn(ReadOnlySpan<char> parameter) => parameter[..parameter.IndexOf('=')].Trim(" \t");

    private static bool IsFine(ReadOnlySpan<char> name, ReadOnlySpan<char> value) =>
        IsToken(name)
        && (
            name.Equals("charset", StringComparison.OrdinalIgnoreCase)
                ? value.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
                : IsToken(value) || IsQuoted(value)
        );

    private static bool IsQuoted(ReadOnlySpan<char> value) =>
        value is ['"', .. var inside, '"'] && inside.IndexOfAnyExceptInRange(' ', '~') < 0 && !inside.ContainsAny("\"\\,");

    // An asterisk, an apostrophe and a percent sign are the extended form's.
    private static bool IsToken(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExcept(Token);
}
