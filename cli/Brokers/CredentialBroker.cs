using System.Text;
using System.Text.Json.Nodes;
using Gateway.Cli.Settings;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Model;

namespace Gateway.Cli.Brokers;

/// <summary>Where credentials come from. Unset is none.</summary>
internal enum BrokerKind
{
    None = 0,

    /// <summary>Makes a name and no credential, to try out rules that ask for one.</summary>
    Stub,

    /// <summary>The credential lies in a variable of the environment.</summary>
    Env,

    /// <summary>A program issues it.</summary>
    Command,
}

/// <summary>Asks for the credential that rules demand beside their verdict. The credential itself never comes in here: only how it is
/// named.</summary>
internal sealed record CredentialBroker(BrokerKind Kind, CommandConfiguration Configuration)
{
    private static readonly TimeSpan StubLife = TimeSpan.FromMinutes(5);

    /// <summary>What the variables of <see cref="BrokerKind.Env"/> begin with.</summary>
    public string Prefix { get; init; } = "GAIT_BROKER_TOKEN_";

    /// <summary>The program of <see cref="BrokerKind.Command"/>; null for none.</summary>
    public BrokerCommand? Command { get; init; }

    /// <summary>What to ask for where the rules name nothing.</summary>
    public string Reference { get; init; } = "";

    /// <summary>The scopes to ask for where the rules name none.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The file of the evidence; null for one beside the packs.</summary>
    public string? Evidence { get; init; }

    /// <returns>Null where the broker has none, or gave no answer.</returns>
    public async Task<BrokerCredential?> IssueAsync(BrokerRequest request, DateTimeOffset now, CancellationToken cancellationToken) =>
        Kind switch
        {
            BrokerKind.None => null,
            BrokerKind.Stub => FromStub(request, now),
            BrokerKind.Env => FromEnvironment(request, now),
            BrokerKind.Command => Command is { } command && await command.AskAsync(request, cancellationToken) is { } answer
                ? FromAnswer(answer, now)
                : null,
        };

    private static BrokerCredential FromStub(BrokerRequest request, DateTimeOffset now)
    {
        var context = request.Intent.Context;
        var seed = string.Join(
            '|',
            request.Intent.ToolName,
            context.Identity,
            context.Workspace,
            context.SessionId,
            context.RequestId,
            request.Reference,
            string.Join(',', request.Scopes)
        );
        return new BrokerCredential
        {
            IssuedBy = "stub",
            Source = "stub",
            AccessType = "jit",
            Issuer = "stub",
            Ref = "stub:" + Hash(seed, digits: 24),
            Scopes = request.Scopes,
            TargetBinding = request.TargetBinding,
            RunBinding = context.RunId,
            JobBinding = context.JobId,
            RequestDigest = request.Digest.ToString(),
            IssuedAt = now,
            ExpiresAt = now + StubLife,
            TtlSeconds = (long)StubLife.TotalSeconds,
        };
    }

    private BrokerCredential? FromEnvironment(BrokerRequest request, DateTimeOffset now)
    {
        var name = Prefix + VariableOf(request.Reference.Length > 0 ? request.Reference : request.Intent.ToolName);
        if (Configuration.Find(name) is not { } token)
        {
            return null;
        }

        string Beside(string suffix) => Configuration.Find(name + suffix) ?? "";
        var issued = BrokerCredential.Moment(Beside("_ISSUED_AT")) ?? now;
        var expires = BrokerCredential.Moment(Beside("_EXPIRES_AT"));
        var ttl = BrokerCredential.Seconds(Beside("_TTL_SECONDS"));
        return new BrokerCredential
        {
            IssuedBy = "env",
            Source = Beside("_SOURCE") is { Length: > 0 } source ? source : "env",
            AccessType = Beside("_ACCESS_TYPE") is { Length: > 0 } access ? access : "unknown",
            Issuer = Beside("_ISSUER"),
            Subject = Beside("_SUBJECT"),
            Owner = Beside("_OWNER"),
            Ref = $"env:{name}:{Hash(token, digits: 8)}",
            Scopes = request.Scopes,
            TargetBinding = Beside("_TARGET_BINDING"),
            RunBinding = Beside("_RUN_BINDING"),
            JobBinding = Beside("_JOB_BINDING"),
            RequestDigest = request.Digest.ToString(),
            IssuedAt = issued,
            ExpiresAt = expires ?? (ttl > 0 ? issued.AddSeconds(ttl) : null),
            TtlSeconds =
                ttl > 0 ? ttl
                : expires is { } end ? (long)(end - issued).TotalSeconds
                : 0,
        };
    }

    private static BrokerCredential FromAnswer(JsonObject answer, DateTimeOffset now)
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

    /// <summary>Upper case, with <c>_</c> for what can't be in a variable's name.</summary>
    private static string VariableOf(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));

    private static string Hash(string text, int digits) => Sha256Digest.Compute(Encoding.UTF8.GetBytes(text)).ToString()[..digits];
}
