using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signatures;
using Gateway.Proxy.Identity.StructuredFields;

namespace Gateway.Proxy.Identity;

/// <summary>The parameters that the profile asks for (RFC 9421 section 2.3), read and within bounds. A view of the field's text.</summary>
internal ref struct SignatureParameters
{
    private static readonly SearchValues<char> NonceCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"
    );

    private long? _created;
    private long? _expires;
    private bool _isMalformed;

    /// <summary>Seconds since 1970.</summary>
    public readonly long Created => _created ?? 0;

    /// <summary>Seconds since 1970.</summary>
    public readonly long Expires => _expires ?? 0;

    public ReadOnlySpan<char> Nonce { get; private set; }

    public ReadOnlySpan<char> KeyId { get; private set; }

    /// <summary>What the client says it signed with; null when it doesn't say, and <c>None</c> for what isn't accepted.</summary>
    public HttpSignatureAlgorithm? Algorithm { get; private set; }

    /// <summary>Whether they say that the signature is meant for Gateway.</summary>
    public bool IsTagged { get; private set; }

    /// <summary>
    /// Reads the parameters that follow. False for such as no reader may pass over, whoever the signature is meant for: malformed, two of
    /// one name, or a tag of another type, which is no tag to some readers and a tag to others (section 2.3 has it a string).
    /// </summary>
    /// <param name="field">What the reader reads.</param>
    /// <param name="room">As many as are accepted.</param>
    public static bool TryRead(
        scoped ref StructuredFieldReader reader,
        ReadOnlySpan<char> field,
        scoped Span<Range> room,
        out SignatureParameters parameters
    )
    {
        parameters = default;
        var seen = new SeenNames(field, room);
        while (true)
        {
            var step = reader.NextParameter(out var key, out var value);
            if (step != ReadStep.Found)
            {
                return step == ReadStep.End;
            }

            if (!seen.TryAdd(key) || (field[key] is "tag" && value.Kind != BareItemKind.String))
            {
                return false;
            }

            parameters._isMalformed |= !parameters.TryTake(field[key], value);
        }
    }

    /// <summary>Whether they are those that the profile asks for and no others.</summary>
    public readonly bool IsGood([NotNullWhen(false)] out Refusal? refusal)
    {
        var fault = _isMalformed ? null : FirstFault();
        refusal =
            _isMalformed
                ? SignatureRefusals.Malformed(
                    "Signature-Input has a parameter that is malformed or not known: created, expires, nonce, keyid, alg and tag are."
                )
            : fault is null ? default
            : SignatureRefusals.Invalid(fault);
        return !_isMalformed && fault is null;
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
            case "tag":
                IsTagged = value.Text is SignatureProfile.Tag;
                return true;
            default:
                return false;
        }
    }

    private static bool IsTime(BareItem value) =>
        value is { Kind: BareItemKind.Integer, Integer: >= 0 } && value.Integer <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    private readonly string? FirstFault()
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
