using System.Text.Json;

namespace Gateway.Policy.Rules.Documents;

/// <summary>What a rule asks of the credential that the action will use; anything unmet blocks.</summary>
public sealed record CredentialConstraint
{
    public bool BlockStanding { get; init; }
    public IReadOnlyList<string> Sources { get; init; } = [];
    public IReadOnlyList<string> Issuers { get; init; } = [];
    public IReadOnlyList<string> AccessTypes { get; init; } = [];

    /// <value>Seconds; 0 for any.</value>
    public long MaxTtlSeconds { get; init; }
    public bool JustInTime { get; init; }

    /// <summary>The fields stand in the rule itself. Null where none of them asks for anything.</summary>
    internal static CredentialConstraint? Read(RuleFields fields)
    {
        var credential = new CredentialConstraint
        {
            BlockStanding = fields.Flag("block_standing_credentials"),
            Sources = fields.WordList("allowed_credential_sources", RuleWords.CredentialSources),
            Issuers = fields.List("allowed_credential_issuers"),
            AccessTypes = fields.WordList("allowed_credential_access_types", RuleWords.CredentialAccessTypes),
            MaxTtlSeconds = fields.OptionalNumber("max_credential_ttl_seconds", 0, long.MaxValue) ?? 0,
            JustInTime = fields.Flag("require_jit_credential"),
        };
        var asks =
            credential.BlockStanding
            || credential.JustInTime
            || credential.MaxTtlSeconds > 0
            || credential.Sources.Count + credential.Issuers.Count + credential.AccessTypes.Count > 0;
        return asks ? credential : null;
    }

    /// <summary>Its members in the canonical form.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteIfTrue("BlockStandingCredentials", BlockStanding);
        json.WriteListIfAny("AllowedCredentialSources", Sources);
        json.WriteListIfAny("AllowedCredentialIssuers", Issuers);
        json.WriteListIfAny("AllowedCredentialAccessTypes", AccessTypes);
        json.WriteIfPositive("MaxCredentialTTLSeconds", MaxTtlSeconds);
        json.WriteIfTrue("RequireJITCredential", JustInTime);
    }
}
