using Gateway.Policy.Model;

namespace Gateway.Evidence.Records;

/// <summary>The names of the closed lists in records: lower case and underscores, stable whatever the code calls them.</summary>
internal static class RecordNames
{
    public static ReadOnlySpan<byte> Of(Verdict value) =>
        value switch
        {
            Verdict.Block => "block"u8,
            Verdict.RequireApproval => "require_approval"u8,
            Verdict.Degrade => "degrade"u8,
            Verdict.Allow => "allow"u8,
        };

    public static ReadOnlySpan<byte> Of(Severity value) =>
        value switch
        {
            Severity.Critical => "critical"u8,
            Severity.High => "high"u8,
            Severity.Medium => "medium"u8,
            Severity.Low => "low"u8,
            Severity.Info => "info"u8,
        };

    public static ReadOnlySpan<byte> Of(AtfLevel value) =>
        value switch
        {
            AtfLevel.Unassigned => "unassigned"u8,
            AtfLevel.L1 => "L1"u8,
            AtfLevel.L2 => "L2"u8,
            AtfLevel.L3 => "L3"u8,
            AtfLevel.L4 => "L4"u8,
        };

    public static ReadOnlySpan<byte> Of(AuthStrength value) =>
        value switch
        {
            AuthStrength.None => "none"u8,
            AuthStrength.Bearer => "bearer"u8,
            AuthStrength.Signed => "signed"u8,
        };

    public static ReadOnlySpan<byte> Of(Door value) =>
        value switch
        {
            Door.None => "none"u8,
            Door.OpenAi => "openai"u8,
            Door.Anthropic => "anthropic"u8,
            Door.Tool => "tool"u8,
        };

    public static ReadOnlySpan<byte> Of(DeploymentEnvironment value) =>
        value switch
        {
            DeploymentEnvironment.Unspecified => "unspecified"u8,
            DeploymentEnvironment.Development => "development"u8,
            DeploymentEnvironment.Test => "test"u8,
            DeploymentEnvironment.Staging => "staging"u8,
            DeploymentEnvironment.Production => "production"u8,
        };

    public static ReadOnlySpan<byte> Of(LifecycleStatus value) =>
        value switch
        {
            LifecycleStatus.Unknown => "unknown"u8,
            LifecycleStatus.Draft => "draft"u8,
            LifecycleStatus.Active => "active"u8,
            LifecycleStatus.Suspended => "suspended"u8,
            LifecycleStatus.Retired => "retired"u8,
        };

    public static ReadOnlySpan<byte> Of(OutcomeStatus value) =>
        value switch
        {
            OutcomeStatus.OutcomeUnknown => "outcome_unknown"u8,
            OutcomeStatus.Completed => "completed"u8,
            OutcomeStatus.Refused => "refused"u8,
            OutcomeStatus.Failed => "failed"u8,
            OutcomeStatus.Cancelled => "cancelled"u8,
            OutcomeStatus.Cut => "cut"u8,
        };

    public static ReadOnlySpan<byte> Of(BodyForm value) =>
        value switch
        {
            BodyForm.Digest => "digest"u8,
            BodyForm.Redacted => "redacted"u8,
            BodyForm.Full => "full"u8,
        };

    public static ReadOnlySpan<byte> Of(BodyProblem value) =>
        value switch
        {
            BodyProblem.Unknown => "unknown"u8,
            BodyProblem.Unwritable => "unwritable"u8,
            BodyProblem.Unredactable => "unredactable"u8,
        };

    public static ReadOnlySpan<byte> Of(ChangeKind value) =>
        value switch
        {
            ChangeKind.Unspecified => "unspecified"u8,
            ChangeKind.SnapshotLoaded => "snapshot_loaded"u8,
            ChangeKind.CredentialAdded => "credential_added"u8,
            ChangeKind.CredentialRevoked => "credential_revoked"u8,
            ChangeKind.LifecycleSet => "lifecycle_set"u8,
            ChangeKind.RetentionSet => "retention_set"u8,
            ChangeKind.SegmentRemoved => "segment_removed"u8,
        };

    /// <summary>One class; a set or none has no name.</summary>
    public static ReadOnlySpan<byte> OfClass(DataClasses value) =>
        value switch
        {
            DataClasses.Public => "public"u8,
            DataClasses.Internal => "internal"u8,
            DataClasses.Customer => "customer"u8,
            DataClasses.Pii => "pii"u8,
            DataClasses.Confidential => "confidential"u8,
            DataClasses.Restricted => "restricted"u8,
            DataClasses.Critical => "critical"u8,
            DataClasses.TopSecret => "top_secret"u8,
            DataClasses.None or DataClasses.NeedsFlow or DataClasses.NeedsApproval => throw new ArgumentException(
                "Not one class.",
                nameof(value)
            ),
        };
}
