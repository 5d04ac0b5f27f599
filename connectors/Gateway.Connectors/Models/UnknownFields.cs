using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Models;

/// <summary>Says why a field that a dialect doesn't have is refused.</summary>
internal static class UnknownFields
{
    // A name is repeated to the caller only where it looks like a field's: a secret could stand there by mistake.
    private const int LongestRepeated = 32;
    private const int LongestName = 128;

    public static bool Refuse(ReadOnlySpan<byte> name, ref BodyDraft draft)
    {
        Span<char> text = stackalloc char[LongestName];
        var isAscii = name.Length <= LongestName && Ascii.ToUtf16(name, text, out _) == System.Buffers.OperationStatus.Done;
        text = isAscii ? text[..name.Length] : [];
        var shown = IsRepeatable(text) ? $"'{text}'" : "A field";
        return ProviderCredentialNames.IsField(text)
            ? draft.Refuse(ReasonCode.ProviderCredentialsInRequest, $"{shown}: Gateway sets the provider's credentials and configuration.")
            : draft.Refuse(ReasonCode.UnknownField, $"{shown} is not a field of this operation.");
    }

    private static bool IsRepeatable(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterLower(c) && c != '_')
            {
                return false;
            }
        }

        return name.Length is > 0 and <= LongestRepeated;
    }
}
