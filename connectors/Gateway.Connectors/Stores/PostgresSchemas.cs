using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>The tenants' tables in one database of PostgreSQL, a schema each.</summary>
internal sealed class PostgresSchemas(PostgresOptions options) : TenantDatabases
{
    /// <value>Of an advisory lock's two numbers the first: what it is for.</value>
    private const int Migrating = 1;
    private const int Recording = 2;

    private const string IsStandby = "pg_is_in_recovery() AS IsStandby";
    private const string Nothing = $"SELECT {IsStandby}";
    private const string Version = $"SELECT v.*, {IsStandby} FROM schema_version v";
    private const string VersionOfSeen = $"SELECT v.*, {IsStandby}, {ChangeTable.Has} AS HasSeen FROM schema_version v";

    /// <value>Those who write for a tenant take turns by its one row.</value>
    private const string InTurn = " FOR UPDATE OF v";

    /// <value>For migrations, and waiting for another that is at it; and for the first calls of a cold process.</value>
    private static readonly TimeSpan PreparationBound = TimeSpan.FromSeconds(60);

    private readonly PostgresTransactions _transactions = new(options);
    private readonly PostgresListener _listener = new(PostgresSource.Listening(options));

    public override Task<IReadOnlyList<Id<Tenant>>> TenantsAsync(CancellationToken cancellationToken) =>
        _transactions.RunAsync<IReadOnlyList<Id<Tenant>>>(
            default,
            Nothing,
            options.Deadline,
            async (session, _) =>
                [
                    .. (
                        await session.QueryAsync<string>(
                            "SELECT n.nspname::text FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid "
                                + "WHERE c.relname = 'schema_version' AND starts_with(n.nspname, @prefix)",
                            new { prefix = PostgresSchema.Prefix }
                        )
                    )
                        .Select(schema => Id<Tenant>.TryParse(schema[PostgresSchema.Prefix.Length..], out var tenant) ? tenant : default)
                        .Where(tenant => !tenant.IsEmpty)
                        .OrderBy(tenant => tenant.ToString(), StringComparer.Ordinal),
                ],
            cancellationToken
        );

    public override Task<bool> ExistsAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        _transactions.RunAsync(
            new PostgresSchema(tenant),
            Nothing,
            options.Deadline,
            (session, _) => HasTablesAsync(session),
            cancellationToken
        );

    public override async Task PrepareAsync(Id<Tenant> tenant, CancellationToken cancellationToken)
    {
        var schema = new PostgresSchema(tenant);
        var isReady = await _transactions.RunAsync(
            schema,
            Nothing,
            PreparationBound,
            async (session, _) =>
                await HasTablesAsync(session) && StoreSchema.IsReady(await session.FindAsync<SchemaVersion>(StoreSchema.Query)),
            cancellationToken
        );
        if (!isReady)
        {
            await _transactions.RunAsync(
                schema,
                Nothing,
                PreparationBound,
                (session, _) => MigrateAsync(session, schema),
                cancellationToken
            );
        }

        // That it is the tenant's, and not too new.
        await RunAsync(tenant, turn: "", PreparationBound, seen: null, _ => Task.FromResult(true), cancellationToken);
    }

    public override Task<T> RunAsync<T>(
        Id<Tenant> tenant,
        bool write,
        Func<TenantSession, Task<T>> workAsync,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            tenant,
            write ? InTurn : "",
            write ? options.WriteDeadline : options.Deadline,
            History.NewestOf(tenant),
            workAsync,
            cancellationToken
        );

    internal override Task<T> RunPutBackAsync<T>(
        Id<Tenant> tenant,
        bool write,
        Func<TenantSession, Task<T>> workAsync,
        CancellationToken cancellationToken
    ) => RunAsync(tenant, write ? InTurn : "", PreparationBound, seen: null, Unseen(workAsync), cancellationToken);

    /// <param name="seen">What must be there.</param>
    private async Task<T> RunAsync<T>(
        Id<Tenant> tenant,
        string turn,
        TimeSpan bound,
        ChangeMark? seen,
        Func<TenantSession, Task<T>> workAsync,
        CancellationToken cancellationToken
    )
    {
        CountTransaction();
        TenantSession? used = null;
        var result = await _transactions.RunAsync(
            new PostgresSchema(tenant),
            (seen is null ? Version : VersionOfSeen) + turn,
            bound,
            (session, found) =>
            {
                StoreSchema.Check(found, tenant);
                History.Demand(tenant, seen, found!.HasSeen);
                used = session;
                return workAsync(session);
            },
            cancellationToken,
            seen is null ? null : new { seen = seen.Sequence, id = seen.Id }
        );
        See(used!);
        return result;
    }

    public override Task<IAsyncDisposable> LockRecordingAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        _transactions.HoldAsync(
            new PostgresSchema(tenant),
            Nothing,
            options.WriteDeadline,
            session => LockAsync(session, Recording),
            cancellationToken
        );

    public override Task NextChange() => _listener.NextChange();

    public override async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        await _transactions.DisposeAsync();
    }

    /// <summary>All in one transaction: a kill leaves it as it was. Of several processes the others wait, and find it done.</summary>
    private static async Task<bool> MigrateAsync(TenantSession session, PostgresSchema schema)
    {
        await LockAsync(session, Migrating);
        var isThere = await session.FindAsync<bool>(
            "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = @name)",
            new { name = schema.Name }
        );
        if (!isThere)
        {
            // Where it was made beforehand, the role needs no right to make any.
            await session.ExecuteAsync($"CREATE SCHEMA {schema.Quoted}");
        }

        if (await HasTablesAsync(session))
        {
            await session.FindAsync<SchemaVersion>(Version + InTurn); // Those who write are done before their tables are locked.
        }

        await StoreSchema.UpgradeAsync(session, step => step.Postgres);
        return true;
    }

    private static Task<bool> HasTablesAsync(TenantSession session) =>
        session.FindAsync<bool>("SELECT to_regclass('schema_version') IS NOT NULL");

    private static Task LockAsync(TenantSession session, int purpose) =>
        session.ExecuteAsync(
            "SELECT pg_advisory_xact_lock(@purpose, hashtext(@tenant))",
            new { purpose, tenant = session.Tenant.ToString() }
        );
}
