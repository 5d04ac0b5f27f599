using System.Buffers.Text;
using System.Text;

namespace Gateway.Policy.Model;

/// <summary>A JSON pointer (RFC 6901) into an action's arguments. Never the whole document. Immutable.</summary>
public sealed record ArgumentPointer
{
    /// <summary>The longest pointer, in characters, and the most steps.</summary>
    public const int MaxLength = 256;

    private const int MaxSteps = 16;

    private ArgumentPointer(string text, byte[][] steps) => (Text, Steps) = (text, steps);

    public string Text { get; }

    /// <summary>Each step's name in UTF-8, unescaped.</summary>
    public byte[][] Steps { get; }

    public static bool TryParse(string? text, out ArgumentPointer? pointer)
    {
        pointer = null;
        if (text is not { Length: > 1 and <= MaxLength } || text[0] != '/')
        {
            return false;
        }

        var parts = text[1..].Split('/');
        if (parts.Length > MaxSteps || parts.Any(part => part.Length == 0 || !IsEscaped(part)))
        {
            return false;
        }

        pointer = new ArgumentPointer(
            text,
            [
                .. parts.Select(p =>
                    Encoding.UTF8.GetBytes(p.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
                ),
            ]
        );
        return true;
    }

    /// <summary>How many steps it has: at least 1.</summary>
    public int Depth => Steps.Length;

    /// <summary>
    /// Whether a step goes to a member of this name: <c>*</c> goes to each, and one that is alike counts, since the system behind may not
    /// tell them apart.
    /// </summary>
    /// <param name="name">In UTF-8, unescaped.</param>
    public bool GoesTo(int step, ReadOnlySpan<byte> name) => IsEach(Steps[step]) || LooseText.AreAlike(name, Steps[step]);

    /// <summary>Whether a step goes to the item of this index.</summary>
    public bool GoesTo(int step, int index)
    {
        Span<byte> digits = stackalloc byte[11];
        return IsEach(Steps[step])
            || (Utf8Formatter.TryFormat(index, digits, out var length) && digits[..length].SequenceEqual(Steps[step]));
    }

    public bool Equals(ArgumentPointer? other) => other is not null && other.Text == Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    private static bool IsEach(ReadOnlySpan<byte> step) => step.SequenceEqual("*"u8);

    /// <summary>Every tilde begins one of the two escapes.</summary>
    private static bool IsEscaped(string part)
    {
        for (var i = part.IndexOf('~', StringComparison.Ordinal); i >= 0; i = part.IndexOf('~', i + 1))
        {
            if (i + 1 >= part.Length || part[i + 1] is not ('0' or '1'))
            {
                return false;
            }
        }

        return true;
    }
}
