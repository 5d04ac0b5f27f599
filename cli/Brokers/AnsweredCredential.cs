using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Cli.Brokers;

/// <summary>Reads the credential that the program of the command broker answered with.</summary>
internal static class AnsweredCredential
{
    public static BrokerCredential Read(JsonObject answer, DateTimeOffset now)
    {
        var issued = BrokerCredential.Moment(answer.Text("issued_at")) ?? now;
        var expires = BrokerCredential.Moment(answer.Text("expires_at"));
        var ttl = answer["ttl_seconds"] is JsonValue number && number.TryGetValue<long>(out var given) ? given : 0;
        return new BrokerCredential
        {
            IssuedBy = answer.Text("issued_by") is { Length: > 0 } by ? by : "command",
            Source = answer.Text("source") is { Length: > 0 } source ? source : "command",
            AccessType = answer.Text("access_type") is { Length: > 0 } access ? access : "unknown",
            Issuer = answer.Text("issuer"),
            Subject = answer.Text("subject"),
            Owner = answer.Text("owner"),
            Ref = answer.Text("credential_ref"),
            Scopes = answer.Texts("scope"),
            TargetBinding = answer.Text("target_binding"),
            RunBinding = answer.Text("run_binding"),
            JobBinding = answer.Text("job_binding"),
            RequestDigest = answer.Text("request_digest"),
            IssuedAt = issued,
            ExpiresAt = expires ?? (ttl > 0 ? issued.AddSeconds(ttl) : null),
            TtlSeconds =
                ttl > 0 ? ttl
                : expires is { } end ? (long)(end - issued).TotalSeconds
                : 0,
        };
    }
}
