using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Cli.Brokers;

/// <summary>What a broker issued: how the credential is named and what it is good for, never the credential itself.</summary>
internal sealed record BrokerCredential
{
    /// <summary>The broker's name.</summary>
    public required string IssuedBy { get; init; }

    public string Source { get; init; } = "";

    public string AccessType { get; init; } = "unknown";

    public string Issuer { get; init; } = "";

    public string Subject { get; init; } = "";

    public string Owner { get; init; } = "";

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public string Ref { get; init; } = "";

    /// <summary>The digest of the targets that it is good for; empty for any.</summary>
    public string TargetBinding { get; init; } = "";

    /// <summary>The run that it is good for; empty for any.</summary>
    public string RunBinding { get; init; } = "";

    /// <summary>The job that it is good for; empty for any.</summary>
    public string JobBinding { get; init; } = "";

    /// <summary>Of the request that it was issued for.</summary>
    public string RequestDigest { get; init; } = "";

    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Null where the broker doesn't say.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <value>Seconds; 0 where the broker doesn't say.</value>
    public long TtlSeconds { get; init; }

    /// <summary>What is wrong with it, as a reason code; null for nothing.</summary>
    /// <param name="mostTtl">Seconds that the rules let a credential live; 0 for any.</param>
    public string? Problem(BrokerRequest request, long mostTtl, DateTimeOffset now) =>
        Ref.Length == 0 ? "broker_credential_missing"
        : RequestDigest.Length == 0 ? "broker_request_digest_missing"
        : RequestDigest != request.Digest.ToString() ? "broker_request_digest_mismatch"
        : request.Scopes.Except(Scopes, StringComparer.Ordinal).Any() ? "broker_scope_mismatch"
        : ExpiresAt <= now || (mostTtl > 0 && TtlSeconds is var ttl && (ttl <= 0 || ttl > mostTtl)) ? "broker_ttl_exceeded"
        : request.Intent.Context.Credential.Ref is { Length: > 0 } claimed && claimed != Ref ? "broker_credential_ref_mismatch"
        : !IsBound(TargetBinding, request.TargetBinding) ? "broker_target_binding_mismatch"
        : !IsBound(RunBinding, request.Intent.Context.RunId) ? "broker_run_binding_mismatch"
        : !IsBound(JobBinding, request.Intent.Context.JobId) ? "broker_job_binding_mismatch"
        : null;

    /// <summary>The evidence of it: <c>gait.gate.broker_credential_record</c> 1.0.0.</summary>
    public JsonObject ToEvidence(string traceId, BrokerRequest request)
    {
        var json = new JsonObject
        {
            ["schema_id"] = "gait.gate.broker_credential_record",
            ["schema_version"] = "1.0.0",
            ["created_at"] = Text(IssuedAt),
            ["producer_version"] = "gateway",
            ["trace_id"] = traceId,
            ["tool_name"] = request.Intent.ToolName,
            ["identity"] = request.Intent.Context.Identity,
            ["broker"] = IssuedBy,
            ["credential_ref"] = Ref,
            ["credential_access_type"] = AccessType,
            ["scope"] = Scopes.ToJson(),
            ["request_digest"] = RequestDigest,
            ["issued_at"] = Text(IssuedAt),
        };
        (string Name, string Value)[] more =
        [
            ("reference", request.Reference),
            ("credential_source", Source),
            ("credential_issuer", Issuer),
            ("credential_subject", Subject),
            ("credential_owner", Owner),
            ("target_binding", TargetBinding),
            ("run_binding", RunBinding),
            ("job_binding", JobBinding),
            ("expires_at", ExpiresAt is { } expires ? Text(expires) : ""),
        ];
        foreach (var (name, value) in more.Where(one => one.Value.Length > 0))
        {
            json[name] = value;
        }

        if (TtlSeconds > 0)
        {
            json["ttl_seconds"] = TtlSeconds;
        }

        return json;
    }

    /// <summary>A moment as brokers write it; null for anything else.</summary>
    public static DateTimeOffset? Moment(string text) =>
        GoTime.TryParse(text, out var moment) && !moment.IsZero ? new DateTimeOffset(moment.Utc, TimeSpan.Zero) : null;

    /// <summary>A number of seconds; 0 for anything else.</summary>
    public static long Seconds(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;

    private static bool IsBound(string binding, string actual) => binding.Length == 0 || binding == actual;

    private static string Text(DateTimeOffset moment) => new GoTime(moment.UtcDateTime).ToString();
}
