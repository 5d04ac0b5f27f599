using System.Diagnostics.CodeAnalysis;

namespace Gateway.Policy.Model;

/// <summary>A place in an action's arguments and everything below it. Without steps it is all of them. Immutable.</summary>
/// <param name="Steps">The names on the way, unescaped; the number of an item where an array stands.</param>
public sealed record ArgumentPath(IReadOnlyList<string> Steps)
{
    public static ArgumentPath Whole { get; } = new([]);

    /// <summary>Reads a JSON pointer (RFC 6901); the empty one is the whole.</summary>
    public static bool TryParse(string? pointer, [NotNullWhen(true)] out ArgumentPath? path)
    {
        path =
            pointer is null || (pointer.Length > 0 && pointer[0] != '/') ? null
            : pointer.Length == 0 ? Whole
            : new ArgumentPath([.. pointer[1..].Split('/').Select(Unescape)]);
        return path is not null;
    }

    /// <summary>Whether the other lies at this place or below it.</summary>
    public bool Covers(ArgumentPath other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var i = 0; i < Steps.Count; i++)
        {
            if (i == other.Steps.Count || Steps[i] != other.Steps[i])
            {
                return false;
            }
        }

        return true;
    }

    public bool Equals(ArgumentPath? other) => other is not null && Steps.SequenceEqual(other.Steps);

    public override int GetHashCode() => Steps.Aggregate(Steps.Count, HashCode.Combine);

    /// <summary>As a JSON pointer.</summary>
    public override string ToString() =>
        string.Concat(
            Steps.Select(step => "/" + step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal))
        );

    private static string Unescape(string part) =>
        part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
