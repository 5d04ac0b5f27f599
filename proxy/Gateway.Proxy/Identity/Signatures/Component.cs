using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Gateway.Proxy.Identity.StructuredFields;

namespace Gateway.Proxy.Identity.Signatures;

/// <summary>
/// One component identifier of a covered list (RFC 9421 section 2). Immutable; keeps nothing of the text that it was read from.
/// </summary>
internal sealed class Component
{
    private const int MaxParameters = 4;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    private readonly byte[] _start;

    private Component(ReadOnlySpan<char> name, ReadOnlySpan<char> identifier, ReadOnlySpan<char> queryName, bool isPlain)
    {
        Name = FieldNames.Of(name);
        QueryName = queryName.ToString();
        IsPlain = isPlain;
        _start = Encoding.ASCII.GetBytes($"{identifier}: ");
    }

    /// <summary>Without quotes; lower case.</summary>
    public string Name { get; }

    /// <summary>
    /// How its line of the signature base begins: the identifier as written, with quotes and parameters, a colon and a space.
    /// </summary>
    public ReadOnlySpan<byte> Start => _start;

    /// <summary>The <c>name</c> parameter of <c>@query-param</c>; empty without one.</summary>
    public string QueryName { get; }

    /// <summary>Whether it has no parameter at all.</summary>
    public bool IsPlain { get; }

    /// <summary>Whether it is a part of the message other than a header field.</summary>
    public bool IsDerived => Name is ['@', ..];

    /// <summary>
    /// Reads the next identifier. One with a parameter other than <c>name</c> is malformed: <c>req</c>, <c>tr</c>, <c>bs</c>, <c>sf</c> and
    /// <c>key</c> each take the value from somewhere else or change it, and none is supported.
    /// </summary>
    /// <param name="text">What the reader reads.</param>
    /// <param name="span">Where the identifier is in the text, with quotes and parameters.</param>
    /// <param name="component">Not null where one was found.</param>
    public static ReadStep Next(
        ref StructuredFieldReader reader,
        ReadOnlySpan<char> text,
        bool first,
        out Range span,
        out Component? component
    )
    {
        (span, component) = (default, null);
        var step = reader.NextItem(first, out var item);
        if (step != ReadStep.Found)
        {
            return step;
        }

        var start = reader.Position - item.Text.Length - 2;
        if (
            item.Kind != BareItemKind.String
            || !IsName(item.Text)
            || !TryReadQueryName(ref reader, text, out var queryName, out var isPlain)
        )
        {
            return ReadStep.Malformed;
        }

        span = new Range(start, reader.Position);
        component = new Component(item.Text, text[span], queryName, isPlain);
        return ReadStep.Found;
    }

    private static bool TryReadQueryName(
        ref StructuredFieldReader reader,
        ReadOnlySpan<char> text,
        out ReadOnlySpan<char> queryName,
        out bool isPlain
    )
    {
        queryName = default;
        isPlain = true;
        for (var count = 0; count < MaxParameters; count++)
        {
            var step = reader.NextParameter(out var key, out var value);
            if (step != ReadStep.Found)
            {
                return step == ReadStep.End;
            }

            if (!isPlain || text[key] is not "name" || value.Kind != BareItemKind.String)
            {
                return false;
            }

            queryName = value.Text;
            isPlain = false;
        }

        return false;
    }

    /// <summary>A field name in lower case, or that with an at sign before it (sections 2.1 and 2.2).</summary>
    private static bool IsName(ReadOnlySpan<char> name)
    {
        var rest = name is ['@', ..] ? name[1..] : name;
        return !rest.IsEmpty && !rest.ContainsAnyExcept(NameCharacters);
    }
}

/// <summary>
/// What a signature covers, in order. Immutable, and says nothing of a request: what was read for one serves every other with the same
/// text.
/// </summary>
internal sealed class CoveredComponents
{
    private readonly Component[] _all;

    private CoveredComponents(string text, Component[] all) => (Text, _all) = (text, all);

    /// <summary>The list as written, with its parentheses.</summary>
    public string Text { get; }

    public ReadOnlySpan<Component> All => _all;

    /// <summary>Reads the list. False for one that is malformed, too long, or names a component twice.</summary>
    /// <param name="text">What the reader reads.</param>
    public static bool TryRead(
        ref StructuredFieldReader reader,
        ReadOnlySpan<char> text,
        [NotNullWhen(true)] out CoveredComponents? covered
    )
    {
        covered = null;
        var start = reader.Position;
        if (!reader.TryOpenInnerList())
        {
            return false;
        }

        var seen = new SeenNames(text, stackalloc Range[SignatureBase.MaxComponents]);
        var all = new List<Component>();
        while (true)
        {
            var step = Component.Next(ref reader, text, all.Count == 0, out var span, out var component);
            if (step != ReadStep.Found)
            {
                covered = step == ReadStep.End ? new CoveredComponents(text[start..reader.Position].ToString(), [.. all]) : null;
                return covered is not null;
            }

            if (!seen.TryAdd(span))
            {
                return false;
            }

            all.Add(component!);
        }
    }

    /// <param name="name">In lower case, without quotes.</param>
    public bool Contains(string name)
    {
        foreach (var component in _all)
        {
            if (string.Equals(component.Name, name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
