using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Records;

/// <summary>What was asked, what was decided, and everything that the decision rests on. Written before anything is acted on.</summary>
public sealed record DecisionRecord : IJournalRecord
{
    public required string DecisionId { get; init; }
    public required string RequestId { get; init; }

    /// <summary>As it was judged. Of its target's query only a digest is recorded unless it was read: it can carry personal data.</summary>
    public required Intent Intent { get; init; }

    /// <summary>
    /// As it may go out once its obligations are met; null where nothing may. What differs from the one judged is recorded.
    /// </summary>
    public Intent? Granted { get; init; }

    /// <summary>What the decision read of the arguments and the query.</summary>
    public RecordedArguments Values { get; init; } = RecordedArguments.Nothing;

    /// <summary>What the shadow documents would have said; null where there are none.</summary>
    public ShadowJudgement? Shadow { get; init; }

    public required Decision Decision { get; init; }

    /// <summary>Of the decision's obligations and the house's own, those that what may go out meets, by name.</summary>
    public IReadOnlyList<string> Met { get; init; } = [];

    /// <summary>The run-time state that the decision read.</summary>
    public required Facts Facts { get; init; }

    /// <summary>Digest of the governance that it was judged by.</summary>
    public required Sha256Digest Snapshot { get; init; }

    /// <summary>The agent's human owner; null for none.</summary>
    public string? Owner { get; init; }

    public AtfLevel Level { get; init; }

    /// <summary>32 hexadecimal digits (W3C Trace Context); null for none.</summary>
    public string? TraceId { get; init; }

    /// <summary>The key that proved the agent; never the secret.</summary>
    public required string KeyId { get; init; }

    /// <summary>The decision token's id; null where nothing may go out.</summary>
    public string? TokenId { get; init; }

    /// <summary>Where the credential comes from; null for none. Never the credential.</summary>
    public CredentialReference? Credential { get; init; }

    /// <value>Bytes of the body.</value>
    public long ContentLength { get; init; }

    /// <summary>What was kept of the body; null where its connector keeps none, or there was none.</summary>
    public KeptBody? Kept { get; init; }

    /// <summary>Null where the decision doesn't owe it.</summary>
    public DecisionDetail? Detail { get; init; }

    public RecordType Type => RecordType.Decision;

    public void WriteBody(CanonicalJsonWriter writer)
    {
        writer.StartObject();
        writer.Member("agent"u8, Intent.Agent.ToString());
        DecisionParts.WriteApprovals(writer, Decision);
        writer.Member("auth_strength"u8, RecordNames.Of(Intent.Strength));
        writer.Member("connector"u8, Intent.Connector.ToString());
        writer.Member("content_length"u8, ContentLength);
        writer.Member("credential"u8, Credential?.ToString());
        writer.Member("data"u8, Intent.Data);
        writer.Member("decision_id"u8, DecisionId);
        writer.Member("definition"u8, Intent.Definition);
        Detail?.Write(writer, Intent.Session);
        writer.Member("door"u8, RecordNames.Of(Intent.Door));
        writer.Member("environment"u8, RecordNames.Of(Intent.Environment));
        WriteFacts(writer);
        IntentParts.WriteGranted(writer, Intent, Granted);
        IntentParts.WriteHostedTools(writer, Intent.HostedTools);
        writer.Member("judged_level"u8, RecordNames.Of(Decision.Level));
        Kept?.Write(writer);
        writer.Member("key_id"u8, KeyId);
        writer.Member("level"u8, RecordNames.Of(Level));
        writer.Member("mcp_method"u8, Intent.McpMethod);
        IntentParts.WriteMcpName(writer, Intent.McpName);
        writer.Member("model"u8, Intent.Model);
        DecisionParts.WriteObligations(writer, Decision.Obligations);
        DecisionParts.WriteMet(writer, Met);
        if (Decision.OpensIncident)
        {
            writer.Name("opens_incident"u8);
            writer.Bool(true);
        }

        writer.Member("operation"u8, Intent.Operation.ToString());
        writer.Member("owner"u8, Owner);
        DecisionParts.WritePath(writer, Decision.Path);
        IntentParts.WriteRead(writer, Values);
        writer.Member("reasons"u8, Decision.Reasons);
        writer.Member("request_id"u8, RequestId);
        DecisionParts.WriteRules(writer, Decision.Rules);
        writer.Member("session"u8, Intent.Session);
        writer.Member("severity"u8, RecordNames.Of(Decision.Severity));
        Shadow?.Write(writer);
        writer.Member("snapshot"u8, Snapshot);
        IntentParts.WriteTarget(writer, Intent.Target);
        writer.Member("tenant"u8, Intent.Tenant.ToString());
        writer.Member("token_id"u8, TokenId);
        writer.Member("trace_id"u8, TraceId);
        writer.Member("verdict"u8, RecordNames.Of(Decision.Verdict));
        writer.Member("workspace"u8, Intent.Workspace.ToString());
        writer.EndObject();
    }

    private void WriteFacts(CanonicalJsonWriter writer)
    {
        writer.Name("facts"u8);
        writer.StartObject();
        if (Facts.Approval is { } approval)
        {
            DecisionParts.WriteApproval(writer, approval);
        }

        if (Facts.Level is { } level)
        {
            writer.Member("level"u8, RecordNames.Of(level));
        }

        if (Facts.Now != default)
        {
            Span<byte> now = stackalloc byte[RecordTime.Length];
            RecordTime.Write(Facts.Now, now);
            writer.Member("now"u8, now);
        }

        if (Facts.Status is { } status)
        {
            writer.Member("status"u8, RecordNames.Of(status));
        }

        writer.EndObject();
    }
}
