using System.Diagnostics.CodeAnalysis;
using Gateway.Proxy.Identity.StructuredFields;

namespace Gateway.Proxy.Identity.Signatures;

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
