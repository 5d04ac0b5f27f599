using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Http;

/// <summary>
/// Checks the parameters of a query, or the fields of a form in the same encoding: whether every reader takes them for the same. They
/// divide at <c>&amp;</c> and at nothing else, no name is there twice in any spelling, and nothing is encoded that needn't be, so that a
/// text has one spelling.
/// </summary>
/// <param name="names">How the system compares names.</param>
/// <param name="repeated">Names that may be there more than once, as they are.</param>
/// <param name="read">Names that conditions look for; null for none.</param>
/// <param name="method">The request's.</param>
public sealed class ParameterCheck(Spelling names, IReadOnlyList<string> repeated, ReadNames? read, string method)
{
    /// <value>Parameters, of a query or a form.</value>
    public const int MaxCount = 500;

    private const string Twice =
        "has one name twice, in whatever spelling; one that may be there several times must be listed under repeated of the operation on "
        + "its Connector, and come as it is listed";

    private static readonly SearchValues<char> Misread = SearchValues.Create([
        .. "?#&;=%\u007F",
        .. Enumerable.Range(0, ' ').Select(control => (char)control),
    ]);

    /// <summary>Null where all is well; else what continues "The query …" or "The form …", without repeating anything.</summary>
    /// <param name="raw">Encoded, in ASCII.</param>
    public string? ProblemOf(ReadOnlySpan<char> raw)
    {
        if (raw.IsEmpty)
        {
            return null;
        }

        if (raw.Contains(';'))
        {
            return "has a semicolon that must be encoded: some systems divide parameters there";
        }

        if (raw.Contains('%') && IsNeedlesslyEncoded(raw))
        {
            return "has a letter, a digit or one of - . _ encoded; they must stand as they are";
        }

        if (raw.Count('&') >= MaxCount)
        {
            return $"has more than {MaxCount} parameters";
        }

        return ProblemOfEach(raw);
    }

    /// <summary>The same for names that come decoded, without their values.</summary>
    public string? ProblemOfNames(IReadOnlyList<string> decoded)
    {
        if (decoded.Count > MaxCount)
        {
            return $"has more than {MaxCount} fields";
        }

        var set = new ParameterNames(names == Spelling.Loose, stackalloc ParameterKey[ParameterNames.Few]);
        foreach (var name in decoded)
        {
            if ((ProblemOfName(name, default) ?? (set.TryAdd(name, repeated) ? null : Twice)) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private string? ProblemOfEach(ReadOnlySpan<char> raw)
    {
        var set = new ParameterNames(names == Spelling.Loose, stackalloc ParameterKey[ParameterNames.Few]);
        while (!raw.IsEmpty)
        {
            var end = raw.IndexOf('&');
            var parameter = end < 0 ? raw : raw[..end];
            raw = end < 0 ? default : raw[(end + 1)..];
            if (parameter.IsEmpty)
            {
                continue;
            }

            var equals = parameter.IndexOf('=');
            var name = equals < 0 ? parameter : parameter[..equals];
            var value = equals < 0 ? default : parameter[(equals + 1)..];
            if (name.Contains('%') || name.Contains('+'))
            {
                if (!PercentEncoding.TryDecode(name.ToString().Replace('+', ' '), out var decoded))
                {
                    return "has a name that isn't UTF-8 when decoded";
                }

                name = decoded;
            }

            if ((ProblemOfName(name, value) ?? (set.TryAdd(name, repeated) ? null : Twice)) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private string? ProblemOfName(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        if (name.ContainsAny(Misread) || name.Trim().Length != name.Length)
        {
            return "has a name that some systems would read as another one";
        }

        if (OverrideNames.IsParameter(name, value, method))
        {
            return "has a parameter by which some systems take another method";
        }

        return names == Spelling.Loose && read is not null && IsOther(name)
            ? "has a name in another spelling than the one that this operation's rules read"
            : null;
    }

    private bool IsOther(ReadOnlySpan<char> name)
    {
        var bracket = name.IndexOf('[');
        name = bracket < 0 ? name : name[..bracket];
        Span<byte> utf8 = stackalloc byte[256];
        var bytes =
            Utf8.FromUtf16(name, utf8, out _, out var length) == OperationStatus.Done
                ? utf8[..length]
                : Encoding.UTF8.GetBytes(name.ToString());
        read!.Step(bytes, out var isOther);
        // What a condition looks for is a plain parameter: a list of that name is another spelling of it.
        return isOther || (bracket >= 0 && read.IsName(bytes));
    }

    private static bool IsNeedlesslyEncoded(ReadOnlySpan<char> raw)
    {
        for (var at = 0; at < raw.Length; at++)
        {
            // Old encoders of forms take the tilde for one that must be.
            if (
                raw[at] == '%'
                && PercentEncoding.TryDecode(raw, at, out var value)
                && PercentEncoding.IsUnreserved((char)value)
                && value != '~'
            )
            {
                return true;
            }
        }

        return false;
    }
}
