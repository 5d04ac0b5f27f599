using Gateway.Connectors.Stores;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.Stores;

/// <summary>A database of its own on the tests' PostgreSQL, for a contract that holds on both stores.</summary>
internal static class FreshPostgres
{
    /// <summary>Opens the same database as often as it is called: once a replica.</summary>
    public static async Task<Func<SqlStore>> OpenerAsync()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.NewDatabaseAsync();
        return () =>
            new PostgresStore(
                new PostgresOptions
                {
                    ConnectionString = server.Connection(database),
                    Password = PostgresServer.Password,
                    Deadline = TimeSpan.FromSeconds(30),
                    WriteDeadline = TimeSpan.FromSeconds(30),
                }
            );
    }
}
