using System.Buffers;
using System.Globalization;
using System.Text;

namespace Gateway.Policy.Documents;

/// <summary>Writes a scalar of YAML so that it reads as it did: without quotes where it had none and is certain to need none.</summary>
internal static class ScalarText
{
    /// <summary>What a number, a truth value, a duration or an amount is written with.</summary>
    private static readonly SearchValues<char> Bare = SearchValues.Create(
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.+-_"
    );

    public static void Write(StringBuilder text, ScalarNode scalar)
    {
        if (scalar.IsNull)
        {
            text.Append("null");
        }
        else if (scalar.Plain && IsBare(scalar.Text))
        {
            text.Append(scalar.Text);
        }
        else
        {
            WriteQuoted(text, scalar.Text);
        }
    }

    /// <summary>A lone sign could begin something else.</summary>
    private static bool IsBare(string text) => !text.AsSpan().ContainsAnyExcept(Bare) && char.IsAsciiLetterOrDigit(text[^1]);

    /// <summary>Double quotes (YAML 1.2.2, 7.3.1). Whatever isn't certain to be printable is an escape.</summary>
    public static void WriteQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                >= ' ' and <= '~' => text.Append(c),
                _ when char.IsLetterOrDigit(c) || char.IsSurrogate(c) => text.Append(c),
                _ => text.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture)),
            };
        }

        text.Append('"');
    }
}
