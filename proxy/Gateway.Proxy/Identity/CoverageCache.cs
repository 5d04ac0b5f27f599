namespace Gateway.Proxy.Identity;

/// <summary>
/// The lists that proven signatures covered last. A client sends the same list each time, so that it is read once and not for each request.
/// Bounded, replaced in turn, and only by what was proven: whoever has no key can't drive another's list out. Thread-safe, without a lock.
/// </summary>
internal sealed class CoverageCache
{
    /// <value>Lists; one client has a few, by which headers its requests carry.</value>
    public const int Size = 16;

    private readonly Coverage?[] _kept = new Coverage?[Size];
    private uint _next;

    /// <summary>
    /// The list that the text begins with, character by character; null when it isn't kept. A list ends with its own parenthesis, so that
    /// one that is kept is the start of a text exactly where reading the text would give it.
    /// </summary>
    public Coverage? Find(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < Size; i++)
        {
            if (Volatile.Read(ref _kept[i]) is not { } kept)
            {
                return null; // They are filled in order, and never emptied.
            }

            if (text.StartsWith(kept.Components.Text, StringComparison.Ordinal))
            {
                return kept;
            }
        }

        return null;
    }

    /// <summary>Only for a list in canonical form whose signature was proven.</summary>
    public void Keep(Coverage coverage)
    {
        if (Find(coverage.Components.Text) is null)
        {
            Volatile.Write(ref _kept[(Interlocked.Increment(ref _next) - 1) % Size], coverage);
        }
    }
}
