using System.Buffers;
using Gateway.Proxy.Identity.StructuredFields;

namespace Gateway.Proxy.Identity.Signatures;

/// <summary>One component identifier of a covered list (RFC 9421 section 2), as slices of the list.</summary>
internal readonly ref struct Component
{
    private const int MaxParameters = 4;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    private Component(ReadOnlySpan<char> name, ReadOnlySpan<char> identifier, Range span, ReadOnlySpan<char> queryName, bool isPlain)
    {
        Name = name;
        Identifier = identifier;
        Span = span;
        QueryName = queryName;
        IsPlain = isPlain;
    }

    /// <summary>Without quotes; lower case.</summary>
    public ReadOnlySpan<char> Name { get; }

    /// <summary>As written, with quotes and parameters: how it stands in the signature base.</summary>
    public ReadOnlySpan<char> Identifier { get; }

    /// <summary>Where <see cref="Identifier"/> is in the text.</summary>
    public Range Span { get; }

    /// <summary>The <c>name</c> parameter of <c>@query-param</c>; empty without one.</summary>
    public ReadOnlySpan<char> QueryName { get; }

    /// <summary>Whether it has no parameter at all.</summary>
    public bool IsPlain { get; }

    /// <summary>Whether it is a part of the message other than a header field.</summary>
    public bool IsDerived => Name is ['@', ..];

    /// <summary>
    /// Reads the next identifier. One with a parameter other than <c>name</c> is malformed: <c>req</c>, <c>tr</c>, <c>bs</c>, <c>sf</c> and
    /// <c>key</c> each take the value from somewhere else or change it, and none is supported.
    /// </summary>
    /// <param name="text">What the reader reads.</param>
    public static ReadStep Next(ref StructuredFieldReader reader, ReadOnlySpan<char> text, bool first, out Component component)
    {
        component = default;
        var step = reader.NextItem(first, out var item);
        if (step != ReadStep.Found)
        {
            return step;
        }

        var start = reader.Position - item.Text.Length - 2;
        if (item.Kind != BareItemKind.String || !IsName(item.Text) || !TryReadQueryName(ref reader, text, out var queryName, out var isPlain))
        {
            return ReadStep.Malformed;
        }

        var span = new Range(start, reader.Position);
        component = new Component(item.Text, text[span], span, queryName, isPlain);
        return ReadStep.Found;
    }

    private static bool TryReadQueryName(ref StructuredFieldReader reader, ReadOnlySpan<char> text, out ReadOnlySpan<char> queryName, out bool isPlain)
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
