using System.ComponentModel.DataAnnotations;
using Gateway.Connectors.State;

namespace Gateway.Proxy.Admission;

/// <summary>Which shared state. Section <c>Gateway:State</c>.</summary>
public sealed class StateOptions
{
    /// <value><c>memory</c> (one process only) or <c>redis</c>. Default <c>memory</c>.</value>
    [Required, RegularExpression("memory|redis", ErrorMessage = "must be 'memory' or 'redis'.")]
    public string Kind { get; set; } = "memory";

    /// <value>For redis: <c>host:port</c> of the one server, or of each address that it may be reached by; of the sentinels; of any nodes
    /// of the cluster.</value>
    public IList<string> Endpoints { get; set; } = [];

    /// <value>For redis: the name under which the sentinels at the endpoints know the primary. Default none: no sentinels.</value>
    public string Sentinel { get; set; } = "";

    /// <value>For redis: whether it is a cluster. Default false.</value>
    public bool Cluster { get; set; }

    /// <value>For redis: a user of its access control list. Its password is <c>REDIS_PASSWORD</c>, at the top of the configuration. Default
    /// none: the default user.</value>
    public string User { get; set; } = "";

    /// <value>For redis: the user at the sentinels, with <c>REDIS_SENTINEL_PASSWORD</c>. Default none.</value>
    public string SentinelUser { get; set; } = "";

    /// <value>For redis: whether to speak TLS to it, and to its sentinels. Default false.</value>
    public bool Tls { get; set; }

    /// <value>With TLS: PEM of the authorities that may have signed Redis' certificate. Default none: those that the machine
    /// trusts.</value>
    public string TlsCaFile { get; set; } = "";

    /// <value>With TLS: PEM of the certificate that Gateway shows. Default none.</value>
    public string TlsCertificateFile { get; set; } = "";

    /// <value>With TLS: PEM of that certificate's key. Default none: it stands in the certificate's file.</value>
    public string TlsKeyFile { get; set; } = "";

    /// <value>For redis: the beginning of every key. Default <c>gateway</c>.</value>
    [Required, RegularExpression("[a-z0-9-]{1,32}")]
    public string KeyPrefix { get; set; } = "gateway";

    /// <value>For redis: how long one call may take before the request is refused. Default 120 ms, which leaves a busy machine room to
    /// refuse within 250 ms; from 10 ms to 2 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:00:02")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMilliseconds(120);

    /// <param name="find">Gives a setting at the top of the configuration: the passwords, or the files that they are in.</param>
    public RedisStateOptions ToRedis(Func<string, string?> find) =>
        new()
        {
            Endpoints = Endpoints,
            SentinelService = NullIfEmpty(Sentinel),
            Cluster = Cluster,
            Credentials = new RedisCredentials
            {
                User = NullIfEmpty(User),
                Password = NullIfEmpty(find("REDIS_PASSWORD")),
                PasswordFile = NullIfEmpty(find("REDIS_PASSWORD_FILE")),
                SentinelUser = NullIfEmpty(SentinelUser),
                SentinelPassword = NullIfEmpty(find("REDIS_SENTINEL_PASSWORD")),
                SentinelPasswordFile = NullIfEmpty(find("REDIS_SENTINEL_PASSWORD_FILE")),
            },
            Tls = Tls
                ? new RedisTls
                {
                    CaFile = NullIfEmpty(TlsCaFile),
                    CertificateFile = NullIfEmpty(TlsCertificateFile),
                    KeyFile = NullIfEmpty(TlsKeyFile),
                }
                : null,
            KeyPrefix = KeyPrefix,
            Deadline = Deadline,
        };

    /// <summary>Settings that don't go together, each with what to do; empty where all is well.</summary>
    public IEnumerable<string> Problems(Func<string, string?> find)
    {
        const string At = "Gateway:State";
        if (Kind == "redis" && Endpoints.Count == 0)
        {
            yield return $"{At}:Endpoints: there is none, and {At}:Kind is 'redis'. Name its host:port in {At}:Endpoints:0.";
        }

        if (Cluster && Sentinel.Length > 0)
        {
            yield return $"{At}:Cluster: a cluster has no sentinels. Remove it, or {At}:Sentinel.";
        }

        if (!Tls && (TlsCaFile + TlsCertificateFile + TlsKeyFile).Length > 0)
        {
            yield return $"{At}:Tls: is false, and files for TLS are named. Set it to true, or remove them.";
        }

        foreach (var secret in new[] { "REDIS_PASSWORD", "REDIS_SENTINEL_PASSWORD" })
        {
            if (find(secret) is { Length: > 0 } && find(secret + "_FILE") is { Length: > 0 })
            {
                yield return $"{secret}: is set, and so is {secret}_FILE. Remove one of them.";
            }
        }
    }

    private static string? NullIfEmpty(string? text) => text is { Length: > 0 } ? text : null;
}
