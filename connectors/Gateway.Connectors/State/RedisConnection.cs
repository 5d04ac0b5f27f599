using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>How the Redis client is set up: what it may do by itself, and what it may not.</summary>
internal static class RedisConnection
{
    public static ConfigurationOptions Configure(RedisStateOptions options)
    {
        var configuration = new ConfigurationOptions
        {
            AbortOnConnectFail = false,
            ClientName = "gateway",

            // No publishing and no tie-breaking between two primaries: that is for whoever runs Redis.
            CommandMap = CommandMap.Create(["SUBSCRIBE", "UNSUBSCRIBE", "PSUBSCRIBE", "PUNSUBSCRIBE", "PUBLISH"], available: false),
            ConfigurationChannel = "",
            TieBreaker = "",

            // The client looks after its connections once a second, so these bound the time until a server that is back is used again.
            ConnectTimeout = 1000,
            ConnectRetry = 1,
            ReconnectRetryPolicy = new LinearRetry(250),
            KeepAlive = 1,
            ConfigCheckSeconds = 2,
            SyncTimeout = 1000,
            DefaultDatabase = options.Database,
            Password = options.Password,
            Ssl = options.Ssl,

            // An exception's text goes into logs, and a key's name holds ids of agents and runs.
            IncludeDetailInExceptions = false,
        };
        foreach (var endpoint in options.Endpoints)
        {
            configuration.EndPoints.Add(endpoint);
        }

        configuration.SetDefaultPorts();
        return configuration;
    }

    public static Task<ConnectionMultiplexer> OpenAsync(ConfigurationOptions configuration) =>
        ConnectionMultiplexer.ConnectAsync(configuration);

    public static void Close(ConnectionMultiplexer connection) => connection.Close(allowCommandsToComplete: false);
}
