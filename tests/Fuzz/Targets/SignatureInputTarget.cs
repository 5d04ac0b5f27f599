using System.Text;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity;
using Gateway.Proxy.Identity.StructuredFields;

namespace Gateway.Fuzz.Tests.Targets;

/// <summary>
/// The fields of RFC 9421 and RFC 9530. A field written anew says the same; a list that is kept from an earlier request changes nothing;
/// what is good is within the profile's bounds; bytes are those that the text spells.
/// </summary>
internal static class SignatureInputTarget
{
    public static void Check(byte[] input)
    {
        var field = Encoding.Latin1.GetString(input);
        CheckBytes(field);
        var found = SignatureInput.Find(field, new CoverageCache(), out var tagged);
        if (found == TagSearch.Malformed)
        {
            return;
        }

        var written = StructuredFieldText.Write(field, out _);
        Promise.That(written is not null, "What holds signatures is a dictionary.");
        Promise.Same(found, SignatureInput.Find(written, new CoverageCache(), out var again), "A field written anew has the same tags.");
        if (found != TagSearch.One)
        {
            return;
        }

        var isGood = tagged.Parameters.IsGood(out _);
        Promise.That(again.IsCanonical || written!.Contains('.', StringComparison.Ordinal), "A field written anew is canonical.");
        Promise.Same(isGood, again.Parameters.IsGood(out _), "A field written anew is as good.");
        Promise.That(!tagged.IsCanonical || field[tagged.Value] == written![again.Value], "What is signed is what is written.");
        CheckKept(field, tagged);
        if (isGood)
        {
            CheckBounds(tagged.Parameters);
        }
    }

    private static void CheckKept(string field, SignatureInputMember tagged)
    {
        var value = field[tagged.Value];
        var reader = new StructuredFieldReader(value);
        if (!tagged.IsCanonical || !Coverage.TryRead(ref reader, value, out var coverage))
        {
            return;
        }

        var kept = new CoverageCache();
        kept.Keep(coverage);
        Promise.Same(TagSearch.One, SignatureInput.Find(field, kept, out var again), "A kept list changes no search.");
        Promise.That(
            again.Value.Equals(tagged.Value)
                && again.Label.Equals(tagged.Label)
                && again.IsCanonical == tagged.IsCanonical
                && again.Parameters.IsGood(out _) == tagged.Parameters.IsGood(out _),
            "A kept list changes nothing of what is read."
        );
        Promise.Same(coverage.Components.Text, again.Known?.Components.Text, "A list that is kept is found.");
    }

    private static void CheckBounds(SignatureParameters parameters)
    {
        Promise.That(
            parameters.Created >= 0
                && parameters.Expires > parameters.Created
                && parameters.Expires - parameters.Created <= SignatureProfile.MaxLifetimeSeconds
                && parameters.Nonce.Length is >= SignatureProfile.MinNonceLength and <= SignatureProfile.MaxNonceLength
                && parameters.KeyId.Length is > 0 and <= SignatureProfile.MaxKeyIdLength
                && parameters.IsTagged,
            "What is good is within the profile's bounds."
        );
        _ = DateTimeOffset.FromUnixTimeSeconds(parameters.Expires);
    }

    private static void CheckBytes(string field)
    {
        Span<byte> signature = stackalloc byte[SignatureField.MaxSignatureLength];
        if (SignatureField.TryFind(field, "sig1", signature, out var length))
        {
            var spelled = $"sig1=:{Convert.ToBase64String(signature[..length])}:";
            Promise.That(length is > 0 and <= 64 && field.Contains(spelled, StringComparison.Ordinal), "A signature is what is spelled.");
        }

        if (ContentDigest.TryRead(field, out var digest, out _))
        {
            Span<byte> bytes = stackalloc byte[Sha256Digest.Length];
            digest.CopyTo(bytes);
            var spelled = $"sha-256=:{Convert.ToBase64String(bytes)}:";
            Promise.That(field.Contains(spelled, StringComparison.Ordinal), "A digest is what is spelled.");
            Promise.That(!field.Contains("sha-512=:", StringComparison.Ordinal) || HasLongerName(field), "No second digest is there.");
        }
    }

    /// <summary>Such as <c>x-sha-512</c>, which isn't sha-512.</summary>
    private static bool HasLongerName(string field)
    {
        var at = field.IndexOf("sha-512=:", StringComparison.Ordinal);
        return at > 0 && field[at - 1] is not (',' or ' ' or '\t');
    }
}
