using System.Text;

namespace Gateway.Connectors.Http;

/// <summary>
/// Names by which a request says that it is another one than it looks: parameters, fields of forms and members of JSON that frameworks take
/// for the method, as they do with the headers of these names.
/// </summary>
public static class OverrideNames
{
    private const int Longest = 64;

    private static readonly string[] Always =
    [
        "xhttpmethodoverride",
        "xhttpmethod",
        "xmethodoverride",
        "httpmethodoverride",
        "methodoverride",
        "xoriginalurl",
        "xrewriteurl",
        "xoriginalmethod",
    ];

    // With a mark before them, since without it they are anybody's words.
    private static readonly string[] Marked = ["method", "httpmethod", "requestmethod", "verb", "httpverb", "httpheaders", "override"];

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    /// <summary>Whether a member at the top of a JSON body is one.</summary>
    /// <param name="name">In UTF-8, unescaped.</param>
    public static bool IsMember(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > Longest || (name[0] is not ((byte)'_' or (byte)'$') && (name[0] | 0x20) is not ('x' or 'h' or 'm')))
        {
            return false;
        }

        Span<char> text = stackalloc char[Longest];
        return Ascii.ToUtf16(name, text, out var length) == System.Buffers.OperationStatus.Done && IsOne(text[..length]);
    }

    /// <summary>Whether a parameter of a query or a form is one.</summary>
    /// <param name="name">Decoded.</param>
    /// <param name="value">As it came. <c>method</c> is one where its value is a method, and another one.</param>
    public static bool IsParameter(ReadOnlySpan<char> name, ReadOnlySpan<char> value, string method) =>
        IsOne(name) || (Is(name, "method") && !value.Equals(method, StringComparison.OrdinalIgnoreCase) && IsMethod(value));

    private static bool IsOne(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
        {
            return false;
        }

        foreach (var word in name[0] is '_' or '$' ? Marked : [])
        {
            if (Is(name[1..], word))
            {
                return true;
            }
        }

        foreach (var word in Always)
        {
            if (Is(name, word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Without regard to case and separators, up to a list's bracket.</summary>
    private static bool Is(ReadOnlySpan<char> name, string word) => QueryLikeness.AreAlike(name.TrimStart('$'), word);

    private static bool IsMethod(ReadOnlySpan<char> value)
    {
        foreach (var method in Methods)
        {
            if (value.Equals(method, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
