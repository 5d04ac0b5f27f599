using System.Diagnostics.CodeAnalysis;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signatures;
using Gateway.Proxy.Identity.StructuredFields;

namespace Gateway.Proxy.Identity;

/// <summary>
/// Whether a signature covers all that Gateway will read or send on. What isn't covered could have been put there by anyone on the way.
/// What can be said of the list alone is said once; what depends on the request is looked at for each. Immutable.
/// </summary>
internal sealed class Coverage
{
    private readonly string? _missing;
    private readonly Look[] _looks;

    private Coverage(CoveredComponents components)
    {
        Components = components;
        _missing = SignatureProfile.AlwaysCovered.FirstOrDefault(name => !components.Contains(name));
        var uncovered = SignatureProfile.CoveredWhenPresent.Where(name => !components.Contains(name)).ToArray();
        _looks =
        [
            .. SignatureProfile
                .AtMostOnce.Union(uncovered)
                .Select(name => new Look(name, SignatureProfile.AtMostOnce.Contains(name), uncovered.Contains(name))),
        ];
    }

    public CoveredComponents Components { get; }

    /// <summary>
    /// Reads a list. False also for one with a component that has a parameter: each changes what is covered, and the profile needs none.
    /// </summary>
    /// <param name="text">What the reader reads.</param>
    public static bool TryRead(ref StructuredFieldReader reader, ReadOnlySpan<char> text, [NotNullWhen(true)] out Coverage? coverage)
    {
        coverage =
            CoveredComponents.TryRead(ref reader, text, out var components) && ArePlain(components) ? new Coverage(components) : null;
        return coverage is not null;
    }

    /// <param name="declared">In lower case; each that is present must be covered.</param>
    public bool IsComplete(SignatureMessage message, IReadOnlyList<string> declared, [NotNullWhen(false)] out Refusal? refusal)
    {
        var fault =
            FirstRepeated(message, out var uncovered) is { } repeated ? SignatureRefusals.Ambiguous($"{repeated} is there more than once.")
            : FirstMissing(message, declared, uncovered) is { } missing ? SignatureRefusals.Invalid($"{missing} isn't covered")
            : (Refusal?)null;
        refusal = fault ?? default;
        return fault is null;
    }

    /// <param name="uncovered">Whether, where none is repeated, one is there that isn't covered.</param>
    private string? FirstRepeated(SignatureMessage message, out bool uncovered)
    {
        uncovered = false;
        foreach (var look in _looks)
        {
            var count = message.Field(look.Name).Count;
            if (count > 1 && look.AtMostOnce)
            {
                return look.Name;
            }

            uncovered |= count > 0 && look.IsUncovered;
        }

        return null;
    }

    private string? FirstMissing(SignatureMessage message, IReadOnlyList<string> declared, bool uncovered) =>
        _missing
        ?? (uncovered ? FirstMissingOfPresent(message, SignatureProfile.CoveredWhenPresent) : null)
        ?? FirstMissingOfPresent(message, declared);

    private string? FirstMissingOfPresent(SignatureMessage message, IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (!Components.Contains(names[i]) && message.Field(names[i]).Count > 0)
            {
                return names[i];
            }
        }

        return null;
    }

    private static bool ArePlain(CoveredComponents components)
    {
        foreach (var component in components.All)
        {
            if (!component.IsPlain)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A header that is looked for in each request, and what it must not be.</summary>
    private readonly record struct Look(string Name, bool AtMostOnce, bool IsUncovered);
}

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
