using System.Buffers;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signatures;
using Gateway.Proxy.Identity.StructuredFields;

namespace Gateway.Proxy.Identity;

/// <summary>The parameters that the profile asks for (RFC 9421 section 2.3), read and within bounds. A view of the field's text.</summary>
internal ref struct SignatureParameters
{
    private static readonly SearchValues<char> NonceCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

    private long? _created;
    private long? _expires;

    /// <summary>Seconds since 1970.</summary>
    public readonly long Created => _created ?? 0;

    /// <summary>Seconds since 1970.</summary>
    public readonly long Expires => _expires ?? 0;

    public ReadOnlySpan<char> Nonce { get; private set; }

    public ReadOnlySpan<char> KeyId { get; private set; }

    /// <summary>What the client says it signed with; null when it doesn't say, and <c>None</c> for what isn't accepted.</summary>
    public HttpSignatureAlgorithm? Algorithm { get; private set; }

    /// <summary>Reads the parameters that follow. Two of one name were refused when the signature was found among the others.</summary>
    public static bool TryRead(ref StructuredFieldReader reader, ReadOnlySpan<char> text, out SignatureParameters parameters, out Refusal refusal)
    {
        parameters = default;
        while (true)
        {
            var step = reader.NextParameter(out var key, out var value);
            if (step == ReadStep.End)
            {
                return parameters.IsComplete(out refusal);
            }

            if (step == ReadStep.Malformed || !parameters.TryTake(text[key], value))
            {
                refusal = SignatureRefusals.Malformed(
                    "Signature-Input has a parameter that is malformed or not known: created, expires, nonce, keyid, alg and tag are.");
                return false;
            }
        }
    }

    /// <summary>False for a name that isn't known: what nobody checks must not look as if it were.</summary>
    private bool TryTake(ReadOnlySpan<char> name, BareItem value)
    {
        switch (name)
        {
            case "created":
                _created = value.Integer;
                return IsTime(value);
            case "expires":
                _expires = value.Integer;
                return IsTime(value);
            case "nonce":
                Nonce = value.Text;
                return value.Kind == BareItemKind.String;
            case "keyid":
                KeyId = value.Text;
                return value.Kind == BareItemKind.String;
            case "alg":
                Algorithm = HttpSignatureAlgorithms.TryParse(value.Text, out var known) ? known : HttpSignatureAlgorithm.None;
                return value.Kind == BareItemKind.String;
            default:
                return name is "tag";
        }
    }

    private static bool IsTime(BareItem value)
        => value is { Kind: BareItemKind.Integer, Integer: >= 0 } && value.Integer <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    private bool IsComplete(out Refusal refusal)
    {
        var fault = FirstFault();
        refusal = fault is null ? default : SignatureRefusals.Invalid(fault);
        return fault is null;
    }

    private string? FirstFault()
    {
        if (_created is null || _expires is null)
        {
            return "created or expires is missing";
        }

        if (Expires - Created is <= 0 or > SignatureProfile.MaxLifetimeSeconds)
        {
            return "the time from created to expires is not between 1 s and 120 s";
        }

        if (!IsNonce(Nonce))
        {
            return "the nonce is missing or isn't base64 of 128 bits or more in 128 characters or fewer";
        }

        if (KeyId.Length is 0 or > SignatureProfile.MaxKeyIdLength)
        {
            return "the keyid is missing or too long";
        }

        return Algorithm == HttpSignatureAlgorithm.None ? "alg names no algorithm that is accepted" : null;
    }

    private static bool IsNonce(ReadOnlySpan<char> nonce)
    {
        var digits = nonce.TrimEnd('=');
        return digits.Length >= SignatureProfile.MinNonceLength
            && nonce.Length <= SignatureProfile.MaxNonceLength
            && nonce.Length - digits.Length <= 2
            && !digits.ContainsAnyExcept(NonceCharacters);
    }
}
