namespace Gateway.Testing;

/// <summary>What replicas of the tests share: one Redis, and one database of a PostgreSQL.</summary>
public static class SharedStorage
{
    /// <summary>The settings of each of two replicas; those of the store's deadlines are the test's own.</summary>
    public static string[] Settings(RedisServer redis, PostgresServer postgres, string database) =>
        [
            "--Gateway:State:Kind=redis",
            $"--Gateway:State:Endpoints:0={redis.Endpoint}",
            "--Gateway:State:Deadline=00:00:02", // The replicas, their stores and all who talk to them share this machine.
            "--Gateway:Store:Kind=postgres",
            $"--Gateway:Store:Connection={postgres.Connection(database)}",
            $"--POSTGRES_PASSWORD={PostgresServer.Password}",
            "--Gateway:Data:Replicas=2",
        ];
}
