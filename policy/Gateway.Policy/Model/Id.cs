using System.Buffers;

namespace Gateway.Policy.Model;

/// <summary>
/// The name of one governed thing; <typeparamref name="T"/> says of what, so that a tenant's name can't be passed where an
/// agent's belongs. Names are compared byte by byte.
/// </summary>
/// <value>1 to 64 characters of <c>a-z 0-9 . _ -</c>, the first a letter or a digit: safe in a path, a file name and a store's key.</value>
public readonly record struct Id<T>
{
    /// <summary>The longest name that is accepted, in characters.</summary>
    public const int MaxLength = 64;

    private readonly string? _value;

    private Id(string value) => _value = value;

    /// <summary>True for the zero value, which names nothing and equals no parsed name.</summary>
    public bool IsEmpty => _value is null;

    /// <summary>Parses a name; false (and the empty id) when it isn't one. Never throws.</summary>
    public static bool TryParse(string? text, out Id<T> id)
    {
        if (text is null || !IsValid(text))
        {
            id = default;
            return false;
        }

        id = new Id<T>(text);
        return true;
    }

    /// <summary>Parses a name that is known to be good, such as a constant.</summary>
    /// <exception cref="FormatException">The text is not a name.</exception>
    public static Id<T> Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException(
                $"'{text}' is not a name: use 1 to {MaxLength} of a-z, 0-9, '.', '_' and '-', a letter or digit first."
            );

    public static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxLength && char.IsAsciiLetterOrDigit(text[0]) && !text.ContainsAnyExcept(IdCharacters.All);

    public override string ToString() => _value ?? "";
}

/// <summary>What the name of a governed thing is made of: one set for the names of all things.</summary>
internal static class IdCharacters
{
    public static readonly SearchValues<char> All = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");
}
