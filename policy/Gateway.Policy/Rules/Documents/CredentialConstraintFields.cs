namespace Gateway.Policy.Rules.Documents;

/// <summary>Reads what a rule asks of the credential. The fields stand in the rule itself.</summary>
internal static class CredentialConstraintFields
{
    public static CredentialConstraint? Read(RuleFields fields)
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
}
