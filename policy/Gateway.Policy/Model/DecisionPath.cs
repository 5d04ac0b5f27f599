using System.Collections;
using System.Runtime.CompilerServices;

namespace Gateway.Policy.Model;

/// <summary>
/// A decision's path: one entry a control, in order. Immutable, so that decisions can share one and what is made of it can be kept with it.
/// Thread-safe.
/// </summary>
[CollectionBuilder(typeof(DecisionPath), nameof(Of))]
public sealed class DecisionPath : IReadOnlyList<PathEntry>
{
    private static readonly DecisionPath Empty = new([]);

    private readonly PathEntry[] _entries;
    private byte[]? _form;

    private DecisionPath(PathEntry[] entries) => _entries = entries;

    public int Count => _entries.Length;

    public PathEntry this[int index] => _entries[index];

    /// <summary>
    /// What <see cref="Canonical.PathForm"/> knows of its bytes: null before they are first written, empty after that, then the bytes. Not
    /// to be changed.
    /// </summary>
    internal byte[]? Form
    {
        get => Volatile.Read(ref _form);
        set => Volatile.Write(ref _form, value);
    }

    /// <summary>A path of a copy of the entries.</summary>
    public static DecisionPath Of(ReadOnlySpan<PathEntry> entries) => entries.IsEmpty ? Empty : new(entries.ToArray());

    public ReadOnlySpan<PathEntry> AsSpan() => _entries;

    public IEnumerator<PathEntry> GetEnumerator() => ((IEnumerable<PathEntry>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
