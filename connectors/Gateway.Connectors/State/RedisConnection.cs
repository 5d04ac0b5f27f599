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
        };
        foreach (var endpoint in options.Endpoints)
        {
            configuration.EndPoints.Add(endpoint);
        }

        configuration.SetDefaultPorts();
        return configuration;
    }

    public static async Task<ConnectionMultiplexer> OpenAsync(ConfigurationOptions configuration)
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(configuration);
        // Later clients never preserve the order and say so; with this one a blocked continuation would hold back every later answer.
#pragma warning disable CS0618
        connection.PreserveAsyncOrder = false;
#pragma warning restore CS0618
        connection.IncludeDetailInExceptions = false;
        return connection;
    }

    public static void Close(ConnectionMultiplexer connection) => connection.Close(allowCommandsToComplete: false);
}
