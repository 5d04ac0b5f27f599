using System.Globalization;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Intents;

/// <summary>
/// Holds a request against what its operation says that it sends. The decision rests on that word, so without this check an agent that may
/// send nothing could write what it likes into a query.
/// </summary>
internal static class SentParts
{
    /// <value>Characters of one segment, name or value.</value>
    private const int MaxIdentifier = 128;

    /// <value>Characters of path and query together.</value>
    internal const int MaxTarget = 512;

    private const string Marks = "-._~:@,[]";

    /// <summary>What an identifier is.</summary>
    internal static readonly string Identifier =
        $"up to {MaxIdentifier} letters, digits and {Marks}, and up to {MaxTarget} characters together";

    /// <summary>Why the request may not go out as this operation; null where it may.</summary>
    /// <param name="pathAndQuery">As it goes on the wire.</param>
    public static string? ProblemOf(Operation operation, string pathAndQuery, bool hasBody) =>
        operation.Sends is null or Sends.Content ? null
        : hasBody ? "The operation sends no content, so its request has no body."
        : operation.Sends == Sends.Identifiers && AreIdentifiers(pathAndQuery) ? null
        : operation.Sends == Sends.Identifiers
            ? $"The operation sends identifiers only: each segment and parameter has up to {MaxIdentifier} letters, digits and {Marks}, "
                + $"and path and query up to {MaxTarget} characters together."
        : pathAndQuery.Contains('?', StringComparison.Ordinal) ? "The operation sends nothing, so its request has no query."
        : null;

    /// <summary>Whether a text is an identifier, or empty.</summary>
    internal static bool IsIdentifier(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxIdentifier)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (!IsPart(text, ref i))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreIdentifiers(ReadOnlySpan<char> target)
    {
        if (target.Length > MaxTarget)
        {
            return false;
        }

        var length = 0;
        for (var i = 0; i < target.Length; i++)
        {
            if (target[i] is '/' or '?' or '&' or '=')
            {
                length = 0;
            }
            else if (++length > MaxIdentifier || !IsPart(target, ref i))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the character at the place is one of an identifier, also where it is percent-encoded: then its end is the place.
    /// </summary>
    private static bool IsPart(ReadOnlySpan<char> target, ref int at)
    {
        var one = target[at];
        if (one == '%')
        {
            if (
                at + 2 >= target.Length
                || !byte.TryParse(target.Slice(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            )
            {
                return false;
            }

            at += 2;
            one = (char)code;
        }

        return char.IsAsciiLetterOrDigit(one) || Marks.Contains(one, StringComparison.Ordinal);
    }
}
