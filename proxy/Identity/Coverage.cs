using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signatures;

namespace Gateway.Proxy.Identity;

/// <summary>
/// Whether a signature covers all that Gateway will read or send on. What isn't covered could have been put there by anyone on the way.
/// </summary>
internal static class Coverage
{
    public static bool IsComplete(
        SignatureMessage message, CoveredComponents covered, IReadOnlyList<string> declared, out Refusal refusal)
    {
        var fault = FirstRepeated(message) is { } repeated
            ? SignatureRefusals.Ambiguous($"{repeated} is there more than once.")
            : FirstMissing(message, covered, declared) is { } missing
                ? SignatureRefusals.Invalid($"{missing} isn't covered")
                : (Refusal?)null;
        refusal = fault ?? default;
        return fault is null;
    }

    private static string? FirstRepeated(SignatureMessage message)
    {
        for (var i = 0; i < SignatureProfile.AtMostOnce.Count; i++)
        {
            if (message.Field(SignatureProfile.AtMostOnce[i]).Count > 1)
            {
                return SignatureProfile.AtMostOnce[i];
            }
        }

        return null;
    }

    private static string? FirstMissing(SignatureMessage message, CoveredComponents covered, IReadOnlyList<string> declared)
    {
        for (var i = 0; i < SignatureProfile.AlwaysCovered.Count; i++)
        {
            if (!covered.Contains(SignatureProfile.AlwaysCovered[i]))
            {
                return SignatureProfile.AlwaysCovered[i];
            }
        }

        return FirstMissingOfPresent(message, covered, SignatureProfile.CoveredWhenPresent)
            ?? FirstMissingOfPresent(message, covered, declared);
    }

    private static string? FirstMissingOfPresent(SignatureMessage message, CoveredComponents covered, IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (message.Field(names[i]).Count > 0 && !covered.Contains(names[i]))
            {
                return names[i];
            }
        }

        return null;
    }
}
