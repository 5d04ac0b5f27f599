using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Proxy.Decisions;

/// <summary>
/// What a decision token says. Names are JWT's (RFC 7519) where it has one. Every member is required: one that is missing or unknown refuses the token.
/// </summary>
internal sealed record DecisionClaims
{
    [JsonPropertyName("iss")]
    public required string Issuer { get; init; }

    /// <summary>The connector.</summary>
    [JsonPropertyName("aud")]
    public required string Audience { get; init; }

    /// <summary>The agent.</summary>
    [JsonPropertyName("sub")]
    public required string Subject { get; init; }

    [JsonPropertyName("tenant")]
    public required string Tenant { get; init; }

    [JsonPropertyName("workspace")]
    public required string Workspace { get; init; }

    [JsonPropertyName("jti")]
    public required string TokenId { get; init; }

    /// <summary>Seconds since the epoch.</summary>
    [JsonPropertyName("iat")]
    public required long IssuedAt { get; init; }

    /// <summary>Seconds since the epoch; at most 300 after <see cref="IssuedAt"/>.</summary>
    [JsonPropertyName("exp")]
    public required long Expires { get; init; }

    [JsonPropertyName("decision_id")]
    public required string DecisionId { get; init; }

    [JsonPropertyName("operation")]
    public required string Operation { get; init; }

    /// <summary>SHA-256 of the canonical intent, hexadecimal.</summary>
    [JsonPropertyName("intent")]
    public required string Intent { get; init; }

    /// <summary>The snapshot's revision, hexadecimal.</summary>
    [JsonPropertyName("revision")]
    public required string Revision { get; init; }

    /// <summary>The obligations that were met, or are to be met after the action.</summary>
    [JsonPropertyName("obligations")]
    public required IReadOnlyList<string> Obligations { get; init; }

    /// <summary>The decision's obligations in their canonical form.</summary>
    [JsonPropertyName("terms")]
    public required JsonElement Terms { get; init; }
}

[JsonSourceGenerationOptions(UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(DecisionClaims))]
internal sealed partial class DecisionClaimsJson : JsonSerializerContext;
