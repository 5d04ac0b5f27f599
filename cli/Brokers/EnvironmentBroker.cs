using System.Text;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;

namespace Gateway.Cli.Brokers;

/// <summary>Finds the credential in a variable of the environment, and what is said of it in variables beside.</summary>
internal static class EnvironmentBroker
{
    /// <param name="prefix">What the variables begin with.</param>
    /// <returns>Null where the variable isn't set.</returns>
    public static BrokerCredential? Issue(CommandConfiguration configuration, string prefix, BrokerRequest request, DateTimeOffset now)
    {
        var name = prefix + VariableOf(request.Reference.Length > 0 ? request.Reference : request.Intent.ToolName);
        if (configuration.Find(name) is not { } token)
        {
            return null;
        }

        string Beside(string suffix) => configuration.Find(name + suffix) ?? "";
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
            Ref = $"env:{name}:{Sha256Digest.Compute(Encoding.UTF8.GetBytes(token)).ToString()[..8]}",
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

    /// <summary>Upper case, with <c>_</c> for what can't be in a variable's name.</summary>
    private static string VariableOf(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));
}
