using System.Net.Security;
using Gateway.Connectors.Contracts;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>How the Redis client is set up: what it may do by itself, and what it may not.</summary>
internal static class RedisConnection
{
    /// <value>
    /// The client closes a connection that has been silent for four times as long while something was asked: a host that vanished without
    /// closing its connections. An answer that comes later than this isn't waited for.
    /// </value>
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(500);

    /// <exception cref="SharedStateException">A file that the options name can't be read.</exception>
    public static ConfigurationOptions Configure(RedisStateOptions options)
    {
        var configuration = new ConfigurationOptions
        {
            AbortOnConnectFail = false,
            ClientName = "gateway",
            SetClientLibrary = false,

            // No publishing and no tie-breaking between two primaries: that is for whoever runs Redis.
            CommandMap = CommandMap.Create(["SUBSCRIBE", "UNSUBSCRIBE", "PSUBSCRIBE", "PUNSUBSCRIBE", "PUBLISH"], available: false),
            ConfigurationChannel = "",
            TieBreaker = "",

            // What finds no connection is refused now, instead of waiting for one that comes when nobody waits any more.
            BacklogPolicy = BacklogPolicy.FailFast,

            // The client looks after its connections once a second, so these bound the time until a server that is back is used again.
            ConnectTimeout = 1000,
            ConnectRetry = 1,
            ReconnectRetryPolicy = new LinearRetry(250),
            KeepAlive = 1,
            ConfigCheckSeconds = 2,
            SyncTimeout = 1000,
            AsyncTimeout = (int)(options.Deadline > Silence ? options.Deadline : Silence).TotalMilliseconds,
            DefaultDatabase = options.Database,
            Defaults = new RedisLogin(options.Credentials),

            // An exception's text goes into logs, and a key's name holds ids of agents and runs.
            IncludeDetailInExceptions = false,
        };
        _ = options.Credentials.ReadPassword(); // A file that isn't there stops the start, and not the first call.
        if (options.Tls is { } tls)
        {
            _ = tls.For("");
            configuration.Ssl = true;
            configuration.SslClientAuthenticationOptions = tls.For;

            // Said here, since the client otherwise asks the environment whom to trust.
            configuration.CertificateValidation += static (_, _, _, errors) => errors == SslPolicyErrors.None;
        }

        if (options.SentinelService is { } service)
        {
            configuration.ServiceName = service;
            configuration.SentinelUser = options.Credentials.SentinelUser ?? "";
            configuration.SentinelPassword = options.Credentials.ReadSentinelPassword() ?? "";
        }

        foreach (var endpoint in options.Endpoints)
        {
            configuration.EndPoints.Add(endpoint);
        }

        configuration.SetDefaultPorts();
        return configuration;
    }
}
