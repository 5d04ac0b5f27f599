using System.Collections;

namespace Gateway.Policy.Model;

/// <summary>A set of terms in the order of their texts, each once; two sets of the same terms are equal. Immutable.</summary>
/// <typeparam name="T">Known by its <c>ToString</c>, compared byte by byte.</typeparam>
public sealed class TermSet<T> : IReadOnlyList<T>, IEquatable<TermSet<T>>
    where T : notnull
{
    private readonly T[] _terms;

    private TermSet(T[] terms) => _terms = terms;

    public static TermSet<T> Empty { get; } = new([]);

    public int Count => _terms.Length;

    public T this[int index] => _terms[index];

    public static TermSet<T> Of(params IEnumerable<T> terms)
    {
        T[] sorted = [.. terms.DistinctBy(Text, StringComparer.Ordinal).OrderBy(Text, StringComparer.Ordinal)];
        return sorted.Length == 0 ? Empty : new TermSet<T>(sorted);
    }

    /// <summary>The terms of both. Gives one of them where the other has nothing to add, which is nearly always.</summary>
    public TermSet<T> Union(TermSet<T> other) =>
        other.Count == 0 || Equals(other) ? this
        : Count == 0 ? other
        : Of([.. _terms, .. other._terms]);

    public bool Contains(ReadOnlySpan<char> text)
    {
        foreach (var term in _terms)
        {
            if (text.SequenceEqual(Text(term)))
            {
                return true;
            }
        }

        return false;
    }

    public bool Equals(TermSet<T>? other)
    {
        if (other is null || other.Count != Count)
        {
            return false;
        }

        for (var i = 0; i < _terms.Length; i++)
        {
            if (Text(_terms[i]) != Text(other._terms[i]))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as TermSet<T>);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var term in _terms)
        {
            hash.Add(Text(term), StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_terms).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _terms.GetEnumerator();

    public override string ToString() => string.Join(",", _terms.Select(Text));

    private static string Text(T term) => term.ToString()!;
}
