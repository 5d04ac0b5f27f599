namespace Gateway.Connectors.Stores;

/// <summary>The durable store for several machines: a database of PostgreSQL, a schema a tenant.</summary>
public sealed class PostgresStore(PostgresOptions options) : SqlStore(new PostgresSchemas(options));
