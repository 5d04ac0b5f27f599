using System.Text.Json;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Decisions;

/// <summary>
/// What a decision token says: one JSON object with exactly these members in this order, so that it is written and checked without making
/// text of any of it. Names are JWT's (RFC 7519) where it has one. One that is missing, unknown, twice or elsewhere refuses the token.
/// </summary>
internal readonly ref struct DecisionClaims
{
    public const string Issuer = "gateway";

    /// <summary>The connector is its audience (<c>aud</c>), the agent its subject (<c>sub</c>).</summary>
    public required Intent Intent { get; init; }

    public required string DecisionId { get; init; }

    /// <summary>Writes the claims.</summary>
    /// <param name="id">The token's: <c>jti</c>.</param>
    /// <param name="issued">Seconds since the epoch; <c>iat</c>.</param>
    /// <param name="expires">The same; <c>exp</c>.</param>
    /// <param name="met">The obligations that were met, or are to be met after the action.</param>
    /// <param name="terms">The decision's obligations, written in their canonical form.</param>
    public void Write(
        Utf8JsonWriter json,
        string id,
        long issued,
        long expires,
        Sha256Digest revision,
        IReadOnlyList<string> met,
        Policy.Model.Obligations terms
    )
    {
        Span<byte> digits = stackalloc byte[2 * Sha256Digest.Length];
        json.WriteStartObject();
        json.WriteString("iss"u8, Issuer);
        json.WriteString("aud"u8, Intent.Connector.ToString());
        json.WriteString("sub"u8, Intent.Agent.ToString());
        json.WriteString("tenant"u8, Intent.Tenant.ToString());
        json.WriteString("workspace"u8, Intent.Workspace.ToString());
        json.WriteString("jti"u8, id);
        json.WriteNumber("iat"u8, issued);
        json.WriteNumber("exp"u8, expires);
        json.WriteString("decision_id"u8, DecisionId);
        json.WriteString("operation"u8, Intent.Operation.ToString());
        json.WriteString("intent"u8, Digits(IntentDigest.Of(Intent), digits));
        json.WriteString("revision"u8, Digits(revision, digits));
        json.WriteStartArray("obligations"u8);
        for (var i = 0; i < met.Count; i++)
        {
            json.WriteStringValue(met[i]);
        }

        json.WriteEndArray();
        json.WritePropertyName("terms"u8);
        json.WriteRawValue(TermsOf(terms), skipInputValidation: true); // Into the token at once: the bytes are the thread's.
        json.WriteEndObject();
    }

    /// <summary>Whether written claims are these, whole, and in time. Never throws on any bytes.</summary>
    /// <param name="now">Seconds since the epoch.</param>
    public bool Match(ReadOnlySpan<byte> json, long now, long longest)
    {
        Span<byte> digits = stackalloc byte[2 * Sha256Digest.Length];
        var reader = new Utf8JsonReader(json);
        try
        {
            return reader.Read()
                && reader.TokenType == JsonTokenType.StartObject
                && Says(ref reader, "iss"u8, Issuer)
                && Says(ref reader, "aud"u8, Intent.Connector.ToString())
                && Says(ref reader, "sub"u8, Intent.Agent.ToString())
                && Says(ref reader, "tenant"u8, Intent.Tenant.ToString())
                && Says(ref reader, "workspace"u8, Intent.Workspace.ToString())
                && Has(ref reader, "jti"u8, JsonTokenType.String)
                && Has(ref reader, "iat"u8, JsonTokenType.Number)
                && reader.TryGetInt64(out var issued)
                && Has(ref reader, "exp"u8, JsonTokenType.Number)
                && reader.TryGetInt64(out var expires)
                && issued <= now
                && now < expires
                && expires - issued <= longest
                && Says(ref reader, "decision_id"u8, DecisionId)
                && Says(ref reader, "operation"u8, Intent.Operation.ToString())
                && Has(ref reader, "intent"u8, JsonTokenType.String)
                && reader.ValueTextEquals(Digits(IntentDigest.Of(Intent), digits))
                && Has(ref reader, "revision"u8, JsonTokenType.String)
                && Has(ref reader, "obligations"u8, JsonTokenType.StartArray)
                && reader.TrySkip()
                && Has(ref reader, "terms"u8, JsonTokenType.StartObject)
                && reader.TrySkip()
                && reader.Read()
                && reader.TokenType == JsonTokenType.EndObject
                && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Says(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, string value) =>
        Has(ref reader, name, JsonTokenType.String) && reader.ValueTextEquals(value);

    private static bool Has(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, JsonTokenType type) =>
        reader.Read()
        && reader.TokenType == JsonTokenType.PropertyName
        && reader.ValueTextEquals(name)
        && reader.Read()
        && reader.TokenType == type;

    private static ReadOnlySpan<byte> Digits(Sha256Digest digest, Span<byte> digits)
    {
        digest.WriteHex(digits);
        return digits;
    }

    private static ReadOnlySpan<byte> TermsOf(Policy.Model.Obligations obligations)
    {
        if (obligations == Policy.Model.Obligations.None)
        {
            return "{}"u8; // Nearly always.
        }

        var (bytes, json) = CanonicalScratch.Begin();
        ObligationForm.Write(json, obligations);
        return bytes.WrittenSpan;
    }
}
